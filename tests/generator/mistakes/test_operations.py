"""Mistakes in operations: their keys, names, and acting user."""

from __future__ import annotations

from pathlib import Path

from generator.checks import names, operations
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

LIST = "      operationId: listThings\n"
SAFE = "      x-orbit-retry: safe\n      x-orbit-actor: false\n      parameters"
ACTOR = "      parameters:\n        - $ref: '#/components/parameters/ActingUser'\n"
ITEM = "  /things/{thing_id}:\n"
DELETE = "      operationId: deleteThing\n"
METHOD = "      x-orbit-facade: [things.create]\n"
REASON = "      x-orbit-retry-reason"
TAG = "      tags: [things]\n      summary: List things\n"

CASES = {
    "a path item behind a $ref": Case(
        {ITEM: f"  /others:\n    $ref: '#/paths/~1things'\n{ITEM}"},
        "  /others:",
        "the path item is a `$ref`",
        "Write the operations here",
        {
            ITEM: "  /others:\n    delete:\n      operationId: deleteThings\n      tags: [things]\n      summary: D.\n"
            "      description: D.\n      x-orbit-provenance: inferred\n      x-orbit-retry: safe\n"
            "      x-orbit-actor: false\n      responses:\n"
            f"        '200': {{$ref: '#/components/responses/Nothing'}}\n{ITEM}"
        },
    ),
    "a key on a path item": Case(
        {ITEM: f"{ITEM}    summary: Things.\n"},
        "    summary: Things.",
        "`summary` is not supported on a path item",
        "Move it into the operations",
        {DELETE: f"{DELETE}      x-orbit-facade: [things.delete]\n"},
    ),
    "security of its own": Case(
        {LIST: f"      security: []\n{LIST}"},
        "      security: []",
        "`security` is not supported on an operation",
        "Remove it",
        {},
    ),
    "no description": Case(
        {"      description: Lists things.\n": ""},
        "    get:",
        "`description` is missing",
        "Describe what the operation does",
        {"      description: Lists things.\n": "      description: Lists some.\n"},
    ),
    "an unknown tag": Case(
        {TAG: TAG.replace("things]", "thing]")},
        "    get:",
        "the operation needs exactly one known tag",
        "Write one of: things",
        {TAG: TAG},
    ),
    "two tags": Case(
        {
            TAG: TAG.replace("[things]", "[things, others]"),
            "  - name: things\n": "  - name: others\n  - name: things\n",
        },
        "    get:",
        "the operation needs exactly one known tag",
        "Write one of: others, things",
        {TAG: TAG.replace("[things]", "[others]"), "  - name: things\n": "  - name: others\n  - name: things\n"},
    ),
    "no retry class": Case(
        {SAFE: SAFE.replace("      x-orbit-retry: safe\n", "")},
        "    get:",
        "`x-orbit-retry` is missing",
        "Write one of: safe, idempotency-key, never.",
        {SAFE: SAFE.replace("safe", "never")},
    ),
    "no operationId": Case(
        {LIST: ""},
        "    get:",
        "`operationId` is missing",
        "Add a unique camelCase name",
        {LIST: "      operationId: findThings\n"},
    ),
    "an operationId in snake_case": Case(
        {LIST: "      operationId: list_things\n"},
        "operationId: list_things",
        "`list_things` is not a camelCase name",
        "Use camelCase",
        {LIST: "      operationId: listThings2\n"},
    ),
    "no actor": Case(
        {"      x-orbit-actor: true\n": ""},
        "    post:",
        "`x-orbit-actor` is missing",
        "Write `true` if the acting user is required",
        {"      x-orbit-actor: true\n": "      x-orbit-actor: true\n"},
    ),
    "an actor without its parameter": Case(
        {ACTOR: ""},
        "    post:",
        "`x-orbit-actor` is true, but ActingUser is not a parameter",
        "or write `x-orbit-actor: false`",
        {ACTOR: "", "      x-orbit-actor: true\n": "      x-orbit-actor: false\n"},
    ),
    "a parameter without its actor": Case(
        {"x-orbit-actor: true": "x-orbit-actor: false"},
        "    post:",
        "`x-orbit-actor` is false, but ActingUser is a parameter",
        "or remove `$ref: '#/components/parameters/ActingUser'`",
        {"x-orbit-actor: true": "x-orbit-actor: false", ACTOR: ""},
    ),
    "operationIds that become one module": Case(
        {LIST: "      operationId: createTHING\n"},
        "operationId: createTHING",
        "`createTHING` collides with `createThing`",
        "Choose a unique name",
        {LIST: "      operationId: createOTHER\n"},
    ),
    "a facade method without a namespace": Case(
        {METHOD: "      x-orbit-facade: [create]\n"},
        "x-orbit-facade: [create]",
        "`create` is not a facade method",
        "Write `namespace.method`",
        {METHOD: "      x-orbit-facade: [things.make]\n"},
    ),
    "a duplicate facade method": Case(
        {REASON: f"{METHOD}{REASON}"},
        "x-orbit-facade: [things.create]",
        "`things.create` already calls `createThing`",
        "List each method once",
        {REASON: f"      x-orbit-facade: [things.delete]\n{REASON}"},
    ),
}


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(operations, names):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
