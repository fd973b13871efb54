"""Checks the operations: keys, acting user, parameters, body and responses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import naming
from ..contract import (
    ACTING_USER,
    EMPTY_BODY,
    ENVELOPE,
    METHODS,
    Contract,
    JsonObject,
    Mistake,
    OperationNode,
    Pointer,
    idempotency_properties,
)
from .schemas import check_parameter_schema
from .vocabulary import EXTENSIONS, PROVENANCES, RETRY_CLASSES, one_of

_PATH_ITEM_KEYS = frozenset({"parameters", *METHODS})
_OPERATION_KEYS = frozenset(
    {"operationId", "tags", "summary", "description", "parameters", "requestBody", "responses", "deprecated"}
)
_PARAMETER_KEYS = frozenset(
    {"name", "in", "required", "description", "schema", "example", "examples", "style", "explode"}
)
_STYLES = {"query": ("form", True), "path": ("simple", False), "header": ("simple", False)}
_OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*")


def check_operations(contract: Contract) -> Iterator[Mistake]:
    """Check all path items and operations."""
    for operation in contract.operations():
        yield from _check_keys(contract, operation)
        yield from _check_operation_id(contract, operation)
        yield from _check_actor(contract, operation)
        yield from _check_parameters(contract, operation)
        yield from _check_body(contract, operation)
        yield from _check_responses(contract, operation)
    yield from _check_path_items(contract)


def _check_path_items(contract: Contract) -> Iterator[Mistake]:
    for path, item in (contract.data.get("paths") or {}).items():
        pointer = ("paths", path)
        if "$ref" in item:
            remedy = "Write the operations here: openapi-python-client ignores a path item behind a `$ref`."
            yield contract.mistake(pointer, "the path item is a `$ref`", remedy)
        for key in item.keys() - _PATH_ITEM_KEYS - {"$ref"}:
            remedy = "Move it into the operations, or remove it: the generator would ignore it."
            yield contract.mistake((*pointer, key), f"`{key}` is not supported on a path item", remedy)


def _check_keys(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    data, pointer = operation.data, operation.pointer
    for key in data:
        if key not in _OPERATION_KEYS and key not in EXTENSIONS:
            remedy = "Remove it: the generator would ignore it."
            yield contract.mistake((*pointer, key), f"`{key}` is not supported on an operation", remedy)
    for key in ("summary", "description"):
        if not data.get(key):
            remedy = "Describe what the operation does. The text becomes the docstring."
            yield contract.mistake(pointer, f"`{key}` is missing", remedy)
    tags = [tag.get("name") for tag in contract.data.get("tags") or []]
    if len(data.get("tags") or []) != 1 or data["tags"][0] not in tags:
        yield contract.mistake(pointer, "the operation needs exactly one known tag", one_of(tags))
    for key, values in (("x-orbit-provenance", PROVENANCES), ("x-orbit-retry", RETRY_CLASSES)):
        if key not in data:
            yield contract.mistake(pointer, f"`{key}` is missing", one_of(values))


def _check_operation_id(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    name = operation.data.get("operationId")
    if not name:
        remedy = "Add a unique camelCase name such as `createAppUser`. It names the generated module."
        yield contract.mistake(operation.pointer, "`operationId` is missing", remedy)
    elif not _OPERATION_ID.fullmatch(name):
        remedy = "Use camelCase, with letters and digits only."
        yield contract.mistake((*operation.pointer, "operationId"), f"`{name}` is not a camelCase name", remedy)


def _check_actor(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    has_parameter = any(parameter.get("$ref") == ACTING_USER for _, parameter in operation.parameters)
    actor = operation.data.get("x-orbit-actor")
    if actor is None:
        remedy = "Write `true` if the acting user is required, `false` otherwise."
        yield contract.mistake(operation.pointer, "`x-orbit-actor` is missing", remedy)
    elif has_parameter and not actor:
        remedy = f"Write `x-orbit-actor: true`, or remove `$ref: '{ACTING_USER}'` from `parameters`."
        yield contract.mistake(operation.pointer, "`x-orbit-actor` is false, but ActingUser is a parameter", remedy)
    elif actor and not has_parameter:
        remedy = f"Add `$ref: '{ACTING_USER}'` to `parameters`, or write `x-orbit-actor: false`."
        yield contract.mistake(operation.pointer, "`x-orbit-actor` is true, but ActingUser is not a parameter", remedy)


def _check_parameters(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    arguments = {"client", "body", "acting_user_id"}
    in_path: list[str] = []
    for pointer, node in operation.parameters:
        if node.get("$ref") == ACTING_USER:
            continue
        parameter = contract.resolve(node)
        name, location = str(parameter.get("name")), parameter.get("in")
        if location not in ("path", "query"):
            remedy = "Remove it: only path and query parameters are generated. The SDK sets the headers itself."
            yield contract.mistake(pointer, f"the {location} parameter `{name}` is not supported", remedy)
            continue
        if location == "path":
            in_path.append(name)
        yield from _check_parameter(contract, pointer, name, parameter)
        argument = naming.identifier(name)
        if argument in arguments:
            remedy = "Rename or remove the parameter."
            yield contract.mistake(pointer, f"`{name}` collides with another argument `{argument}`", remedy)
        arguments.add(argument)
    expected = re.findall(r"{([^}]*)}", operation.path)
    if sorted(expected) != sorted(in_path):
        problem = f"the path contains {_listed(expected)}, but `parameters` describes {_listed(in_path)}"
        remedy = "Describe each parameter of the path once, under `parameters`."
        yield contract.mistake(operation.pointer, problem, remedy)


def _check_parameter(contract: Contract, pointer: Pointer, name: str, parameter: JsonObject) -> Iterator[Mistake]:
    for key in parameter.keys() - _PARAMETER_KEYS - set(EXTENSIONS):
        remedy = "Remove it: the generator would ignore it. Describe the parameter with `schema`."
        yield contract.mistake(pointer, f"`{key}` is not supported on the parameter `{name}`", remedy)
    style, explode = _STYLES[parameter["in"]]
    if parameter.get("style", style) != style or parameter.get("explode", explode) is not explode:
        remedy = "Remove `style` and `explode`."
        yield contract.mistake(pointer, f"the parameter `{name}` must have the style `{style}`", remedy)
    if not parameter.get("description"):
        yield contract.mistake(pointer, f"the parameter `{name}` has no description", "Describe what it means.")
    yield from check_parameter_schema(contract, pointer, name, parameter)


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "no parameters"


def _check_body(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    body, pointer = operation.data.get("requestBody"), (*operation.pointer, "requestBody")
    needs_key = operation.data.get("x-orbit-retry") == "idempotency-key"
    if body is None or body.get("$ref") == EMPTY_BODY:
        if needs_key:
            remedy = "Add a body with one property that is marked `x-orbit-idempotency-key: true`."
            yield contract.mistake(operation.pointer, "the `idempotency-key` operation has no body", remedy)
        if body is None and operation.method in ("post", "patch", "put"):
            method = operation.method.upper()
            remedy = f"A {method} always sends an object. Write `requestBody: {{$ref: '{EMPTY_BODY}'}}`."
            yield contract.mistake(operation.pointer, "`requestBody` is missing", remedy)
        return
    if operation.method in ("get", "delete"):
        yield contract.mistake(pointer, f"a {operation.method.upper()} cannot have a body", "Use query parameters.")
    body = contract.resolve(body)
    content = body.get("content") or {}
    schema = (content.get("application/json") or {}).get("schema") or {}
    expected = f"{naming.class_name(str(operation.data.get('operationId')))}Body"
    if list(content) != ["application/json"] or not body.get("required"):
        remedy = "Write `required: true`, and `application/json` as the only content type."
        yield contract.mistake(pointer, "the body is not a required JSON object", remedy)
    elif schema.get("$ref") != f"#/components/schemas/{expected}":
        remedy = f"Add the component {expected} and write `schema: {{$ref: '#/components/schemas/{expected}'}}`."
        yield contract.mistake(pointer, "the body does not have its own schema", remedy)
    elif len(marked := idempotency_properties(contract.resolve(schema))) != needs_key:
        problem = f"properties marked `x-orbit-idempotency-key`: {len(marked)}, expected: {int(needs_key)}"
        remedy = "An `idempotency-key` operation has exactly one such property. Other operations have none."
        yield contract.mistake(pointer, problem, remedy)


def _check_responses(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    pointer = (*operation.pointer, "responses")
    responses = operation.data.get("responses") or {}
    for status in responses:
        if not re.fullmatch(r"[1-5](\d\d|XX)|default", str(status)):
            remedy = "Write a status code, `5XX` or `default`."
            yield contract.mistake((*pointer, status), f"`{status}` is not a status", remedy)
    successes = [status for status in responses if re.fullmatch(r"2\d\d", str(status))]
    if not successes:
        remedy = "Add `'200'` with the operation's result. `2XX` and `default` are not enough."
        yield contract.mistake(pointer, "there is no explicit 2xx response", remedy)
    if len(successes) > 1:
        remedy = "Keep one of them: a method has one result."
        yield contract.mistake(pointer, f"there are several 2xx responses: {', '.join(successes)}", remedy)
    for status in successes[:1]:
        yield from _check_success(contract, (*pointer, status), contract.resolve(responses[status]))


def _check_success(contract: Contract, pointer: Pointer, response: JsonObject) -> Iterator[Mistake]:
    content = response.get("content") or {}
    schema = (content.get("application/json") or {}).get("schema") or {}
    if content and (list(content) != ["application/json"] or not _is_envelope(schema)):
        remedy = f"Write JSON only: `allOf` with `$ref: '{ENVELOPE}'` and an object whose only property is `data`."
        yield contract.mistake(pointer, "the response does not use the envelope", remedy)
    elif "allOf" in schema:
        (data,) = schema["allOf"][1]["properties"].values()
        if not _is_result(contract, data):
            remedy = "Return a component, a list of components, or `anyOf` with up to two components, one list, null."
            yield contract.mistake(pointer, "the type of the result is not supported", remedy)


def _is_envelope(schema: JsonObject) -> bool:
    """Whether a schema is the envelope, with or without the type of its data."""
    if schema.get("$ref") == ENVELOPE:
        return True
    parts = schema.get("allOf") or []
    return len(parts) == 2 and parts[0] == {"$ref": ENVELOPE} and len(parts[1].get("properties") or {}) == 1


def _is_result(contract: Contract, schema: JsonObject) -> bool:
    """Whether a method can return values of a schema: a model, a list of models, or a union of these."""

    def is_model(node: JsonObject) -> bool:
        return "$ref" in node and "properties" in contract.resolve(node)

    def is_list(node: JsonObject) -> bool:
        return node.get("type") == "array" and is_model(node.get("items") or {})

    parts = [part for part in schema.get("anyOf") or [schema] if part != {"type": "null"}]
    models, lists = [part for part in parts if is_model(part)], [part for part in parts if is_list(part)]
    return 0 < len(models) + len(lists) == len(parts) and len(models) <= 2 and len(lists) <= 1
