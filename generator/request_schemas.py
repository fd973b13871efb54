"""Writes `request_schemas.py`: JSON Schemas for all requests, which the emulator uses to validate them.

The output is a module, not a data file, because tools that freeze or zip an application include modules automatically.
"""

from __future__ import annotations

from typing import Any

from .bodies import body_of
from .contract import Contract, JsonObject, OperationNode
from .lower import reachable
from .parameters import Parameter, parameters
from .results import successes

_OK = 200

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
"""Each operation's query parameters, body, and the names of secret properties.

An entry has more keys if an operation has them: `headers`, `form` (how a body that is not a JSON object is encoded),
`optional_body`, `status` (of the first success, if not 200), and `envelope` (if the result is the whole envelope).
A parameter has a `style`, if it is a list or an object, and an `argument`, if its name in Python differs.
"""

SCHEMAS: Final[dict[str, Any]] = {schemas}
"""The schemas that the bodies refer to."""
'''


def request_schemas(contract: Contract) -> str:
    """The source text of `request_schemas.py`.

    The secret properties of an operation are those of its request and of its responses.
    """
    operations = {operation.id: _request(contract, operation) for operation in contract.operations()}
    schemas = contract.data["components"]["schemas"]
    names = reachable(list(operations.values()), schemas)
    used = {name: _bare(schemas[name]) for name in sorted(names)}
    return _MODULE.format(operations=repr(operations), schemas=repr(used))


def _request(contract: Contract, operation: OperationNode) -> JsonObject:
    known = parameters(contract, operation)
    headers = {one.name: _parameter(contract, one) for one in known if one.location == "header"}
    body, success = body_of(contract, operation), successes(contract, operation)[0]
    form = None if body is None else "list" if (body.schema or {}).get("type") == "array" else body.form
    return {
        "query": {one.name: _parameter(contract, one) for one in known if one.location == "query"},
        **({"headers": headers} if headers else {}),
        "body": _bare(body.schema) if body and body.schema else None,
        **({"form": form} if form not in (None, "json") else {}),
        **({"optional_body": True} if body and not body.required else {}),
        "secrets": _secrets(contract, operation.data),
        **({"status": success.status} if success.status != _OK else {}),
        **({"envelope": True} if success.part == "envelope" else {}),
    }


def _parameter(contract: Contract, parameter: Parameter) -> JsonObject:
    return {
        "required": parameter.required,
        "schema": _bare(contract.resolve(parameter.schema)),
        **({"style": parameter.style} if parameter.style != "single" else {}),
        **({"argument": parameter.argument} if parameter.argument != parameter.name else {}),
    }


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
