"""Checks the operations: keys, names and acting user."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contract import (
    ACTING_USER,
    METHODS,
    Contract,
    Mistake,
    OperationNode,
)
from .bodies import check_body
from .parameters import check_parameters
from .responses import check_responses
from .vocabulary import EXTENSIONS, PROVENANCES, RETRY_CLASSES, one_of

_PATH_ITEM_KEYS = frozenset({"parameters", *METHODS})
_OPERATION_KEYS = frozenset(
    {"operationId", "tags", "summary", "description", "parameters", "requestBody", "responses", "deprecated"}
)
_OPERATION_ID = re.compile(r"[a-z][A-Za-z0-9]*")


def check_operations(contract: Contract) -> Iterator[Mistake]:
    """Check all path items and operations."""
    for operation in contract.operations():
        yield from _check_keys(contract, operation)
        yield from _check_operation_id(contract, operation)
        yield from _check_actor(contract, operation)
        yield from check_parameters(contract, operation)
        yield from check_body(contract, operation)
        yield from check_responses(contract, operation)
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
