"""The generator reports every mistake in the contract with its line, and writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from generator.__main__ import main

SMALL = Path(__file__).with_name("small.yaml")


class Case(NamedTuple):
    """A change that breaks the small contract, the text of the reported line, and words from the message."""

    old: str
    new: str
    line: str
    words: str
    more: tuple[str, str] = ("", "")
    """Another change."""


GET_THINGS = "operationId: listThings"
CASES = {
    "broken YAML": Case(
        "  title: Small", "  title: Small: Big", "  title: Small: Big", "mapping values are not allowed"
    ),
    "an open quote": Case("  title: Small", "  title: 'Small", "", "in the block that starts on line 4"),
    "a tab": Case("  title: Small", "\ttitle: Small", "\ttitle: Small", "broken YAML"),
    "vendor URLs with a slash at the end": Case(
        "  - url: https://api.test/v1\n",
        "  - url: https://api.test/v1\n    x-orbit-vendor-urls: [https://api.test/]\n",
        "    x-orbit-vendor-urls:",
        "it is not a list of base URLs\n    List https URLs",
    ),
    "no version": Case("openapi: 3.1.0", "", "info:", "the OpenAPI version is None"),
    "a duplicate key": Case("  title: Small", "  title: Small\n  title: Big", "  title: Big", "appears twice"),
    "a merge key": Case("  title: Small", "  <<: {title: Small}", "  <<: {title: Small}", "merge keys"),
    "an unknown tag in YAML": Case(
        "  title: Small", "  title: !secret Small", "  title: !secret Small", "the tag !secret"
    ),
    "OpenAPI 3.0": Case("openapi: 3.1.0", "openapi: 3.0.3", "openapi: 3.0.3", "the OpenAPI version is '3.0.3'"),
    "invalid OpenAPI": Case(
        "  version: 1.0.0", "  versoin: 1.0.0", "info:", "invalid OpenAPI: 'version' is a required"
    ),
    "an unknown key": Case("paths:", "patsh: {}\npaths:", "", "invalid OpenAPI: Unevaluated properties"),
    "no operationId": Case(
        "      operationId: listThings\n", "", "    get:", "`operationId` is missing\n    Add a unique camelCase"
    ),
    "an operationId in snake_case": Case(
        GET_THINGS, "operationId: list_things", "operationId: list_things", "camelCase"
    ),
    "a duplicate operationId": Case(
        GET_THINGS, "operationId: createThing", "operationId: createThing", "`createThing` collides with `createThing`"
    ),
    "operationIds that become one module": Case(
        GET_THINGS, "operationId: createTHING", "operationId: createTHING", "collides with `createThing`"
    ),
    "a path item behind a $ref": Case(
        "  /things/{thing_id}:\n",
        "  /others:\n    $ref: '#/paths/~1things'\n  /things/{thing_id}:\n",
        "  /others:",
        "the path item is a `$ref`",
    ),
    "a key on a path item": Case(
        "  /things/{thing_id}:\n",
        "  /things/{thing_id}:\n    summary: Things.\n",
        "    summary: Things.",
        "`summary` is not",
    ),
    "a $ref without a target": Case(
        "components/responses/Thing'",
        "components/responses/Thingg'",
        "components/responses/Thingg'",
        "Did you mean `Thing`",
    ),
    "no provenance": Case("      x-orbit-provenance: inferred\n", "", "    get:", "`x-orbit-provenance` is missing"),
    "an unknown provenance": Case(
        "      x-orbit-provenance: inferred\n",
        "      x-orbit-provenance: guessed\n",
        "x-orbit-provenance: guessed",
        "'guessed' is not a provenance\n    Write one of: observed, documented, inferred.",
    ),
    "no retry class": Case(
        "      x-orbit-retry: safe\n      x-orbit-actor: false\n      parameters",
        "      x-orbit-actor: false\n      parameters",
        "    get:",
        "`x-orbit-retry` is missing",
    ),
    "an unknown retry class": Case(
        "x-orbit-retry: idempotency-key", "x-orbit-retry: sometimes", "x-orbit-retry: sometimes", "not a retry class"
    ),
    "an empty retry reason": Case(
        "x-orbit-retry-reason: It is gone either way.", "x-orbit-retry-reason: ''", "x-orbit-retry-reason: ''", "empty"
    ),
    "an unknown extension": Case(
        "x-orbit-facade: [things.create]",
        "x-orbit-fasade: [things.create]",
        "x-orbit-fasade",
        "Did you mean `x-orbit-facade`",
    ),
    "a facade method without a namespace": Case(
        "x-orbit-facade: [things.create]",
        "x-orbit-facade: [create]",
        "x-orbit-facade: [create]",
        "`create` is not a facade method",
    ),
    "a duplicate facade method": Case(
        "      x-orbit-retry-reason",
        "      x-orbit-facade: [things.create]\n      x-orbit-retry-reason",
        "      x-orbit-facade: [things.create]",
        "already calls `createThing`",
    ),
    "no actor": Case("      x-orbit-actor: true\n", "", "    post:", "`x-orbit-actor` is missing"),
    "an actor without its parameter": Case(
        "      parameters:\n        - $ref: '#/components/parameters/ActingUser'\n",
        "",
        "    post:",
        "ActingUser is not a parameter",
    ),
    "a parameter without its actor": Case(
        "x-orbit-actor: true", "x-orbit-actor: false", "    post:", "`x-orbit-actor` is false"
    ),
    "a string for a boolean": Case(
        "x-orbit-actor: true", "x-orbit-actor: yes", "x-orbit-actor: yes", "'yes' is not a boolean"
    ),
    "a range of statuses": Case(
        "        '422': {$ref: '#/components/responses/Failure'}",
        "        4XX: {$ref: '#/components/responses/Failure'}",
        "        4XX: {$ref: '#/components/responses/Failure'}",
        "`4XX` is not a single status\n    List each status that can occur",
    ),
    "a default response": Case(
        "        '422': {$ref: '#/components/responses/Failure'}",
        "        default: {$ref: '#/components/responses/Failure'}",
        "        default: {$ref: '#/components/responses/Failure'}",
        "`default` is not a single status",
    ),
    "a range of statuses of an event": Case(
        "        '200': {description: Taken.}",
        "        2XX: {description: Taken.}",
        "        2XX: {description: Taken.}",
        "`2XX` is not a single status",
    ),
    "an error without codes": Case(
        "            - {type: string, enum: [validation_failed]}\n            - {type: string}",
        "            - {type: string}\n            - {type: 'null'}",
        "        '422': {$ref: '#/components/responses/Failure'}",
        "the response `422` does not list its error codes\n    Use a response whose schema has",
    ),
    "an error with closed codes": Case(
        "          anyOf:\n            - {type: string, enum: [validation_failed]}\n            - {type: string}",
        "          type: string\n          enum: [validation_failed]",
        "        '422': {$ref: '#/components/responses/Failure'}",
        "does not list its error codes",
    ),
    "an error that is not JSON": Case(
        "        application/json:\n          schema: {$ref: '#/components/schemas/ValidationError'}",
        "        text/plain:\n          schema: {$ref: '#/components/schemas/ValidationError'}",
        "        '422': {$ref: '#/components/responses/Failure'}",
        "does not list its error codes",
    ),
    "an error with another field": Case(
        "        errors: {type: object, description: By field., additionalProperties: true}",
        "        errors: {type: object, description: By field., additionalProperties: true}\n"
        "        hint: {type: string, description: A hint.}",
        "        '422': {$ref: '#/components/responses/Failure'}",
        "does not list its error codes",
    ),
    "an error without the request id": Case(
        "        x-request-id: {$ref: '#/components/headers/RequestId'}\n        retry-after",
        "        retry-after",
        "        '422': {$ref: '#/components/responses/Failure'}",
        "does not declare the header RequestId\n    Add `$ref: '#/components/headers/RequestId'`",
    ),
    "a rate limit that does not say how long to wait": Case(
        "        '422': {$ref: '#/components/responses/Failure'}",
        "        '429': {$ref: '#/components/responses/Limited'}",
        "        '429': {$ref: '#/components/responses/Limited'}",
        "does not declare the header RetryAfter",
    ),
    "no 2xx": Case(
        "        '200': {$ref: '#/components/responses/ThingList'}\n", "", "      responses:", "no explicit 2xx"
    ),
    "only 2XX": Case(
        "'200': {$ref: '#/components/responses/ThingList'}",
        "2XX: {$ref: '#/components/responses/ThingList'}",
        "      responses:",
        "no explicit 2xx",
    ),
    "two content types": Case(
        "        application/json:\n          schema: {$ref: '#/components/schemas/Envelope'}",
        "        application/json:\n          schema: {$ref: '#/components/schemas/Envelope'}\n        text/plain: {}",
        "        '200': {$ref: '#/components/responses/Nothing'}",
        "several content types",
    ),
    "a field beside the data without description": Case(
        "                  data: {$ref: '#/components/schemas/Thing'}",
        "                  data: {$ref: '#/components/schemas/Thing'}\n                  more: {type: string}",
        "                  more: {type: string}",
        "the property has no description",
    ),
    "a result whose name is taken": Case(
        "                  data: {$ref: '#/components/schemas/Thing'}",
        "                  data: {$ref: '#/components/schemas/Thing'}\n"
        "                  more: {$ref: '#/components/schemas/CreateThingResult', description: M.}",
        "    CreateThingResult: {",
        "`CreateThingResult` is the name of a result",
        (
            "    Color:\n",
            "    CreateThingResult: {x-orbit-provenance: inferred, type: string, examples: [a]}\n    Color:\n",
        ),
    ),
    "a response without the envelope": Case(
        "schema: {$ref: '#/components/schemas/Envelope'}",
        "schema: {$ref: '#/components/schemas/Thing'}",
        "        '200': {$ref: '#/components/responses/Nothing'}",
        "does not use the envelope",
    ),
    "a result of two lists": Case(
        "                  data: {$ref: '#/components/schemas/Thing'}",
        "                  data:\n"
        "                    anyOf:\n"
        "                      - {type: array, items: {$ref: '#/components/schemas/Thing'}}\n"
        "                      - {type: array, items: {$ref: '#/components/schemas/CreateThingBody'}}",
        "        '200': {$ref: '#/components/responses/Thing'}",
        "the type of the result has no name",
    ),
    "a scalar result": Case(
        "                  data: {$ref: '#/components/schemas/Thing'}",
        "                  data: {type: string}",
        "        '200': {$ref: '#/components/responses/Thing'}",
        "the type of the result has no name",
    ),
    "another content type": Case(
        "        application/json:\n          schema: {$ref: '#/components/schemas/Envelope'}",
        "        text/plain:\n          schema: {$ref: '#/components/schemas/Envelope'}",
        "        '200': {$ref: '#/components/responses/Nothing'}",
        "the schema of `text/plain` would be ignored",
    ),
    "a content type that is none": Case(
        "        application/json:\n          schema: {$ref: '#/components/schemas/Envelope'}",
        "        plain: {}",
        "        '200': {$ref: '#/components/responses/Nothing'}",
        "`plain` is not a content type",
    ),
    "no description": Case("      description: Lists things.\n", "", "    get:", "`description` is missing"),
    "an unknown tag": Case(
        "      tags: [things]\n      summary: List things",
        "      tags: [thing]\n      summary: List things",
        "    get:",
        "exactly one known tag",
    ),
    "security of its own": Case(
        "      operationId: listThings",
        "      security: []\n      operationId: listThings",
        "      security: []",
        "`security`",
    ),
    "a cookie": Case(
        "          in: query",
        "          in: cookie",
        "        - name: limit",
        "the cookie parameter `limit` is not supported",
    ),
    "a header that the SDK sets": Case(
        "        - name: limit\n          in: query",
        "        - name: X-Api-Key\n          in: header",
        "        - name: X-Api-Key",
        "the SDK sets the header `X-Api-Key` itself",
    ),
    "a header that cannot be one": Case(
        "        - name: limit\n          in: query",
        "        - name: a limit\n          in: header",
        "        - name: a limit",
        "`a limit` cannot be the name of a header",
    ),
    "another style": Case(
        "          in: query",
        "          in: query\n          style: pipeDelimited",
        "        - name: limit",
        "has a style that its type does not have",
    ),
    "a parameter with content": Case(
        "          schema: {type: integer}",
        "          content: {application/json: {schema: {type: integer}}}",
        "        - name: limit",
        "`content` is not supported",
    ),
    "a list of lists in the query": Case(
        "          schema: {type: integer}",
        "          schema: {type: array, items: {type: array, items: {type: string}}}",
        "        - name: limit",
        "the type of the parameter `limit` is not supported",
    ),
    "an object of anything in the query": Case(
        "          schema: {type: integer}",
        "          schema: {type: object}",
        "        - name: limit",
        "the type of the parameter `limit` is not supported",
    ),
    "a parameter without description": Case(
        "          description: How many.\n", "", "        - name: limit", "the parameter `limit` has no description"
    ),
    "a parameter that hides an argument": Case(
        "        - name: limit", "        - name: client", "        - name: client", "collides with another argument"
    ),
    "a path parameter that is not described": Case(
        "  /things/{thing_id}:",
        "  /things/{thing}:",
        "    delete:",
        "the path contains `thing`, but `parameters` describes `thing_id`",
    ),
    "a POST without body": Case(
        "      requestBody:\n        required: true\n        content:\n          application/json:\n"
        "            schema: {$ref: '#/components/schemas/CreateThingBody'}\n",
        "",
        "    post:",
        "`requestBody` is missing",
    ),
    "an optional body with an idempotency key": Case(
        "      requestBody:\n        required: true",
        "      requestBody:\n        required: false",
        "      requestBody:",
        "the body of an `idempotency-key` operation is not a JSON object",
    ),
    "two content types of a body": Case(
        "          application/json:\n            schema: {$ref: '#/components/schemas/CreateThingBody'}",
        "          text/plain: {}\n          application/json: {}",
        "      requestBody:",
        "the body does not have exactly one content type",
    ),
    "a body without properties": Case(
        "      x-orbit-retry: idempotency-key",
        "      x-orbit-retry: never",
        "      requestBody:",
        "the body is neither a component nor a list",
        ("            schema: {$ref: '#/components/schemas/CreateThingBody'}", "            schema: {type: object}"),
    ),
    "an unmarked idempotency key": Case(
        "          x-orbit-idempotency-key: true\n",
        "",
        "      requestBody:",
        "`x-orbit-idempotency-key`: 0, expected: 1",
    ),
    "a marked key without the retry class": Case(
        "x-orbit-retry: idempotency-key",
        "x-orbit-retry: never",
        "      requestBody:",
        "`x-orbit-idempotency-key`: 1, expected: 0",
    ),
    "a limit that is not a number": Case(
        "          schema: {type: integer}", "          schema: {type: integer, minimum: low}", "", "minimum"
    ),
    "an event without envelope": Case(
        "const: thing.made", "const: thing.mad", "    post:", "the event's body does not use the event envelope"
    ),
    "an event without provenance": Case(
        "      description: Sent when a thing was made.\n      x-orbit-provenance: inferred\n",
        "      description: Sent when a thing was made.\n",
        "    post:",
        "`x-orbit-provenance` is missing",
    ),
    "an event with an operation's tag": Case(
        "      tags: [events]", "      tags: [things]", "    post:", "which no operation has\n    Write one of: events."
    ),
    "an event that lacks a property of the envelope": Case(
        "        id: {type: string, description: Its id.}\n        type: {type: string, const",
        "        type: {type: string, const",
        "    post:",
        "Repeat the properties of the schema Event",
    ),
    "an event without a class name": Case(
        "  thing.made:\n", "  thing-made:\n", "  thing-made:", "no class can be named after `thing-made`"
    ),
    "events that become one class": Case(
        "webhooks:\n",
        "webhooks:\n  thing.made_up: {post: {}}\n  thing_made.up: {post: {}}\n",
        "  thing_made.up: {post: {}}",
        "`thing_made.up` collides with `thing.made_up`",
    ),
    "no base URL": Case("https://api.test/v1", "https://api.test/v1/", "servers:", "not a single fixed URL"),
    "no TLS": Case("https://api.test/v1", "http://api.test/v1", "servers:", "not a single fixed URL"),
    "a missing component": Case(
        "    RequestTimestamp: {name: x-request-timestamp, in: header, description: When., schema: {type: string}}\n",
        "",
        "  parameters:",
        "the component RequestTimestamp is missing",
    ),
}


@pytest.fixture
def old_output(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    kept = root / "generated" / "orbitconnect_api" / "kept.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("# the old output\n")
    return root


def run(contract: Path, root: Path) -> int:
    return main(["build", "--contract", str(contract), "--root", str(root)])


def test_the_small_contract_has_no_mistakes(tmp_path: Path) -> None:
    assert run(SMALL, tmp_path) == 0


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_mistake_is_reported_with_its_line_and_nothing_is_written(
    case: Case, tmp_path: Path, old_output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SMALL.read_text()
    assert case.old in text
    broken = text.replace(case.old, case.new, 1).replace(*case.more, 1)
    contract = tmp_path / "broken.yaml"
    contract.write_text(broken)

    assert run(contract, old_output) == 1

    shown = capsys.readouterr().err
    assert case.words in shown
    assert "nothing was written" in shown
    lines = [number for number, line in enumerate(broken.splitlines(), 1) if case.line in line]
    assert any(f"broken.yaml:{number}: " in shown for number in lines), shown
    assert [path.name for path in old_output.rglob("*.py")] == ["kept.py"]


def test_what_openapi_python_client_rejects_is_a_mistake_too(
    tmp_path: Path, old_output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """openapi-python-client names an inline object after its position in the contract.

    That name can also be the name of a component.
    """
    text = SMALL.read_text().replace(
        "        madeAt:\n",
        "        parts: {type: object, additionalProperties: true, description: Its parts.}\n"
        "        other: {$ref: '#/components/schemas/ThingParts', description: Other parts.}\n        madeAt:\n",
        1,
    )
    text = text.replace(
        "    Color:\n",
        "    ThingParts:\n      description: Parts.\n      x-orbit-provenance: inferred\n      type: object\n"
        "      properties: {count: {type: integer, description: How many.}}\n      examples: [{count: 1}]\n"
        "    Color:\n",
        1,
    )
    contract = tmp_path / "broken.yaml"
    contract.write_text(text)

    assert run(contract, old_output) == 1

    shown = capsys.readouterr().err
    line = max(number for number, line in enumerate(text.splitlines(), 1) if line == "    Thing:")
    assert f"broken.yaml:{line}: components.schemas.Thing: openapi-python-client rejects it" in shown
    assert 'duplicate models with name "ThingParts"' in shown
    assert "1 mistake in the contract" in shown
    assert "nothing was written" in shown
    assert [path.name for path in old_output.rglob("*.py")] == ["kept.py"]


def test_all_mistakes_of_a_kind_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract = tmp_path / "broken.yaml"
    contract.write_text(SMALL.read_text().replace("      x-orbit-retry: safe\n", ""))
    assert run(contract, tmp_path) == 1
    shown = capsys.readouterr().err
    assert shown.count("`x-orbit-retry` is missing") == 2
    assert "2 mistakes in the contract" in shown


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"- a\n- b\n", b"a: \x00", b"a: &x [*x]"])
def test_a_file_that_is_not_a_contract_is_rejected(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = tmp_path / "broken.yaml"
    contract.write_bytes(content)
    assert run(contract, tmp_path) == 1
    assert "broken.yaml:1: " in capsys.readouterr().err


def test_a_missing_file_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.yaml", tmp_path) == 1
    assert "none.yaml:1: cannot be read" in capsys.readouterr().err
