"""Mistakes in the bodies of operations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.checks import bodies
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

REFERENCE = "            schema: {$ref: '#/components/schemas/CreateThingBody'}\n"
BODY = f"      requestBody:\n        required: true\n        content:\n          application/json:\n{REFERENCE}"
KEYED = "      x-orbit-retry: idempotency-key\n"
NEVER = {KEYED: "      x-orbit-retry: never\n"}
MARK = "          description: The idempotency key.\n          x-orbit-idempotency-key: true\n"
UNMARKED = {**NEVER, MARK: "          description: The idempotency key.\n"}
GET = "      operationId: listThings\n"
NOTE = "        note:\n          type: [string, 'null']\n          description: A note; null clears it.\n"
AT_BODY = "      requestBody:"
FILE = "        note: {type: string, format: binary, description: A file.}\n"


def body(*lines: str) -> Mapping[str, str]:
    """Describe the content of the body in another way."""
    content = "".join(f"          {line}\n" for line in lines)
    return {BODY: f"      requestBody:\n        required: true\n        content:\n{content}"}


def form(media_type: str, field: str) -> dict[str, str]:
    """A body that is a form with a field."""
    sent = body(f"{media_type}:", "  schema: {$ref: '#/components/schemas/CreateThingBody'}")
    return {**UNMARKED, **sent, NOTE: field}


EMPTY = "      requestBody: {$ref: '#/components/requestBodies/Empty'}\n"
RESPONSES = "  responses:\n    Failure"
NO_FIELDS = "{content: {application/json: {schema: {type: object}}}}"
EMPTY_COMPONENT = {RESPONSES: f"  requestBodies: {{Empty: {NO_FIELDS}}}\n{RESPONSES}"}

CASES = {
    "an idempotency key without a body": Case(
        {BODY: EMPTY, **EMPTY_COMPONENT},
        "    post:",
        "the `idempotency-key` operation has no body",
        "Add a body with one property that is marked",
        {BODY: BODY, **EMPTY_COMPONENT},
    ),
    "a POST without body": Case(
        {BODY: "", **NEVER},
        "    post:",
        "`requestBody` is missing",
        "Write `requestBody: {$ref: '#/components/requestBodies/Empty'}`",
        {BODY: EMPTY, **NEVER, **EMPTY_COMPONENT},
    ),
    "a GET with a body": Case(
        {GET: f"{GET}      requestBody: {{content: {{text/plain: {{}}}}}}\n"},
        "      requestBody: {content",
        "a GET cannot have a body",
        "or the method POST",
        {"    get:\n": "    put:\n", GET: f"{GET}      requestBody: {{content: {{text/plain: {{}}}}}}\n"},
    ),
    "two content types": Case(
        {**UNMARKED, **body("text/plain: {}", "application/json: {}")},
        AT_BODY,
        "the body does not have exactly one content type",
        "Write one content type",
        {**UNMARKED, **body("text/plain: {}")},
    ),
    "an encoding": Case(
        {REFERENCE: f"{REFERENCE}            encoding: {{note: {{contentType: text/plain}}}}\n"},
        AT_BODY,
        "`encoding` is not supported on a body",
        "Remove it",
        {},
    ),
    "an optional body with an idempotency key": Case(
        {"      requestBody:\n        required: true": "      requestBody:\n        required: false"},
        AT_BODY,
        "the body of an `idempotency-key` operation is not a JSON object",
        "Write `required: true` and a JSON object, or another retry class",
        {**UNMARKED, "      requestBody:\n        required: true": "      requestBody:\n        required: false"},
    ),
    "a list of anything": Case(
        {**UNMARKED, **body("application/json:", "  schema: {type: array, items: {type: object}}")},
        AT_BODY,
        "the items of the body are not supported",
        "Write `items` with the `$ref` of an object",
        {
            **UNMARKED,
            **body(
                "application/json:", "  schema: {type: array, items: {$ref: '#/components/schemas/CreateThingBody'}}"
            ),
        },
    ),
    "an object without a name": Case(
        {**UNMARKED, **body("application/json:", "  schema: {type: object}")},
        AT_BODY,
        "the body is neither a component nor a list",
        "Write `schema: {$ref: …}`",
        {**UNMARKED, **body("application/json:", "  schema: {$ref: '#/components/schemas/CreateThingBody'}")},
    ),
    "an unmarked idempotency key": Case(
        {MARK: "          description: The idempotency key.\n"},
        AT_BODY,
        "properties marked `x-orbit-idempotency-key`: 0, expected: 1",
        "has exactly one such property",
        {
            NOTE: f"{NOTE}          x-orbit-idempotency-key: true\n",
            MARK: "          description: The idempotency key.\n",
        },
    ),
    "a marked key without the retry class": Case(
        NEVER,
        AT_BODY,
        "properties marked `x-orbit-idempotency-key`: 1, expected: 0",
        "Other operations have none",
        UNMARKED,
    ),
    "a content type that is none": Case(
        {**UNMARKED, **body("plain: {}")},
        AT_BODY,
        "`plain` is not a content type",
        "Write one such as `image/png`",
        {**UNMARKED, **body("image/png: {}")},
    ),
    "a file with another schema": Case(
        {**UNMARKED, **body("text/plain: {schema: {type: object}}")},
        AT_BODY,
        "the schema of `text/plain` would be ignored",
        "Write `schema: {type: string, format: binary}`",
        {**UNMARKED, **body("text/plain: {schema: {type: string, format: binary}}")},
    ),
    "a form without a name": Case(
        {**UNMARKED, **body("multipart/form-data: {schema: {type: object}}")},
        AT_BODY,
        "the form is not a component",
        "Write `schema: {$ref: …}` with a component that has properties",
        {**UNMARKED, **body("multipart/form-data: {schema: {$ref: '#/components/schemas/CreateThingBody'}}")},
    ),
    "an object in a urlencoded form": Case(
        form(
            "application/x-www-form-urlencoded", "        note: {$ref: '#/components/schemas/Thing', description: T.}\n"
        ),
        AT_BODY,
        "the type of the field `note` is not supported in a form",
        "or a list of these.",
        form(
            "application/x-www-form-urlencoded", "        note: {type: array, items: {type: string}, description: N.}\n"
        ),
    ),
    "a map in a multipart form": Case(
        form("multipart/form-data", "        note: {type: object, additionalProperties: true, description: N.}\n"),
        AT_BODY,
        "the type of the field `note` is not supported in a form",
        "for a file, `format: binary`; for an object, `$ref`",
        form("multipart/form-data", FILE),
    ),
    "a file in a JSON body": Case(
        {**UNMARKED, NOTE: FILE},
        "        note:",
        "`note` is a file, but not a field of a multipart body",
        "Remove `format: binary`, or use the schema only as the body of a multipart request",
        form("multipart/form-data", FILE),
    ),
}


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(bodies):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
