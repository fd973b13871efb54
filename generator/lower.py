"""Reduces the contract to a document that openapi-python-client reads completely and correctly.

Other modules use what is omitted here: headers, retry classes and the envelope in `operation_table.py`, descriptions in
the templates, limits in `request_schemas.py`.
"""

from __future__ import annotations

from typing import Any

from .bodies import body_of
from .codecs import needs_codec
from .contract import Contract, EventNode, JsonObject, OperationNode, known_values
from .parameters import Parameter, parameters, types_of
from .results import is_model_result, successes

Document = JsonObject

# The keys of a schema that openapi-python-client needs.
_KEPT = ("type", "format", "enum", "required", "additionalProperties")


def lower(contract: Contract) -> Document:
    """Build the document: parameters resolved, envelopes removed, one response per operation, and only used schemas."""
    paths: dict[str, JsonObject] = {}
    for operation in contract.operations():
        paths.setdefault(operation.path, {})[operation.method] = _operation(contract, operation)
    schemas = {name: _schema(contract, schema) for name, schema in contract.data["components"]["schemas"].items()}
    used = used_schemas(contract)
    return {
        "openapi": contract.data["openapi"],
        "info": {"title": contract.data["info"]["title"], "version": contract.data["info"]["version"]},
        "paths": paths,
        "components": {"schemas": {name: schema for name, schema in schemas.items() if name in used}},
    }


def result_schemas(contract: Contract, operation: OperationNode) -> list[JsonObject]:
    """The schemas of an operation's results, one for each success status that returns JSON."""
    return [success.schema for success in successes(contract, operation) if success.schema is not None]


def event_data(contract: Contract, event: EventNode) -> str:
    """The name of an event's payload schema."""
    schema = contract.resolve(contract.resolve(event.data["requestBody"])["content"]["application/json"]["schema"])
    return str(schema["properties"]["data"]["$ref"]).rpartition("/")[2]


def event_schemas(contract: Contract) -> list[dict[str, str]]:
    """References to the schemas that occur in webhook deliveries: the envelope and the payloads."""
    names = dict.fromkeys(["Event", *(event_data(contract, event) for event in contract.events())])
    return [{"$ref": f"#/components/schemas/{name}"} for name in names] if len(names) > 1 else []


def body_schema(contract: Contract, operation: OperationNode) -> JsonObject | None:
    """The schema of an operation's body. None if it has no body, no fields, or sends a file."""
    body = body_of(contract, operation)
    return None if body is None else body.schema


def _operation(contract: Contract, operation: OperationNode) -> Document:
    body = body_schema(contract, operation)
    lowered: Document = {
        "operationId": operation.id,
        "tags": operation.data["tags"],
        "parameters": [_parameter(contract, parameter) for parameter in parameters(contract, operation)],
        "responses": {
            str(success.status): {"description": operation.data["summary"], **_result(contract, success.schema)}
            for success in successes(contract, operation)
        },
    }
    if body is not None:
        lowered["requestBody"] = {"required": True, **_content(_schema(contract, body))}
    return lowered


def _parameter(contract: Contract, parameter: Parameter) -> Document:
    """A parameter. Headers become parameters of the query, where openapi-python-client accepts more types."""
    return {
        "name": parameter.name,
        "in": "path" if parameter.location == "path" else "query",
        "required": parameter.required,
        "schema": _parameter_schema(contract, parameter),
    }


def _parameter_schema(contract: Contract, parameter: Parameter) -> Any:
    schema, types = parameter.schema, types_of(contract, parameter.schema)
    if parameter.location == "path":
        return {"type": "string"}
    if types == {"object"}:  # It keeps its name, so that it becomes a model.
        return _schema(contract, schema)
    resolved = contract.resolve(schema)
    # A list is written by its style, so only its items can have a codec.
    return (
        {"type": "array", "items": _schema(contract, resolved["items"])}
        if types == {"array"}
        else _schema(contract, resolved)
    )


def used_schemas(contract: Contract) -> set[str]:
    """The names of the schemas that parameters, bodies, results and events refer to, directly or indirectly."""
    found = [
        schema
        for operation in contract.operations()
        for schema in (
            *(parameter.schema for parameter in parameters(contract, operation)),
            body_schema(contract, operation),
            *result_schemas(contract, operation),
        )
    ]
    return reachable([found, *event_schemas(contract)], contract.data["components"]["schemas"])


def _result(contract: Contract, schema: JsonObject | None) -> Document:
    if schema is None:
        return {}
    if not is_model_result(contract, schema):
        return _content({})
    parts = schema.get("anyOf")
    return _content({"anyOf": [_schema(contract, part) for part in parts]} if parts else _schema(contract, schema))


def _content(lowered: Any) -> Document:
    return {"content": {"application/json": {"schema": lowered}}}


def _schema(contract: Contract, schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    if needs_codec(contract, schema):
        return {}
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    if (values := known_values(schema)) is not None:
        return {"type": "string", "enum": values}
    lowered = {key: schema[key] for key in _KEPT if key in schema}
    if "properties" in schema:
        lowered["properties"] = {name: _schema(contract, node) for name, node in schema["properties"].items()}
    if "items" in schema:
        lowered["items"] = _schema(contract, schema["items"])
    for key in ("anyOf", "allOf"):
        if key in schema:
            lowered[key] = [_schema(contract, part) for part in schema[key]]
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
