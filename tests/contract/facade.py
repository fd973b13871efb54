"""The methods of the facade, by names such as `messages.send`, and the operations that they call."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, Final, NamedTuple

from generator.contract import Contract, JsonObject, OperationNode
from generator.loading import load
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect._facade.hints import OTHER_NAMES
from orbitconnect._facade.namespace import namespace
from tests.yaml_files import CONTRACT as CONTRACT_FILE

ROOT: Final = Path(__file__).parents[2]
CONTRACT: Final[Contract] = load(CONTRACT_FILE)
ACTING_USER: Final = "acting_user_id"
EXTRA: Final = "extra"


def method_of(name: str, client: type[OrbitServer | AsyncOrbitServer] = AsyncOrbitServer) -> Any:
    namespace, _, method = name.partition(".")
    return getattr(getattr(client, namespace), method)


METHODS: Final = [
    f"{owner}.{name}"
    for owner, attribute in vars(AsyncOrbitServer).items()
    if isinstance(attribute, namespace)
    for name, _ in inspect.getmembers(getattr(AsyncOrbitServer, owner), inspect.isfunction)
    if not name.startswith("_")
]


class Field(NamedTuple):
    """A query parameter, path parameter or body property of an operation."""

    name: str
    place: str
    """`path`, `query` or `body`."""
    description: str
    schema: JsonObject
    required: bool


class Call(NamedTuple):
    """A method of the facade and the operation that it calls."""

    method: str
    operation: OperationNode

    def __repr__(self) -> str:
        return f"{self.method} ({self.operation.id})"

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """The parameters of the method, without `self`."""
        return dict([*inspect.signature(method_of(self.method)).parameters.items()][1:])

    @property
    def fields(self) -> list[Field]:
        return fields_of(self.operation)

    @property
    def arguments(self) -> dict[str, Field]:
        """The method's arguments, each with the field in which it is sent. Others have no field of their own."""
        names = self.parameters
        found: dict[str, Field] = {}
        for field in self.fields:
            if (self.method, field.name) not in FIXED:
                for name in [name for name in (field.name, *OTHER_NAMES.get(field.name, ())) if name in names][:1]:
                    found[name] = field
        return found


FIXED: Final = {
    (f"realtime.{name}", "transition_type"): name for name in ("chat_to_call", "call_to_meeting", "meeting_to_chat")
}
"""The fields for which a method always sends the same value, because its name says it."""

CALLS: Final = [
    Call(method, operation)
    for operation in CONTRACT.operations()
    for method in operation.data.get("x-orbit-facade") or ()
    if method in METHODS
]


def fields_of(operation: OperationNode) -> list[Field]:
    nodes = [CONTRACT.resolve(node) for _, node in operation.parameters]
    found = [
        Field(node["name"], node["in"], node["description"], resolved(node["schema"]), bool(node.get("required")))
        for node in nodes
        if node["in"] in ("path", "query")
    ]
    content = (CONTRACT.resolve(operation.data.get("requestBody")) or {}).get("content") or {}
    for media_type in content.values():
        body = resolved(media_type["schema"])
        for name, node in (body.get("properties") or {}).items():
            schema = resolved(node)
            found.append(Field(name, "body", schema["description"], schema, name in body.get("required", ())))
    return found


def resolved(node: JsonObject) -> JsonObject:
    """A schema without its reference. Keys beside the reference take precedence."""
    if "$ref" not in node:
        return node
    return {**resolved(CONTRACT.lookup(node["$ref"])), **{key: value for key, value in node.items() if key != "$ref"}}


def in_contract(operation: OperationNode) -> str:
    """Where the operation is, for messages."""
    return f"openapi/orbit.yaml:{CONTRACT.line(operation.pointer)}: {operation.id}"


def in_facade(method: str) -> str:
    """Where the method is, for messages."""
    found = inspect.unwrap(method_of(method))
    file = Path(inspect.getsourcefile(found) or "").relative_to(ROOT)
    return f"{file}:{found.__code__.co_firstlineno}: {method}"


def namespace_file(method: str) -> str:
    """The source of the method's namespace, also if the method does not exist."""
    return f"orbitconnect/_async/namespaces/{method.partition('.')[0]}.py"
