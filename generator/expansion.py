"""Rewrites a checked contract so that every schema is complete and has one direction.

- The parts of `allOf` are merged.
- Schemas have the names that `x-orbit-name` gives them.
- Results have no `writeOnly` properties, request bodies no `readOnly` properties. A schema that occurs in both and has
  such properties becomes two schemas: `Account` in results, `AccountInput` in bodies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from .composition import merged
from .contract import Contract, JsonObject
from .lower import body_schema, event_schemas, reachable, result_schemas
from .results import with_result_schemas

SCHEMAS: Final = "#/components/schemas/"
_SUFFIX: Final = "Input"


def expand(contract: Contract) -> Contract:
    """The contract with all schemas written out. The given one stays unchanged."""
    return _directed(complete(contract))


def complete(contract: Contract) -> Contract:
    """The contract before it is split by direction.

    It has schemas for all results, merged parts, discriminators that list all variants, and the names that it chooses.
    """
    contract = with_result_schemas(contract)
    schemas = {name: _complete(contract, node) for name, node in contract.data["components"]["schemas"].items()}
    return _renamed(_with_schemas(contract, schemas))


def input_name(name: str) -> str:
    """The name of a schema's form without its `readOnly` properties."""
    return f"{name}{_SUFFIX}"


def two_way(contract: Contract) -> set[str]:
    """The names of the schemas that occur in bodies and results, and have properties that occur in only one of them."""
    schemas = contract.data["components"]["schemas"]
    sent, received = _directions(contract)
    marked = {name for name, node in schemas.items() if _marks(contract, node)}
    return {name for name in sent & received if marked & {name, *reachable(schemas[name], schemas)}}


def _directions(contract: Contract) -> tuple[set[str], set[str]]:
    """The names of the schemas that occur in bodies, and of those that occur in results and events."""
    schemas = contract.data["components"]["schemas"]
    operations = list(contract.operations())
    sent = [body_schema(contract, operation) for operation in operations]
    received = [result_schemas(contract, operation) for operation in operations]
    return reachable(sent, schemas), reachable([received, event_schemas(contract)], schemas)


def _marks(contract: Contract, schema: JsonObject) -> bool:
    properties = (schema.get("properties") or {}).values()
    return any(_is_marked(contract, node, key) for node in properties for key in ("readOnly", "writeOnly"))


def _is_marked(contract: Contract, node: JsonObject, key: str) -> bool:
    return bool(node.get(key) or contract.resolve(node).get(key))


def _complete(contract: Contract, node: Any, *, named: bool = True) -> Any:
    """A copy of a schema, with merged parts and discriminators that list all variants."""
    if isinstance(node, list):
        return [_complete(contract, part, named=False) for part in node]
    if not isinstance(node, dict):
        return node
    parts = node.get("allOf")
    if isinstance(parts, list):
        if named:
            node = merged(contract, node)
        elif len(parts) == 1:
            node = {**parts[0], **{key: value for key, value in node.items() if key != "allOf"}}
    copy = {key: value if key == "examples" else _complete(contract, value, named=False) for key, value in node.items()}
    if isinstance(copy.get("discriminator"), dict) and "propertyName" in copy["discriminator"]:
        copy["discriminator"] = _full_discriminator(copy)
    return copy


def _full_discriminator(schema: JsonObject) -> JsonObject:
    """A discriminator whose mapping lists all variants. Variants that the contract does not map have their own name."""
    mapping = {
        str(value): target if "/" in target else f"{SCHEMAS}{target}"
        for value, target in (schema["discriminator"].get("mapping") or {}).items()
    }
    for part in schema.get("oneOf") or schema.get("anyOf") or []:
        if "$ref" in part and part["$ref"] not in mapping.values():
            mapping[part["$ref"].rpartition("/")[2]] = part["$ref"]
    return {"propertyName": schema["discriminator"]["propertyName"], "mapping": mapping}


def _renamed(contract: Contract) -> Contract:
    schemas = contract.data["components"]["schemas"]
    names = {name: node["x-orbit-name"] for name, node in schemas.items() if "x-orbit-name" in node}
    if not names:
        return contract
    data = _map_references(contract.data, lambda name: names.get(name, name))
    renamed = {
        names.get(name, name): {key: value for key, value in node.items() if key != "x-orbit-name"}
        for name, node in data["components"]["schemas"].items()
    }
    for node in renamed.values():
        details = node.get("x-orbit-deprecated", {})
        if details.get("use") in names:
            node["x-orbit-deprecated"] = {**details, "use": names[details["use"]]}
    return _with_schemas(replace(contract, data=data), renamed)


def _directed(contract: Contract) -> Contract:
    schemas = contract.data["components"]["schemas"]
    sent, received = _directions(contract)
    both = two_way(contract)

    def as_input(name: str) -> str:
        return input_name(name) if name in both else name

    directed: JsonObject = {}
    for name, node in schemas.items():
        if name in sent and name not in received:
            directed[name] = _map_references(_without(contract, node, "readOnly"), as_input)
        else:
            directed[name] = _without(contract, node, "writeOnly") if name in received else node
        if name in both:
            directed[input_name(name)] = _map_references(_without(contract, node, "readOnly"), as_input)
    if not both:
        return _with_schemas(contract, directed)
    data = {**contract.data, "components": dict(contract.data["components"])}
    data["components"]["requestBodies"] = _map_references(data["components"].get("requestBodies") or {}, as_input)
    data["paths"] = {
        path: {
            method: {**node, "requestBody": _map_references(node["requestBody"], as_input)}
            if isinstance(node, dict) and "requestBody" in node
            else node
            for method, node in item.items()
        }
        for path, item in data["paths"].items()
    }
    return _with_schemas(replace(contract, data=data), directed)


def _without(contract: Contract, schema: JsonObject, key: str) -> JsonObject:
    """A copy of a schema without the properties that have a mark."""
    properties = schema.get("properties") or {}
    left = {name: node for name, node in properties.items() if not _is_marked(contract, node, key)}
    if len(left) == len(properties):
        return schema
    required = [name for name in schema.get("required") or [] if name in left]
    rest = {name: value for name, value in schema.items() if name != "required"}
    return {**rest, "properties": left, **({"required": required} if required else {})}


def _map_references(node: Any, rename: Callable[[str], str]) -> Any:
    """A copy of a node in which references to schemas, also those of discriminators, have other names."""
    if isinstance(node, list):
        return [_map_references(part, rename) for part in node]
    if isinstance(node, dict):
        return {key: _map_references(value, rename) for key, value in node.items()}
    if isinstance(node, str) and node.startswith(SCHEMAS):
        return f"{SCHEMAS}{rename(node.removeprefix(SCHEMAS))}"
    return node


def _with_schemas(contract: Contract, schemas: JsonObject) -> Contract:
    components = {**contract.data["components"], "schemas": schemas}
    return replace(contract, data={**contract.data, "components": components})
