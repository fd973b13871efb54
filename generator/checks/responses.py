"""Checks the responses of the operations: each success has a result that a method can return."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contract import ENVELOPE, Contract, JsonObject, Mistake, OperationNode, Pointer
from ..results import JSON, data_field, envelope_properties, is_model_result, result_name
from .schemas import check_inline_object

_BYTES = re.compile(r"(?!application/json$)(\*/\*|[a-z]+/(\*|[a-z0-9.+-]+))")


def check_responses(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    """Check the responses of an operation."""
    pointer = (*operation.pointer, "responses")
    responses = operation.data.get("responses") or {}
    successes = [status for status in responses if re.fullmatch(r"2\d\d", str(status))]
    if not successes:
        remedy = "Add `'200'` with the operation's result. `2XX` and `default` are not enough."
        yield contract.mistake(pointer, "there is no explicit 2xx response", remedy)
    for status in successes:
        yield from _check_success(contract, operation, status)


def _check_success(contract: Contract, operation: OperationNode, status: str) -> Iterator[Mistake]:
    pointer = (*operation.pointer, "responses", status)
    response = contract.resolve(operation.data["responses"][status])
    content = response.get("content") or {}
    if not content:
        return
    if len(content) > 1:
        remedy = "Keep one of them: a response is either JSON or a file."
        yield contract.mistake(pointer, "the response has several content types", remedy)
    elif list(content) != [JSON]:
        yield from _check_content(contract, pointer, *content.items())
    elif not _is_envelope(contract, schema := content[JSON].get("schema") or {}):
        remedy = (
            f"Write `allOf` with `$ref: '{ENVELOPE}'` and an object with the property `{data_field(contract)}`. "
            "For a file, write its content type instead of JSON."
        )
        yield contract.mistake(pointer, "the response does not use the envelope", remedy)
    elif "allOf" in schema:
        yield from _check_envelope(contract, operation, status, schema)


def _check_content(contract: Contract, pointer: Pointer, entry: tuple[str, JsonObject]) -> Iterator[Mistake]:
    media_type, node = entry
    schema = contract.resolve((node or {}).get("schema") or {})
    if not _BYTES.fullmatch(media_type):
        remedy = "Write one content type such as `application/pdf`, or `application/octet-stream` for any file."
        yield contract.mistake(pointer, f"`{media_type}` is not a content type", remedy)
    if schema not in ({}, {"type": "string", "format": "binary"}):
        remedy = "Write `schema: {type: string, format: binary}`: the result is the bytes as they are."
        yield contract.mistake(pointer, f"the schema of `{media_type}` would be ignored", remedy)


def _check_envelope(contract: Contract, operation: OperationNode, status: str, schema: JsonObject) -> Iterator[Mistake]:
    pointer: Pointer = (*operation.pointer, "responses", status)
    properties = envelope_properties(schema)
    data = properties[data_field(contract)]
    beside = len(properties) > 1
    if not beside and not is_model_result(contract, data) and not _is_named(data):
        remedy = "Describe it under components.schemas, and write `$ref`, or a list or map whose items are a `$ref`."
        yield contract.mistake(pointer, "the type of the result has no name", remedy)
    if beside:
        name = result_name(operation, int(status))
        if name in contract.data["components"]["schemas"]:
            remedy = "Rename the schema: the operation's result needs this name."
            yield contract.mistake(("components", "schemas", name), f"`{name}` is the name of a result", remedy)
        response = operation.data["responses"][status]
        where = tuple(str(response["$ref"]).split("/")[1:]) if "$ref" in response else pointer
        inside = (*where, "content", JSON, "schema", "allOf", 1)
        yield from check_inline_object(contract, inside, schema["allOf"][1], described={data_field(contract)})


def _is_envelope(contract: Contract, schema: JsonObject) -> bool:
    """Whether a schema is the envelope, with or without the type of its data."""
    if schema.get("$ref") == ENVELOPE:
        return True
    parts = schema.get("allOf") or []
    if len(parts) != 2 or parts[0] != {"$ref": ENVELOPE}:
        return False
    return data_field(contract) in (parts[1].get("properties") or {})


def _is_named(schema: JsonObject) -> bool:
    """Whether a type, or that of its items, is a component. Others would not be checked."""
    return any("$ref" in (part or {}) for part in (schema, schema.get("items"), schema.get("additionalProperties")))
