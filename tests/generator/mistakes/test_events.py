"""Mistakes in webhook events."""

from __future__ import annotations

from pathlib import Path

from generator.checks import events
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

SENT = "      description: Sent when a thing was made.\n"
EVENT = "  thing.made:\n"
CONST = "type: {type: string, const: thing.made,"
TWO = (
    "  {0}:\n    post:\n      operationId: onOther\n      tags: [events]\n      summary: O.\n      description: O.\n"
    "      x-orbit-provenance: inferred\n      requestBody: {{content: {{application/json: {{schema: "
    "{{$ref: '#/components/schemas/OtherEvent'}}}}}}}}\n      responses:\n        '200': {{description: Taken.}}\n"
)
OTHER = (
    "    OtherEvent:\n      description: O.\n      x-orbit-provenance: inferred\n      type: object\n"
    "      required: [id]\n      properties:\n        id: {{type: string, description: Its id.}}\n"
    "        type: {{type: string, const: {0}, description: Always the same.}}\n"
    "        data: {{$ref: '#/components/schemas/ThingEventData', description: The thing.}}\n"
    "      examples: [{{id: e1, type: {0}}}]\n    Color:\n"
)


def second(name: str) -> dict[str, str]:
    """Add an event."""
    return {"webhooks:\n": f"webhooks:\n{TWO.format(name)}", "    Color:\n": OTHER.format(name)}


CASES = {
    "no provenance": Case(
        {f"{SENT}      x-orbit-provenance: inferred\n": SENT},
        "    post:",
        "`x-orbit-provenance` is missing",
        "Write one of: observed,",
        {f"{SENT}      x-orbit-provenance: inferred\n": f"{SENT}      x-orbit-provenance: observed\n"},
    ),
    "an operation's tag": Case(
        {"      tags: [events]": "      tags: [things]"},
        "    post:",
        "the event needs exactly one tag, which no operation has",
        "Write one of: events.",
        {"      tags: [events]": "      tags: [events]"},
    ),
    "another envelope": Case(
        {CONST: CONST.replace("made", "mad")},
        "    post:",
        "the event's body does not use the event envelope",
        "with `const: thing.made` in `type`",
        {CONST: "type: {const: thing.made, type: string,"},
    ),
    "no class name": Case(
        {EVENT: "  thing-made:\n"},
        "  thing-made:",
        "no class can be named after `thing-made`",
        "Use two or more lower-case words with dots between them",
        {EVENT: "  thing.remade:\n", CONST: CONST.replace("made", "remade")},
    ),
    "events that become one class": Case(
        {**second("thing_made.up"), EVENT: "  thing.made_up:\n", CONST: CONST.replace("made", "made_up")},
        "  thing.made_up:",
        "`thing.made_up` collides with `thing_made.up`",
        "Choose a name that differs in more than its dots",
        second("thing.sold"),
    ),
}


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(events):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
