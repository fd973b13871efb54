"""The contract as plain data, in which every part knows its line in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Pointer = tuple[str | int, ...]
"""The path from the document's root to one of its parts: keys and list indexes."""

JsonObject = dict[str, Any]
"""A mapping in the contract, as parsed."""

METHODS = ("get", "put", "post", "patch", "delete")

ACTING_USER = "#/components/parameters/ActingUser"
EMPTY_BODY = "#/components/requestBodies/Empty"
ENVELOPE = "#/components/schemas/Envelope"


@dataclass(frozen=True)
class Mistake:
    """A mistake in the contract, and how to fix it."""

    line: int
    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        prefix = f"{self.where}: " if self.where else ""
        return f"{prefix}{self.problem}\n    {self.remedy}"


class ContractError(Exception):
    """The contract has mistakes. Nothing was written."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = sorted(set(mistakes), key=lambda mistake: (mistake.line, mistake.where, mistake.problem))
        super().__init__("\n".join(f"{path}:{mistake.line}: {mistake}" for mistake in self.mistakes))


@dataclass(frozen=True)
class OperationNode:
    """An operation, its location in the contract, and the path item that contains it."""

    method: str
    path: str
    data: JsonObject
    path_item: JsonObject
    pointer: Pointer

    @property
    def id(self) -> str:
        """The `operationId`."""
        return str(self.data["operationId"])

    @property
    def parameters(self) -> list[tuple[Pointer, JsonObject]]:
        """The parameters of the path item and of the operation itself, each with its pointer."""
        shared, own = self.path_item.get("parameters") or [], self.data.get("parameters") or []
        around = (*self.pointer[:-1], "parameters")
        inside = (*self.pointer, "parameters")
        return [((*around, index), parameter) for index, parameter in enumerate(shared)] + [
            ((*inside, index), parameter) for index, parameter in enumerate(own)
        ]


@dataclass(frozen=True)
class EventNode:
    """A webhook event and its location in the contract."""

    name: str
    data: JsonObject
    pointer: Pointer


@dataclass
class Contract:
    """The contract as plain data, with the line of each part."""

    path: Path
    data: JsonObject
    lines: dict[Pointer, int] = field(repr=False)

    def line(self, pointer: Pointer) -> int:
        """The line of a part or, if it is unknown, the line of the nearest enclosing part."""
        while pointer and pointer not in self.lines:
            pointer = pointer[:-1]
        return self.lines.get(pointer, 1)

    def mistake(self, pointer: Pointer, problem: str, remedy: str) -> Mistake:
        """A mistake in one part of the contract."""
        return Mistake(self.line(pointer), ".".join(map(str, pointer)), problem, remedy)

    def operations(self) -> Iterator[OperationNode]:
        """All operations, in file order."""
        for path, item in (self.data.get("paths") or {}).items():
            for method, data in item.items() if isinstance(item, dict) else ():
                if method in METHODS and isinstance(data, dict):
                    yield OperationNode(method, path, data, item, ("paths", path, method))

    def events(self) -> Iterator[EventNode]:
        """All webhook events, in file order."""
        for name, item in (self.data.get("webhooks") or {}).items():
            if isinstance(item, dict) and isinstance(item.get("post"), dict):
                yield EventNode(name, item["post"], ("webhooks", name, "post"))

    def resolve(self, node: Any) -> Any:
        """Follow local references until a node is not a reference."""
        while isinstance(node, dict) and "$ref" in node:
            node = self.lookup(node["$ref"])
        return node

    def is_secret(self, schema: Any) -> bool:
        """Whether a value must not be displayed or logged: a secret string, or a list, map or choice of these."""
        return self._is_secret(schema, ())

    def _is_secret(self, schema: Any, within: tuple[int, ...]) -> bool:
        resolved = self.resolve(schema)
        if not isinstance(resolved, dict) or id(resolved) in within:  # A type can contain itself.
            return False
        parts = [resolved.get("additionalProperties"), resolved.get("items")]
        parts += [*(resolved.get("anyOf") or ()), *(resolved.get("oneOf") or ())]
        within = (*within, id(resolved))
        return resolved.get("format") == "password" or any(self._is_secret(part, within) for part in parts)

    def lookup(self, reference: str) -> Any:
        """The target of a local reference.

        Raises:
            KeyError: If a reference's target does not exist.
        """
        prefix, _, fragment = reference.partition("#/")
        if prefix or not fragment:
            raise KeyError(reference)
        node: Any = self.data
        for part in fragment.split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node


def known_values(schema: JsonObject) -> list[Any] | None:
    """The listed values of an open enum: `anyOf` of an enum and a string. None if the schema is something else."""
    match schema.get("anyOf"):
        case [{"type": "string", "enum": list(values)}, {"type": "string", **others}] if "enum" not in others:
            return values
    return None


def idempotency_properties(schema: JsonObject) -> list[str]:
    """The properties of a body that are marked as its idempotency key."""
    properties = schema.get("properties") or {}
    return [name for name, node in properties.items() if node.get("x-orbit-idempotency-key") is True]
