"""Mistakes in the responses of operations and events."""

from __future__ import annotations

from pathlib import Path

from generator.checks import error_responses, responses
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

LIST = "        '200': {$ref: '#/components/responses/ThingList'}\n"
NOTHING = "        application/json:\n          schema: {$ref: '#/components/schemas/Envelope'}\n"
AT_NOTHING = "        '200': {$ref: '#/components/responses/Nothing'}"
DATA = "                  data: {$ref: '#/components/schemas/Thing'}\n"
AT_THING = "        '200': {$ref: '#/components/responses/Thing'}"
FAILED = "        '422': {$ref: '#/components/responses/Failure'}\n"
REQUEST_ID = "        x-request-id: {$ref: '#/components/headers/RequestId'}\n        retry-after"
LIMITED_ID = "        x-request-id: {$ref: '#/components/headers/RequestId'}\n      content"
RESULT = "    CreateThingResult: {description: R., x-orbit-provenance: inferred, type: string, examples: [a]}\n"
CODES = "            - {type: string, enum: [validation_failed]}\n            - {type: string}\n"
THINGS = "{type: array, items: {$ref: '#/components/schemas/Thing'}}"
MORE = f"{DATA}                  more: {{type: string, description: More.}}\n"
BINARY = "schema: {type: string, format: binary}"

CASES = {
    "only a range of successes": Case(
        {LIST: LIST.replace("'200'", "2XX")},
        "      responses:",
        "there is no explicit 2xx response",
        "Add `'200'` with the operation's result",
        {LIST: LIST},
    ),
    "two content types": Case(
        {NOTHING: f"{NOTHING}        text/plain: {{}}\n"},
        AT_NOTHING,
        "the response has several content types",
        "Keep one of them",
        {NOTHING: "        text/plain: {}\n"},
    ),
    "a content type that is none": Case(
        {NOTHING: "        plain: {}\n"},
        AT_NOTHING,
        "`plain` is not a content type",
        "Write one content type such as `application/pdf`",
        {NOTHING: "        application/pdf: {}\n"},
    ),
    "a file with another schema": Case(
        {NOTHING: NOTHING.replace("application/json", "text/plain")},
        AT_NOTHING,
        "the schema of `text/plain` would be ignored",
        f"Write `{BINARY}`",
        {NOTHING: f"        text/plain:\n          {BINARY}\n"},
    ),
    "a result without the envelope": Case(
        {NOTHING: NOTHING.replace("Envelope", "Thing")},
        AT_NOTHING,
        "the response does not use the envelope",
        "Write `allOf` with `$ref: '#/components/schemas/Envelope'`",
        {
            NOTHING: "        application/json:\n          schema:\n            allOf:\n"
            "              - $ref: '#/components/schemas/Envelope'\n              - type: object\n"
            "                properties: {data: {$ref: '#/components/schemas/Thing'}}\n"
        },
    ),
    "a result without a name": Case(
        {DATA: "                  data: {type: string}\n"},
        AT_THING,
        "the type of the result has no name",
        "Describe it under components.schemas",
        {DATA: "                  data: {$ref: '#/components/schemas/Color'}\n"},
    ),
    "a result of two kinds of lists": Case(
        {DATA: f"                  data: {{anyOf: [{THINGS}, {THINGS.replace('Thing', 'CreateThingBody')}]}}\n"},
        AT_THING,
        "the type of the result has no name",
        "or a list or map whose items are a `$ref`",
        {DATA: f"                  data: {THINGS}\n"},
    ),
    "a result whose name is taken": Case(
        {DATA: MORE, "    Color:\n": f"{RESULT}    Color:\n"},
        "    CreateThingResult: {",
        "`CreateThingResult` is the name of a result",
        "Rename the schema",
        {DATA: MORE, "    Color:\n": f"{RESULT.replace('Result', 'Outcome')}    Color:\n"},
    ),
    "a range of statuses": Case(
        {FAILED: FAILED.replace("'422'", "4XX")},
        "        4XX: {",
        "`4XX` is not a single status",
        "List each status that can occur",
        {FAILED: FAILED + FAILED.replace("422", "400")},
    ),
    "a default response": Case(
        {FAILED: FAILED.replace("'422'", "default")},
        "        default: {",
        "`default` is not a single status",
        "List each status that can occur",
        {FAILED: FAILED.replace("422", "400")},
    ),
    "an error without codes": Case(
        {CODES: "            - {type: string}\n            - {type: 'null'}\n"},
        FAILED.strip("\n"),
        "the response `422` does not list its error codes",
        "whose `code` is `anyOf` of `type: string` with `enum`, and `type: string`",
        {CODES: CODES.replace("validation_failed", "broken, wrong")},
    ),
    "an error without the request id": Case(
        {REQUEST_ID: "        retry-after"},
        FAILED.strip("\n"),
        "the response `422` does not declare the header RequestId",
        "Add `$ref: '#/components/headers/RequestId'` to its `headers`",
        {REQUEST_ID: "        request-id: {$ref: '#/components/headers/RequestId'}\n        retry-after"},
    ),
    "a rate limit that does not say how long to wait": Case(
        {FAILED: FAILED + FAILED.replace("422", "429").replace("Failure", "Limited")},
        "        '429': {",
        "the response `429` does not declare the header RetryAfter",
        "Add `$ref: '#/components/headers/RetryAfter'` to its `headers`",
        {
            FAILED: FAILED + FAILED.replace("422", "429").replace("Failure", "Limited"),
            LIMITED_ID: LIMITED_ID.replace(
                "\n", "\n        retry-after: {$ref: '#/components/headers/RetryAfter'}\n", 1
            ),
        },
    ),
}


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(responses, error_responses):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
