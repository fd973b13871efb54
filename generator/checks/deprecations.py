"""Checks what is said about deprecated operations, parameters, properties, schemas and events."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from ..contract import Contract, JsonObject, Mistake, OperationNode, Pointer
from ..deprecation import EXTENSION
from ..lower import body_schema
from .vocabulary import did_you_mean

_KEYS = ("since", "use", "reason", "removal")
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_EXAMPLE = f"Write `{EXTENSION}: {{since: 1.2.0, use: newName, removal: 2.0.0}}`, or `reason` instead of `use`."


def check_deprecations(contract: Contract) -> Iterator[Mistake]:
    """Check all deprecated parts."""
    operations = {
        operation.id: operation.data for operation in contract.operations() if "operationId" in operation.data
    }
    for operation in contract.operations():
        yield from _check(contract, operation.pointer, operation.data, operations)
        yield from _check_parameters(contract, operation)
    events = {event.name: event.data for event in contract.events()}
    for event in contract.events():
        yield from _check(contract, event.pointer, event.data, events)
    schemas = contract.data["components"]["schemas"]
    for name, schema in schemas.items():
        yield from _check(contract, ("components", "schemas", name), schema, schemas)
        yield from _check_properties(contract, ("components", "schemas", name), schema)


def _check_parameters(contract: Contract, operation: OperationNode) -> Iterator[Mistake]:
    parameters = {
        parameter["name"]: parameter for _, node in operation.parameters if (parameter := contract.resolve(node))
    }
    body = body_schema(contract, operation)
    fields = (contract.resolve(body).get("properties") or {}) if body else {}
    for pointer, node in operation.parameters:
        parameter = contract.resolve(node)
        yield from _check(contract, pointer, parameter, {**fields, **parameters})
        if parameter.get("deprecated") and parameter.get("required"):
            remedy = "Make it optional, or deprecate the operation: callers could not avoid the warning."
            yield contract.mistake(pointer, f"the required parameter `{parameter['name']}` is deprecated", remedy)


def _check_properties(contract: Contract, pointer: Pointer, schema: JsonObject) -> Iterator[Mistake]:
    properties = schema.get("properties") or {}
    for name, node in properties.items():
        here = (*pointer, "properties", name)
        yield from _check(contract, here, node, properties)
        if node.get("deprecated") and name in (schema.get("required") or []) and pointer[-1] in _bodies(contract):
            remedy = "Remove it from `required`, or deprecate the operation: callers could not avoid the warning."
            yield contract.mistake(here, f"the required property `{name}` is deprecated", remedy)


def _bodies(contract: Contract) -> Collection[str]:
    bodies = [body_schema(contract, operation) for operation in contract.operations()]
    return {str(body["$ref"]).rpartition("/")[2] for body in bodies if body and "$ref" in body}


def _check(contract: Contract, pointer: Pointer, node: JsonObject, known: dict[str, Any]) -> Iterator[Mistake]:
    """Check one part. `known` has the parts that can replace it, by name."""
    if "deprecated" not in node and EXTENSION not in node:
        return
    details = node.get(EXTENSION)
    if node.get("deprecated") is not True or not isinstance(details, dict):
        problem = f"`deprecated: true` and `{EXTENSION}` belong together"
        yield contract.mistake(pointer, problem, _EXAMPLE)
        return
    here = (*pointer, EXTENSION)
    for key, value in details.items():
        if key not in _KEYS:
            yield contract.mistake((*here, key), f"`{key}` is not a known key", did_you_mean(key, _KEYS, _EXAMPLE))
        elif not isinstance(value, str) or not value:
            yield contract.mistake((*here, key), f"`{key}` is not a text", _EXAMPLE)
            return
    yield from _check_versions(contract, here, details)
    if not details.keys() & {"use", "reason"}:
        remedy = "Write `use: NAME` if something replaces it, otherwise `reason` with a sentence."
        yield contract.mistake(here, "`use` and `reason` are missing", remedy)
    if not str(details.get("reason", ".")).endswith("."):
        yield contract.mistake((*here, "reason"), "`reason` is not a sentence", "End it with a period.")
    if "use" in details:
        yield from _check_replacement(contract, (*here, "use"), str(details["use"]), known)


def _check_versions(contract: Contract, here: Pointer, details: JsonObject) -> Iterator[Mistake]:
    versions = {key: _VERSION.fullmatch(details[key]) for key in ("since", "removal") if key in details}
    for key, match in versions.items():
        if match is None:
            remedy = "Write a version of this package, such as 1.2.0."
            yield contract.mistake((*here, key), f"`{details[key]}` is not a version", remedy)
    if "since" not in versions:
        remedy = "Add the first version of this package in which it is deprecated, such as `since: 1.2.0`."
        yield contract.mistake(here, "`since` is missing", remedy)
    first, last = versions.get("since"), versions.get("removal")
    if first and last and tuple(map(int, last.groups())) <= tuple(map(int, first.groups())):
        yield contract.mistake((*here, "removal"), "`removal` is not after `since`", "Write a later version.")


def _check_replacement(contract: Contract, here: Pointer, name: str, known: dict[str, Any]) -> Iterator[Mistake]:
    if name not in known:
        remedy = did_you_mean(name, known, "Name something of the same kind, or write `reason` instead.")
        yield contract.mistake(here, f"the replacement `{name}` does not exist", remedy)
    elif contract.resolve(known[name]).get("deprecated") or known[name].get("deprecated"):
        yield contract.mistake(here, f"the replacement `{name}` is deprecated", "Name one that is not.")
