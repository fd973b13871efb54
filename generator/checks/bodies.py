"""Checks the bodies of the operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..bodies import FORMS
from ..codecs import needs_codec
from ..composition import whole
from ..contract import EMPTY_BODY, Contract, JsonObject, Mistake, OperationNode, Pointer, idempotency_properties
from ..lower import references
from ..parameters import SCALARS, types_of

_KEYS = frozenset({"schema", "example", "examples"})
_FILE_TYPE = re.compile(r"(\*/\*|[a-z]+/(\*|[a-z0-9.+-]+))")
BINARY = {"type": "string", "format": "binary"}


def check_body(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    """Check the body of an operation."""
    node, pointer = operation.data.get("requestBody"), (*operation.pointer, "requestBody")
    needs_key = operation.data.get("x-orbit-retry") == "idempotency-key"
    if node is None or node.get("$ref") == EMPTY_BODY:
        if needs_key:
            remedy = "Add a body with one property that is marked `x-orbit-idempotency-key: true`."
            yield contract.mistake(operation.pointer, "the `idempotency-key` operation has no body", remedy)
        if node is None and operation.method in ("post", "patch", "put"):
            method = operation.method.upper()
            remedy = f"A {method} always sends an object. Write `requestBody: {{$ref: '{EMPTY_BODY}'}}`."
            yield contract.mistake(operation.pointer, "`requestBody` is missing", remedy)
        return
    if operation.method == "get":
        yield contract.mistake(pointer, "a GET cannot have a body", "Use query parameters, or the method POST.")
    body = contract.resolve(node)
    content = body.get("content") or {}
    if len(content) != 1:
        remedy = "Write one content type: the SDK sends one of them."
        yield contract.mistake(pointer, "the body does not have exactly one content type", remedy)
        return
    ((media_type, media),) = content.items()
    for key in media.keys() - _KEYS:
        remedy = "Remove it: the generator would ignore it."
        yield contract.mistake(pointer, f"`{key}` is not supported on a body", remedy)
    form, schema = FORMS.get(media_type, "content"), media.get("schema") or {}
    if needs_key and (form != "json" or not body.get("required") or "properties" not in whole(contract, schema)):
        remedy = "Write `required: true` and a JSON object, or another retry class."
        yield contract.mistake(pointer, "the body of an `idempotency-key` operation is not a JSON object", remedy)
    elif form == "json":
        yield from _check_json(contract, pointer, schema, needs_key=needs_key)
    elif form == "content":
        yield from _check_file(contract, pointer, media_type, schema)
    else:
        yield from _check_form(contract, pointer, schema, takes_files=form == "multipart")


def check_files(contract: Contract) -> Iterator[Mistake]:
    """Check that files are only fields of multipart bodies."""
    bodies = [contract.resolve(operation.data.get("requestBody") or {}) for operation in contract.operations()]
    media = [(body.get("content") or {}).get("multipart/form-data") or {} for body in bodies]
    forms = {(form.get("schema") or {}).get("$ref") for form in media}
    schemas = contract.data["components"]["schemas"]
    used = set(references([schemas, contract.data["components"].get("responses")]))
    for schema, data in schemas.items():
        for name, node in (data.get("properties") or {}).items():
            if _is_binary(node) and (schema in used or f"#/components/schemas/{schema}" not in forms):
                pointer = ("components", "schemas", schema, "properties", name)
                remedy = "Remove `format: binary`, or use the schema only as the body of a multipart request."
                yield contract.mistake(pointer, f"`{name}` is a file, but not a field of a multipart body", remedy)


def _is_binary(node: Any) -> bool:
    """Whether a property is a file or a list of files."""
    items = node.get("items") if isinstance(node, dict) else None
    return any(isinstance(part, dict) and part.items() >= BINARY.items() for part in (node, items))


def _check_json(contract: Contract, pointer: Pointer, schema: JsonObject, *, needs_key: bool) -> Iterator[Mistake]:
    if schema.get("type") == "array":
        items = schema.get("items") or {}
        if not (_is_object(contract, items) or _is_scalar(contract, items)):
            remedy = "Write `items` with the `$ref` of an object, or with a string, a number or a boolean."
            yield contract.mistake(pointer, "the items of the body are not supported", remedy)
        return
    if not _is_object(contract, schema):
        if "$ref" not in schema or not needs_codec(contract, schema):
            remedy = "Write `schema: {$ref: …}` with a component that has properties, or a list of these."
            yield contract.mistake(pointer, "the body is neither a component nor a list", remedy)
        return
    marked = idempotency_properties(whole(contract, schema))
    if len(marked) != needs_key:
        problem = f"properties marked `x-orbit-idempotency-key`: {len(marked)}, expected: {int(needs_key)}"
        remedy = "An `idempotency-key` operation has exactly one such property. Other operations have none."
        yield contract.mistake(pointer, problem, remedy)


def _check_file(contract: Contract, pointer: Pointer, media_type: str, schema: JsonObject) -> Iterator[Mistake]:
    if not _FILE_TYPE.fullmatch(media_type):
        remedy = "Write one such as `image/png`, or `application/octet-stream` for any file."
        yield contract.mistake(pointer, f"`{media_type}` is not a content type", remedy)
    if schema not in ({}, BINARY):
        remedy = "Write `schema: {type: string, format: binary}`: the file is sent as it is."
        yield contract.mistake(pointer, f"the schema of `{media_type}` would be ignored", remedy)


def _check_form(contract: Contract, pointer: Pointer, schema: JsonObject, *, takes_files: bool) -> Iterator[Mistake]:
    if not _is_object(contract, schema):
        remedy = "Write `schema: {$ref: …}` with a component that has properties."
        yield contract.mistake(pointer, "the form is not a component", remedy)
        return
    for name, node in whole(contract, schema)["properties"].items():
        if not (_is_field(contract, node) or (takes_files and _is_part(contract, node))):
            remedy = "Write a string, a number, a boolean, or a list of these."
            if takes_files:
                remedy = f"{remedy[:-1]}; for a file, `format: binary`; for an object, `$ref`."
            yield contract.mistake(pointer, f"the type of the field `{name}` is not supported in a form", remedy)


def _is_field(contract: Contract, node: JsonObject) -> bool:
    resolved = contract.resolve(node)
    if resolved.get("type") == "array":
        return _is_scalar(contract, resolved.get("items") or {})
    return _is_scalar(contract, resolved)


def _is_part(contract: Contract, node: JsonObject) -> bool:
    parts = [node.get("items") or {}] if node.get("type") == "array" else [node]
    return all(_is_object(contract, part) or contract.resolve(part).get("format") == "binary" for part in parts)


def _is_object(contract: Contract, schema: JsonObject) -> bool:
    return "$ref" in schema and "properties" in whole(contract, schema)


def _is_scalar(contract: Contract, schema: JsonObject) -> bool:
    types = types_of(contract, schema)
    return len(types) == 1 and types <= SCALARS and contract.resolve(schema).get("format") != "binary"
