"""Mistakes in the parameters of operations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.checks import parameters
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

HEAD = "        - name: limit\n          in: query\n"
SCHEMA = "          schema: {type: integer}\n"
THING_ID = "      description: The thing.\n      schema: {type: string}"


def limit(head: str = "", schema: str = "") -> Mapping[str, str]:
    """Describe the parameter `limit` in another way."""
    return {HEAD: head or HEAD, SCHEMA: schema or SCHEMA}


CASES = {
    "a cookie": Case(
        limit("        - name: limit\n          in: cookie\n"),
        "        - name: limit",
        "the cookie parameter `limit` is not supported",
        "Write `in: query` or `in: header`",
        limit("        - name: limit\n          in: header\n"),
    ),
    "an argument that the function has": Case(
        limit("        - name: client\n          in: query\n"),
        "        - name: client",
        "`client` collides with another argument `client`",
        "Add `x-orbit-name` with another name, such as `client_`",
        limit("        - name: client\n          in: query\n          x-orbit-name: client_\n"),
    ),
    "an argument that the function uses": Case(
        limit("        - name: parse\n          in: query\n"),
        "        - name: parse",
        "`parse` collides with another argument `parse`",
        "such as `parse_`",
        limit("        - name: parse\n          in: query\n          x-orbit-name: parse_\n"),
    ),
    "a name that no argument can have": Case(
        limit("        - name: limit\n          in: query\n          x-orbit-name: Limit\n"),
        "        - name: limit",
        "`Limit` cannot be the name of an argument",
        "such as `limit_`",
        limit("        - name: limit\n          in: query\n          x-orbit-name: limit_\n"),
    ),
    "a path parameter that is not described": Case(
        {"  /things/{thing_id}:": "  /things/{thing}:"},
        "    delete:",
        "the path contains `thing`, but `parameters` describes `thing_id`",
        "Describe each parameter of the path once",
        {"  /things/{thing_id}:": "  /things/{thing}:", "      name: thing_id\n": "      name: thing\n"},
    ),
    "a parameter with content": Case(
        limit(schema="          content: {application/json: {schema: {type: integer}}}\n"),
        "        - name: limit",
        "`content` is not supported on the parameter `limit`",
        "Describe the parameter with `schema`",
        limit(schema="          schema: {type: object, additionalProperties: {type: integer}}\n"),
    ),
    "a parameter without description": Case(
        {"          description: How many.\n": ""},
        "        - name: limit",
        "the parameter `limit` has no description",
        "Describe what it means",
        {"          description: How many.\n": "          description: How many there are.\n"},
    ),
    "a header that the SDK sets": Case(
        limit("        - name: X-Api-Key\n          in: header\n"),
        "        - name: X-Api-Key",
        "the SDK sets the header `X-Api-Key` itself",
        "Remove the parameter",
        {
            f"{HEAD}          description: How many.\n{SCHEMA}": "",
            "      parameters:\n      responses": "      responses",
        },
    ),
    "a header that cannot be one": Case(
        limit("        - name: a limit\n          in: header\n"),
        "        - name: a limit",
        "`a limit` cannot be the name of a header",
        "Use letters, digits and hyphens",
        limit("        - name: a-limit\n          in: header\n"),
    ),
    "a number in a path": Case(
        {THING_ID: THING_ID.replace("string", "integer")},
        "      - $ref: '#/components/parameters/ThingId'",
        "the type of the parameter `thing_id` is not supported",
        "Write `type: string`",
        {THING_ID: THING_ID.replace("{type: string", "{minLength: 1, type: string")},
    ),
    "a deprecated schema": Case(
        limit(schema="          schema: {type: integer, deprecated: true}\n"),
        "        - name: limit",
        "the schema of the parameter `limit` is deprecated",
        "Write it beside `schema`, not inside",
        limit(
            f"{HEAD}          deprecated: true\n          x-orbit-deprecated: {{since: 1.2.0, reason: It is slow.}}\n"
        ),
    ),
    "a list in a header": Case(
        limit(
            "        - name: limit\n          in: header\n",
            "          schema: {type: array, items: {type: string}}\n",
        ),
        "        - name: limit",
        "the type of the parameter `limit` is not supported",
        "Write a string, a number or a boolean",
        limit("        - name: limit\n          in: header\n", "          schema: {type: string}\n"),
    ),
    "a list of lists in the query": Case(
        limit(schema="          schema: {type: array, items: {type: array, items: {type: string}}}\n"),
        "        - name: limit",
        "the type of the parameter `limit` is not supported",
        "or a list or an object of these",
        limit(schema="          schema: {type: array, items: {type: string}}\n"),
    ),
    "an object of anything in the query": Case(
        limit(schema="          schema: {type: object}\n"),
        "        - name: limit",
        "the type of the parameter `limit` is not supported",
        "or a list or an object of these",
        limit(schema="          schema: {type: object, additionalProperties: {type: string}}\n"),
    ),
    "a list in the style of an object": Case(
        limit(f"{HEAD}          style: deepObject\n", "          schema: {type: array, items: {type: string}}\n"),
        "        - name: limit",
        "the parameter `limit` has a style that its type does not have",
        "for a list, `spaceDelimited` or `pipeDelimited` with `explode: false`",
        limit(
            f"{HEAD}          style: pipeDelimited\n          explode: false\n",
            "          schema: {type: array, items: {type: string}}\n",
        ),
    ),
    "a number in the style of a list": Case(
        limit(f"{HEAD}          style: pipeDelimited\n"),
        "        - name: limit",
        "the parameter `limit` has a style that its type does not have",
        "Write `style: form`",
        limit(f"{HEAD}          style: form\n"),
    ),
}


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(parameters):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
