"""`python -m generator diff` names every kind of change, whom it breaks, and what the changelog should say."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from generator.__main__ import main
from generator.checks.document import check_references
from generator.diff import diff
from generator.diff.changelog import entries
from generator.diff.kinds import KINDS, LAYERS, SECTIONS, Impact, Kind
from generator.diff.report import text
from generator.loading import parse
from tests.for_each import for_each

COMPARED: Final = Path(__file__).with_name("compared.yaml")
BASE: Final = COMPARED.read_text()

CREATE: Final = "  /things:\n    post:\n"
LIST: Final = "      operationId: listThings\n"
DELETE: Final = "      operationId: deleteThing\n"
NEW_OPERATION: Final = (
    "    get:\n      operationId: getThing\n      tags: [things]\n      summary: Get a thing\n"
    "      description: Returns it.\n      x-orbit-facade: [things.get]\n      x-orbit-provenance: inferred\n"
    "      x-orbit-retry: safe\n      x-orbit-actor: false\n      responses:\n"
    "        '200': {$ref: '#/components/responses/Thing'}\n    delete:\n"
)
NEW_EVENT: Final = (
    "webhooks:\n  thing.gone:\n    post:\n      operationId: onThingGone\n      tags: [things]\n"
    "      summary: A thing is gone\n      description: Sent when a thing is gone.\n"
    "      x-orbit-provenance: inferred\n      requestBody:\n        content:\n"
    "          application/json: {schema: {$ref: '#/components/schemas/ThingMadeEvent'}}\n"
)
BODY: Final = (
    "      requestBody:\n        required: true\n        content:\n"
    "          application/json: {schema: {$ref: '#/components/schemas/CreateThingBody'}}\n"
)
RESULT: Final = "                  data: {$ref: '#/components/schemas/Thing'}\n"
NULL_RESULT: Final = "{anyOf: [{$ref: '#/components/schemas/Thing'}, {type: 'null'}]}\n"


DELETED: Final = "        '200': {$ref: '#/components/responses/Nothing'}\n"
THING_IS_MADE: Final = "        '200': {$ref: '#/components/responses/Thing'}\n"
OPEN_ENUM: Final = "{type: string, enum: [red, blue]}"


class Case(NamedTuple):
    """An edit of the small contract, and the kinds of change in both directions."""

    old: str
    new: str
    forward: str
    backward: str


def case(old: str, new: str, forward: str, backward: str = "") -> Case:
    """An edit. Without `backward`, its inverse is a change of the same kind."""
    return Case(old, new, forward, backward or forward)


CASES: Final = [
    # The document
    case("https://api.test/v1", "https://api.test/v2", "server-changed"),
    case("name: x-api-key", "name: authorization", "header-renamed"),
    case("name: x-app-user-id", "name: x-user", "header-renamed"),
    case("tags:\n", "  - RequestSignature: []\ntags:\n", "authentication-added", "authentication-removed"),
    case("tags:\n", "tags:\n  - {name: parts, description: Parts.}\n", "none"),
    case("description: Owners.", "description: All owners.", "description-changed"),
    case("version: 1.0.0", "version: 1.1.0", "version-changed"),
    # Operations
    case("    delete:\n", NEW_OPERATION, "operation-added", "operation-removed"),
    case(DELETE, "      operationId: removeThing\n", "operation-renamed"),
    case("  /things:\n", "  /all-things:\n", "operation-path-changed operation-path-changed"),
    case(CREATE, "  /things:\n    put:\n", "operation-method-changed"),
    case(
        DELETE + "      tags: [things]",
        DELETE + "      tags: [owners]",
        "operation-namespace-changed namespace-added",
        "operation-namespace-changed namespace-removed",
    ),
    case(
        "        - $ref: '#/components/schemas/Event'\n",
        "        - {type: object, properties: {id: {type: string}}}\n",
        "none",
    ),
    case(DELETE, DELETE + "      deprecated: true\n", "operation-deprecated", "operation-undeprecated"),
    case("[things.list]", "[things.list, things.all]", "facade-method-added", "facade-method-removed"),
    case("[things.list]", "[things.all]", "facade-method-renamed"),
    case(
        "x-orbit-retry: safe\n      x-orbit-actor: false\n      parameters",
        "x-orbit-retry: never\n      x-orbit-actor: false\n      parameters",
        "retries-disabled",
        "retries-enabled",
    ),
    case("x-orbit-retry: idempotency-key", "x-orbit-retry: safe", "retries-changed", "retries-need-key"),
    case("x-orbit-retry: idempotency-key", "x-orbit-retry: never", "retries-disabled", "retries-enabled"),
    case(
        "x-orbit-actor: true\n      parameters: [{$ref: '#/components/parameters/ActingUser'}]\n",
        "x-orbit-actor: false\n",
        "actor-removed",
        "actor-required",
    ),
    case("x-orbit-provenance: inferred\n      x-orbit-retry", "x-orbit-retry", "provenance-changed"),
    case("summary: List things", "summary: List all things", "description-changed"),
    # Parameters
    case(
        "        - name: order\n",
        "        - {name: page, in: query, description: A page., schema: {type: integer}}\n        - name: order\n",
        "parameter-added",
        "parameter-removed",
    ),
    case(
        "        - name: order\n",
        "        - {name: page, in: query, required: true, schema: {type: integer}}\n        - name: order\n",
        "required-parameter-added",
        "parameter-removed",
    ),
    case("          required: true\n          description: A trace.", "          description: A trace.",
         "parameter-optional", "parameter-required"),
    case("in: query\n          description: How many.", "in: header\n          description: How many.",
         "parameter-moved"),
    case("          description: How many.", "          explode: false\n          description: How many.",
         "parameter-style-changed"),
    case("          description: How many.", "          deprecated: true\n          description: How many.",
         "parameter-deprecated", "none"),
    case("        - name: limit\n", "        - name: limit\n          x-orbit-name: most\n", "python-name-changed"),
    case("description: How many.", "description: The number of things.", "description-changed"),
    # Bodies
    case(DELETE, DELETE + BODY,
         "body-added required-request-field-added", "body-removed"),
    case("      requestBody:\n        required: true\n", "      requestBody:\n",
         "body-optional", "body-required"),
    case("          application/json: {schema: {$ref: '#/components/schemas/CreateThingBody'}}\n",
         "          application/json: {schema: {$ref: '#/components/schemas/CreateThingBody'}}\n"
         "          multipart/form-data: {schema: {$ref: '#/components/schemas/CreateThingBody'}}\n",
         "body-media-type-added", "body-media-type-removed"),
    # Fields of requests
    case("        note:", "        tag: {type: string, description: A tag.}\n        note:",
         "request-field-added", "request-field-removed"),
    case("      required: [color]\n      properties:\n",
         "      required: [color, tag]\n      properties:\n        tag: {type: string, description: A tag.}\n",
         "required-request-field-added", "request-field-removed"),
    case("      required: [color]\n", "      required: [color, due]\n",
         "request-field-required", "request-field-optional"),
    case("due: {type: string", "due: {type: integer", "request-type-changed"),
    case("weight: {type: number", "weight: {type: integer", "request-type-narrowed", "request-type-widened"),
    case("weight: {type: number", "weight: {type: [number, 'null']", "request-null-allowed", "request-null-refused"),
    case("maxLength: 20", "maxLength: 10", "request-limit-tightened", "request-limit-loosened"),
    case("{type: integer, minimum: 1, maximum: 100}", "{type: integer, minimum: 1}",
         "request-limit-loosened", "request-limit-tightened"),
    case("^[a-z]+$", "^[a-z]*$", "request-pattern-changed"),
    case("due: {type: string", "due: {type: string, format: date-time", "request-format-changed"),
    case("due: {type: string", "due: {type: string, format: uri", "description-changed"),
    case("due: {type: string", "due: {type: string, default: today", "request-default-changed"),
    case("due: {type: string", "due: {type: string, deprecated: true", "request-field-deprecated", "none"),
    case("      required: [color]\n", "      required: [color]\n      additionalProperties: false\n",
         "request-extra-fields-refused", "request-extra-fields-allowed"),
    case("key., x-orbit-idempotency-key: true}\n        key2: {type: string, description: Another key.}",
         "key.}\n        key2: {type: string, description: Another key., x-orbit-idempotency-key: true}",
         "idempotency-key-moved"),
    case("enum: [newest, oldest]", "enum: [newest, oldest, largest]",
         "request-enum-value-added", "request-enum-value-removed"),
    case("oldest]\n      x-orbit-open-enum: false", "oldest]\n      x-orbit-open-enum: true",
         "request-enum-opened", "request-enum-closed"),
    # Results
    case("'200': {$ref: '#/components/responses/Nothing'}", "'200': {$ref: '#/components/responses/Thing'}",
         "result-added", "result-removed"),
    case("'200': {$ref: '#/components/responses/ThingList'}", "'200': {$ref: '#/components/responses/Thing'}",
         "result-type-changed"),
    case(RESULT, f"                  data: {NULL_RESULT}", "result-widened", "result-narrowed"),
    case("    Nothing:\n      description: Done.\n      content:\n        application/json:",
         "    Nothing:\n      description: Done.\n      content:\n        text/plain:", "response-media-type-changed"),
    case("                  data: {$ref: '#/components/schemas/Thing'}\n",
         "                  data: {$ref: '#/components/schemas/Thing'}\n                  cursor: {type: string}\n",
         "response-field-added", "response-field-removed"),
    case(DELETED, DELETED + "        '202': {$ref: '#/components/responses/Thing'}\n",
         "result-widened success-status-changed", "result-narrowed success-status-changed"),
    case(THING_IS_MADE, THING_IS_MADE + "        '204': {description: It exists.}\n",
         "result-widened success-status-changed", "result-narrowed success-status-changed"),
    case(DELETED, "        '200': {description: It., content: {image/png: {}}}\n", "response-media-type-changed"),
    case(DELETED, "        '204': {description: Gone.}\n", "success-status-changed"),
    # Fields of responses
    case("        token:", "        mass: {type: number, description: Its mass.}\n        token:",
         "response-field-added", "response-field-removed"),
    case("      required: [id]\n      properties:\n        id: {type: string, description: Its id.}",
         "      required: [id, token]\n      properties:\n        id: {type: string, description: Its id.}",
         "response-field-required", "response-field-optional"),
    case("token: {type: string", "token: {type: integer", "response-type-changed"),
    case("size: {type: integer", "size: {type: number", "response-type-widened", "response-type-narrowed"),
    case("items: {type: string}", "items: {type: integer}", "response-type-changed"),
    case("additionalProperties: {type: number}", "additionalProperties: true",
         "response-type-widened response-null-added", "response-type-narrowed response-null-removed"),
    case("additionalProperties: {type: number}", "additionalProperties: {type: string}", "response-type-changed"),
    case("token: {type: string", "token: {type: [string, 'null']", "response-null-added", "response-null-removed"),
    case("enum: [red, blue]", "enum: [red, blue, green]", "response-enum-value-added", "response-enum-value-removed"),
    case("enum: [new, used]", "enum: [new, used, lost]",
         "closed-response-enum-value-added", "response-enum-value-removed"),
    case("enum: [new, used]\n      x-orbit-open-enum: false", "enum: [new, used]\n      x-orbit-open-enum: true",
         "response-enum-opened", "response-enum-closed"),
    case("minimum: 0", "minimum: 1", "response-limit-changed"),
    case("format: date-time", "format: date", "response-format-changed"),
    case("token: {type: string", "token: {type: string, format: password", "secret-marked", "secret-unmarked"),
    case("token: {type: string", "token: {type: string, deprecated: true", "response-field-deprecated", "none"),
    case("token: {type: string", "token: {type: string, x-orbit-name: text", "python-name-changed"),
    case("token: {type: string", "token: {type: string, writeOnly: true",
         "response-field-removed", "response-field-added"),
    case("due: {type: string", "due: {type: string, readOnly: true", "request-field-removed", "request-field-added"),
    case("Its prices.}", "Its prices., discriminator: {propertyName: kind}}", "discriminator-changed"),
    case("      description: A thing.\n", "      x-orbit-name: Item\n      description: A thing.\n", "model-renamed"),
    case("Its token.}", "Its token., x-orbit-provenance: observed}", "provenance-changed"),
    # Statuses
    case("'200': {$ref: '#/components/responses/Nothing'}", "'204': {$ref: '#/components/responses/Nothing'}",
         "success-status-changed"),
    case("        '404':", "        '403': {$ref: '#/components/responses/NotFound'}\n        '404':",
         "error-status-added", "error-status-removed"),
    case("enum: [taken, locked]", "enum: [taken, locked, full]", "error-code-added", "error-code-removed"),
    case("        x-request-id:", "        retry-after: {schema: {type: string}}\n        x-request-id:",
         "response-header-added", "response-header-removed"),
    # Models and events
    case("        token:", "        part: {$ref: '#/components/schemas/CreateThingBody'}\n        token:",
         "response-field-added", "response-field-removed"),
    case("  schemas:\n    Envelope:",
         "  schemas:\n    Part: {description: A part., type: object, properties: {id: {type: string}}}\n    Envelope:",
         "none"),
    case("webhooks:\n", NEW_EVENT, "event-added", "event-removed"),
    case("{$ref: '#/components/schemas/ThingData', description: The payload.}",
         "{$ref: '#/components/schemas/Thing', description: The payload.}",
         "event-payload-changed model-removed", "event-payload-changed model-added"),
    case("      operationId: onThingMade\n", "      operationId: onThingMade\n      deprecated: true\n",
         "event-deprecated", "none"),
    case("Sent when a thing was made.", "Sent after a thing was made.", "description-changed"),
]  # fmt: skip

EVERYWHERE: Final = [
    case("thing_id", "id", "path-parameter-renamed response-field-removed response-field-added"),
    case("ThingData", "ThingPayload", "event-payload-changed model-renamed"),
    case("[things.create]", "[things.create, things.moved]", "facade-method-added", "facade-method-removed"),
]
"""Edits of every place that contains the text."""

MOVED: Final = ("[things.create]\n", "[things.create, things.list]\n", "[things.list]\n", "[things.all]\n")


def kinds(old: str, new: str) -> list[str]:
    """The kinds of change between two texts of contracts."""
    before, after = parse(old, Path("old.yaml")), parse(new, Path("new.yaml"))
    assert not [*check_references(before), *check_references(after)]
    return sorted(change.kind.name for change in diff(before, after))


def edited(old: str, new: str, count: int = 1) -> str:
    assert old in BASE
    return BASE.replace(old, new, count)


@for_each("case", CASES + EVERYWHERE)
def test_each_kind_of_change_is_named_and_nothing_else(case: Case) -> None:
    changed = edited(case.old, case.new, -1 if case in EVERYWHERE else 1)
    assert kinds(BASE, changed) == sorted(case.forward.replace("none", "").split())
    assert kinds(changed, BASE) == sorted(case.backward.replace("none", "").split())


def test_a_method_that_moves_to_another_operation_is_named() -> None:
    create, create_and_list, only_list, other = MOVED
    moved = edited(create, create_and_list).replace(f"facade: {only_list}", f"facade: {other}")
    assert kinds(BASE, moved) == ["facade-method-added", "facade-method-moved"]


def test_every_kind_is_tested() -> None:
    tested = {name for found in CASES + EVERYWHERE for name in (found.forward + " " + found.backward).split()}
    assert set(KINDS) == (tested | {"facade-method-moved"}) - {"none"}
    assert len(KINDS) >= 40


@for_each("kind", KINDS.values())
def test_every_kind_says_whom_it_affects(kind: Kind) -> None:
    assert set(kind.layers) <= set(LAYERS)
    assert kind.layers
    assert kind.section in (*SECTIONS, None)
    assert bool(kind.effect) == (kind.impact is not Impact.NONE)
    assert kind.impact is not Impact.BREAKING or kind.section


class Step(NamedTuple):
    """An edit of a contract that is not the small one, and the kinds of change."""

    base: str
    old: str
    new: str
    forward: str
    backward: str


def result(schema: str, *beside: str, required: str = "[data]") -> str:
    """The small contract with a result that is no model, and fields beside it."""
    fields = "".join(f"                  {field}\n" for field in (f"data: {schema}", *beside))
    old = "                properties:\n" + RESULT
    return edited(old, f"                required: {required}\n                properties:\n{fields}")


FILE: Final = edited(
    "'200': {$ref: '#/components/responses/Nothing'}", "'200': {description: It., content: {image/png: {}}}"
)
MANY: Final = edited(
    "'200': {$ref: '#/components/responses/Nothing'}",
    "'200': {$ref: '#/components/responses/Nothing'}\n        '202': {$ref: '#/components/responses/Thing'}",
)
VARIANTS: Final = edited(
    "        token: {type: string, description: Its token.}\n",
    """\
        token: {$ref: '#/components/schemas/Token', description: Its token.}
    Token:
      description: A token.
      oneOf: [{$ref: '#/components/schemas/Key'}, {$ref: '#/components/schemas/Pin'}]
      discriminator: {propertyName: kind, mapping: {key: Key}}
    Key: {description: A key., type: object, properties: {kind: {type: string, description: Its kind.}}}
    Pin: {description: A PIN., type: object, properties: {kind: {type: string, description: Its kind.}}}
    More:
      description: More.
      type: object
      properties:
""",
)
INHERITING: Final = edited(
    "    CreateThingBody:\n      description: A thing to create.\n      x-orbit-provenance: observed\n",
    "    CreateThingBody:\n      description: A thing to create.\n      allOf: [{$ref: '#/components/schemas/Base'}]\n"
    "      required: [color]\n    Base:\n      description: A base.\n",
)

STEPS: Final = [
    Step(FILE, "'200': {description: It., content: {image/png: {}}}", "'204': {description: Gone.}",
         "result-removed success-status-changed", "result-added success-status-changed"),
    Step(MANY, "'202': {$ref: '#/components/responses/Thing'}", "'202': {$ref: '#/components/responses/ThingList'}",
         "result-type-changed", "result-type-changed"),
    Step(result("{type: string}"), "{type: string}\n", "{type: string, format: date}\n",
         "response-format-changed", "response-format-changed"),
    Step(result("{type: object, additionalProperties: {type: string}}"), "additionalProperties: {type: string}",
         "additionalProperties: {type: integer}", "response-type-changed", "response-type-changed"),
    Step(result("{type: string}", "total: {type: integer}"), "[data]", "[data, total]",
         "response-field-required", "response-field-optional"),
    Step(VARIANTS, "{key: Key}", "{passkey: Key}", "discriminator-changed", "discriminator-changed"),
    Step(VARIANTS, "{key: Key}", "{key: Key, passkey: Key}", "response-enum-value-added", "discriminator-changed"),
    Step(VARIANTS, "{key: Key}", "{key: Pin, Pin: Key}", "discriminator-changed discriminator-changed",
         "discriminator-changed discriminator-changed"),
    Step(VARIANTS, "{key: Key}", "{key: Key, Pin: Pin}", "none", "none"),
    Step(INHERITING, "      required: [color]\n    Base", "      required: [color, due]\n    Base",
         "request-field-required", "request-field-optional"),
]  # fmt: skip
"""Edits of contracts that have what the small one lacks."""


@for_each("step", STEPS)
def test_each_kind_of_change_is_named_in_other_contracts(step: Step) -> None:
    assert step.old in step.base
    changed = step.base.replace(step.old, step.new, 1)
    assert kinds(step.base, changed) == sorted(step.forward.replace("none", "").split())
    assert kinds(changed, step.base) == sorted(step.backward.replace("none", "").split())


@for_each(
    ("old", "new"),
    [
        ("enum: [red, blue]\n      x-orbit-open-enum: true", f"anyOf: [{OPEN_ENUM}, {{type: string}}]"),
        ("weight: {type: number", "weight: {anyOf: [{type: number}]"),
        ("note: {type: [string, 'null']", "note: {anyOf: [{type: string}, {type: 'null'}]"),
    ],
)  # fmt: skip
def test_another_way_to_write_the_same_is_no_change(old: str, new: str) -> None:
    changed = edited(old, new)
    if "enum" in new:
        changed = changed.replace("      type: string\n      anyOf", "      anyOf")
    assert kinds(BASE, changed) == []


def run(*arguments: str) -> int:
    return main(["diff", *arguments])


@pytest.fixture
def changed(tmp_path: Path) -> str:
    path = tmp_path / "changed.yaml"
    path.write_text(edited("      required: [color]\n", "      required: [color, due]\n"))
    return str(path)


def test_the_exit_status_says_whether_something_breaks(
    changed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = str(COMPARED)
    assert run(base, base) == 0
    assert "no changes" in capsys.readouterr().out
    assert run(base, changed) == 1
    assert run(base, changed, "--allow-breaking") == 0
    assert run(changed, base) == 0
    assert run(base, str(tmp_path / "none.yaml")) == 2
    assert "is neither a file nor a revision of git" in capsys.readouterr().err
    (tmp_path / "broken.yaml").write_text("a: [")
    assert run(base, str(tmp_path / "broken.yaml")) == 2
    (tmp_path / "other.yaml").write_text("a: 1")
    assert run(base, str(tmp_path / "other.yaml")) == 2
    assert "Pass an OpenAPI document." in capsys.readouterr().err


def test_the_report_says_where_whom_and_what_to_do(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(str(COMPARED), changed)
    shown = capsys.readouterr().out
    line = next(number for number, line in enumerate(Path(changed).read_text().splitlines(), 1) if " due: " in line)
    assert shown.startswith(f"{COMPARED} → {changed}: 1 change, 1 breaking.")
    assert f"request-field-required: is required now: CreateThingBody.due (line {line})" in shown
    assert "On the wire: breaking. In code: breaking." in " ".join(shown.split())
    assert "Methods: things.create" in shown
    assert "the methods and their docstrings: orbitconnect/_async/namespaces/things.py" in shown
    assert "tests/wire/operations.yaml" in shown
    assert (
        "### Changed\n\n- Breaking: `due` of `things.create` is required now. Calls without the argument fail." in shown
    )


def test_json_has_the_same_changes(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(str(COMPARED), changed, "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["breaking"] is True
    (change,) = document["changes"]
    assert change["kind"] == "request-field-required"
    assert (change["wire"], change["code"], change["line_of"]) == ("breaking", "breaking", "new")
    assert change["methods"] == ["things.create"]
    assert list(document["changelog"]) == ["Changed"]


def test_many_equal_changes_take_one_paragraph_and_one_line() -> None:
    new = BASE.replace("        '200':", "        '500': {$ref: '#/components/responses/NotFound'}\n        '200':")
    changes = diff(parse(BASE, COMPARED), parse(new, COMPARED))
    assert len(changes) == 3
    assert text(changes, "a", "b").count("error-status-added") == 1
    assert entries(changes) == {
        "Changed": ["`things.create`, `things.list`, `things.delete` can fail with 500."]
    }  # fmt: skip


def test_the_changelogs_lines_are_for_users() -> None:
    new = edited("    delete:\n", NEW_OPERATION)
    new = new.replace("        token:", "        madeBy: {type: string, description: Who made it.}\n        token:")
    new = new.replace("webhooks:\n", NEW_EVENT).replace("        - name: limit", "        - name: count")
    assert entries(diff(parse(BASE, COMPARED), parse(new, COMPARED))) == {
        "Added": [
            "`things.get`: get a thing.",
            "`things.list`: the argument `count`: How many.",
            "`Thing.made_by`: Who made it.",
            "The event `thing.gone`: sent when a thing is gone.",
        ],
        "Removed": [
            "Breaking: `limit` of `things.list`: the parameter is gone. The server ignores it. The argument is gone."
        ],
    }


def test_revisions_of_git_can_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main")
        subprocess.run(("git", *identity, *arguments), cwd=tmp_path, check=True, capture_output=True)

    contract = tmp_path / "api.yaml"
    contract.write_text(BASE)
    git("init")
    git("add", ".")
    git("commit", "-m", "1")
    arguments = ("--contract", str(contract), "--root", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 0
    contract.write_text(edited("      required: [color]\n", "      required: [color, due]\n"))
    assert run(*arguments) == 1, "without a tag, the working tree is compared with HEAD"
    git("tag", "v1")
    git("commit", "-a", "-m", "2")
    assert run(*arguments) == 1, "the working tree is compared with the last tag"
    assert run("v1", "HEAD", *arguments) == 1
    assert run("v1:api.yaml", "v1", *arguments) == 0
    assert run("HEAD:other.yaml", *arguments) == 2
