"""Reduces the contract to a document that openapi-python-client reads completely and correctly.

Other modules use what is omitted here: headers, retry classes and the envelope in `operation_table.py`, descriptions in
the templates, limits in `request_schemas.py`.
"""

from __future__ import annotations

from typing import Any

from .contract import EMPTY_BODY, ENVELOPE, Contract, EventNode, JsonObject, OperationNode, known_values

Document = JsonObject

# The keys of a schema that openapi-python-client needs.
_KEPT = ("type", "format", "enum", "required", "additionalProperties")


def lower(contract: Contract) -> Document:
    """Build the document: parameters resolved, envelopes removed, one response per operation, and only used schemas."""
    paths: dict[str, JsonObject] = {}
    for operation in contract.operations():
        paths.setdefault(operation.path, {})[operation.method] = _operation(contract, operation)
    schemas = {name: _schema(schema) for name, schema in contract.data["components"]["schemas"].items()}
    used = reachable([paths, *event_schemas(contract)], schemas)
    return {
        "openapi": contract.data["openapi"],
        "info": {"title": contract.data["info"]["title"], "version": contract.data["info"]["version"]},
        "paths": paths,
        "components": {"schemas": {name: schema for name, schema in schemas.items() if name in used}},
    }


def success_schema(contract: Contract, operation: OperationNode) -> JsonObject | None:
    """The schema of an operation's result, excluding the envelope. None if the operation returns nothing."""
    responses = operation.data["responses"]
    status = next(status for status in responses if status.isdigit() and status.startswith("2"))
    content = contract.resolve(responses[status]).get("content") or {}
    schema = (content.get("application/json") or {}).get("schema")
    if schema is None or schema.get("$ref") == ENVELOPE:
        return None
    (result,) = schema["allOf"][1]["properties"].values()
    return dict(result)


def event_data(contract: Contract, event: EventNode) -> str:
    """The name of an event's payload schema."""
    schema = contract.resolve(contract.resolve(event.data["requestBody"])["content"]["application/json"]["schema"])
    return str(schema["allOf"][1]["properties"]["data"]["$ref"]).rpartition("/")[2]


def event_schemas(contract: Contract) -> list[dict[str, str]]:
    """References to the schemas that occur in webhook deliveries: the envelope and the payloads."""
    names = dict.fromkeys(["Event", *(event_data(contract, event) for event in contract.events())])
    return [{"$ref": f"#/components/schemas/{name}"} for name in names] if len(names) > 1 else []


def body_schema(contract: Contract, operation: OperationNode) -> JsonObject | None:
    """The reference to an operation's body schema. None if the body has no fields."""
    body = operation.data.get("requestBody")
    if body is None or body.get("$ref") == EMPTY_BODY:
        return None
    return dict(contract.resolve(body)["content"]["application/json"]["schema"])


def parameters(contract: Contract, operation: OperationNode) -> list[JsonObject]:
    """An operation's path and query parameters, resolved."""
    resolved = [contract.resolve(node) for _, node in operation.parameters]
    return [parameter for parameter in resolved if parameter["in"] in ("path", "query")]


def _operation(contract: Contract, operation: OperationNode) -> Document:
    result = success_schema(contract, operation)
    body = body_schema(contract, operation)
    lowered: Document = {
        "operationId": operation.id,
        "tags": operation.data["tags"],
        "parameters": [
            {
                "name": parameter["name"],
                "in": parameter["in"],
                "required": parameter.get("required", False),
                "schema": _schema(contract.resolve(parameter["schema"])),
            }
            for parameter in parameters(contract, operation)
        ],
        "responses": {"200": {"description": operation.data["summary"], **_content(result)}},
    }
    if body is not None:
        lowered["requestBody"] = {"required": True, **_content(body)}
    return lowered


def _content(schema: JsonObject | None) -> Document:
    return {} if schema is None else {"content": {"application/json": {"schema": _schema(schema)}}}


def _schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    if (values := known_values(schema)) is not None:
        return {"type": "string", "enum": values}
    lowered = {key: schema[key] for key in _KEPT if key in schema}
    if "properties" in schema:
        lowered["properties"] = {name: _schema(node) for name, node in schema["properties"].items()}
    if "items" in schema:
        lowered["items"] = _schema(schema["items"])
    for key in ("anyOf", "allOf"):
        if key in schema:
            lowered[key] = [_schema(part) for part in schema[key]]
    return lowered


def reachable(root: Any, schemas: JsonObject) -> set[str]:
    """The names of all schemas that a node refers to, directly or indirectly."""
    found: set[str] = set()
    open_nodes = [root]
    while open_nodes:
        for name in references(open_nodes.pop()):
            if name not in found:
                found.add(name)
                open_nodes.append(schemas[name])
    return found


def references(node: Any) -> list[str]:
    """The names of the schemas that a node refers to directly."""
    if isinstance(node, dict):
        own = [str(node["$ref"]).rpartition("/")[2]] if isinstance(node.get("$ref"), str) else []
        return own + [name for value in node.values() for name in references(value)]
    if isinstance(node, list):
        return [name for value in node for name in references(value)]
    return []
