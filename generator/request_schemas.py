"""Writes `request_schemas.py`: the requests that the API takes, for code that checks them, such as the emulator.

It is a module, not a data file: tools that freeze an application or zip it up collect modules by themselves.
"""

from __future__ import annotations

from typing import Any

from .contract import Contract
from .lower import body_schema, parameters, references

_LEFT_OUT = frozenset({"description", "examples", "x-orbit-provenance", "x-orbit-idempotency-key"})


_MODULE = '''\
"""The requests that the API takes, as JSON Schema. Nothing in it may be changed."""

from __future__ import annotations

from typing import Any, Final

REQUESTS: Final[dict[str, Any]] = {operations}
"""Each operation's query parameters, its body, and the names of its secrets."""

SCHEMAS: Final[dict[str, Any]] = {schemas}
"""What the bodies refer to."""
'''


def request_schemas(contract: Contract) -> str:
    """Make the module: each operation's query parameters and body, and the schemas that they refer to.

    The names of an operation's secrets are those of its answers too.
    """
    operations: dict[str, Any] = {}
    for operation in contract.operations():
        query = [parameter for parameter in parameters(contract, operation) if parameter["in"] == "query"]
        body = body_schema(contract, operation)
        operations[operation.id] = {
            "query": {
                parameter["name"]: {
                    "required": parameter.get("required", False),
                    "schema": _bare(contract.resolve(parameter["schema"])),
                }
                for parameter in query
            },
            "body": _bare(body) if body else None,
            "secrets": _secrets(contract, operation.data),
        }
    schemas = contract.data["components"]["schemas"]
    used: dict[str, Any] = {}
    open_nodes: list[Any] = [entry["body"] for entry in operations.values()]
    while open_nodes:
        for name in references(open_nodes.pop()):
            if name not in used:
                used[name] = _bare(schemas[name])
                open_nodes.append(used[name])
    return _MODULE.format(operations=repr(operations), schemas=repr(dict(sorted(used.items()))))


def _secrets(contract: Contract, node: Any) -> list[str]:
    """The names of the properties, in what is sent and what is answered, whose values must not be logged."""
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
    """A schema without what only people read. Below `properties`, keys are names and all of them stay."""
    if isinstance(node, dict):
        return {
            key: _bare(value, names=key == "properties" and not names)
            for key, value in node.items()
            if names or key not in _LEFT_OUT
        }
    return [_bare(item) for item in node] if isinstance(node, list) else node
