"""Writes `request_schemas.py`: JSON Schemas for all requests, which the emulator uses to validate them.

The output is a module, not a data file, because tools that freeze or zip an application include modules automatically.
"""

from __future__ import annotations

from typing import Any

from .contract import Contract, JsonObject
from .lower import body_schema, reachable
from .parameters import parameters

_LEFT_OUT = frozenset(
    {
        "default", "deprecated", "description", "examples", "readOnly", "writeOnly", "x-orbit-deprecated",
        "x-orbit-idempotency-key", "x-orbit-name", "x-orbit-provenance",
    }
)  # fmt: skip


_MODULE = '''\
"""The requests of the API, as JSON Schema. Treat all values as read-only."""

from __future__ import annotations

from typing import Any, Final

REQUESTS: Final[dict[str, Any]] = {operations}
"""Each operation's query parameters, body, and the names of secret properties."""

SCHEMAS: Final[dict[str, Any]] = {schemas}
"""The schemas that the bodies refer to."""
'''


def request_schemas(contract: Contract) -> str:
    """The source text of `request_schemas.py`.

    The secret properties of an operation are those of its request and of its responses.
    """
    operations: JsonObject = {}
    for operation in contract.operations():
        query = [parameter for parameter in parameters(contract, operation) if parameter.location == "query"]
        body = body_schema(contract, operation)
        operations[operation.id] = {
            "query": {
                parameter.name: {
                    "required": parameter.required,
                    "schema": _bare(contract.resolve(parameter.schema)),
                }
                for parameter in query
            },
            "body": _bare(body) if body else None,
            "secrets": _secrets(contract, operation.data),
        }
    schemas = contract.data["components"]["schemas"]
    names = reachable([entry["body"] for entry in operations.values()], schemas)
    used = {name: _bare(schemas[name]) for name in sorted(names)}
    return _MODULE.format(operations=repr(operations), schemas=repr(used))


def _secrets(contract: Contract, node: Any) -> list[str]:
    """The names of the properties, in requests and responses, whose values must not be logged."""
    found: set[str] = set()
    seen: set[str] = set()
    open_nodes: list[Any] = [node.get("requestBody"), node["responses"]]
    while open_nodes:
        current = open_nodes.pop()
        if isinstance(current, list):
            open_nodes += current
        elif isinstance(current, dict):
            reference = current.get("$ref")
            if isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                open_nodes.append(contract.lookup(reference))
            properties = current.get("properties")
            if isinstance(properties, dict):
                found |= {name for name, schema in properties.items() if contract.is_secret(schema)}
            open_nodes += current.values()
    return sorted(found)


def _bare(node: Any, *, names: bool = False) -> Any:
    """A copy of a schema, without descriptions and other annotations.

    Below `properties`, keys are property names, so all of them are kept.
    """
    if isinstance(node, dict):
        return {
            key: _bare(value, names=key == "properties" and not names)
            for key, value in node.items()
            if names or key not in _LEFT_OUT
        }
    return [_bare(item) for item in node] if isinstance(node, list) else node
