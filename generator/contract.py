"""Loads the contract and knows on which line of the file each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import yaml

Pointer = tuple[str | int, ...]
"""The way from the document's root to one of its parts: keys and list indexes."""

METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong with the contract, and how to mend it."""

    line: int
    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.problem}\n    {self.remedy}"


class ContractError(Exception):
    """The contract cannot be used. Nothing has been written."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = sorted(set(mistakes), key=lambda mistake: (mistake.line, mistake.where, mistake.problem))
        super().__init__("\n".join(f"{path}:{mistake.line}: {mistake}" for mistake in self.mistakes))


@dataclass(frozen=True)
class OperationNode:
    """An operation, where it stands, and the path item around it."""

    method: str
    path: str
    data: dict[str, Any]
    path_item: dict[str, Any]
    pointer: Pointer

    @property
    def id(self) -> str:
        """The `operationId`."""
        return str(self.data["operationId"])

    @property
    def parameters(self) -> list[tuple[Pointer, dict[str, Any]]]:
        """The path item's parameters and the operation's own, each with where it stands."""
        shared, own = self.path_item.get("parameters") or [], self.data.get("parameters") or []
        around = (*self.pointer[:-1], "parameters")
        inside = (*self.pointer, "parameters")
        return [((*around, index), parameter) for index, parameter in enumerate(shared)] + [
            ((*inside, index), parameter) for index, parameter in enumerate(own)
        ]


@dataclass(frozen=True)
class EventNode:
    """An event that webhooks deliver, and where it stands."""

    name: str
    data: dict[str, Any]
    pointer: Pointer


@dataclass
class Contract:
    """The contract as plain data, with the line of each part."""

    path: Path
    data: dict[str, Any]
    lines: dict[Pointer, int] = field(repr=False)

    def line(self, pointer: Pointer) -> int:
        """The line of a part, or of the nearest part around it."""
        while pointer and pointer not in self.lines:
            pointer = pointer[:-1]
        return self.lines.get(pointer, 1)

    def mistake(self, pointer: Pointer, problem: str, remedy: str) -> Mistake:
        """A mistake at a part of the contract."""
        return Mistake(self.line(pointer), ".".join(map(str, pointer)), problem, remedy)

    def operations(self) -> Iterator[OperationNode]:
        """All operations, in the order of the file."""
        for path, item in (self.data.get("paths") or {}).items():
            for method, data in item.items() if isinstance(item, dict) else ():
                if method in METHODS and isinstance(data, dict):
                    yield OperationNode(method, path, data, item, ("paths", path, method))

    def events(self) -> Iterator[EventNode]:
        """All events that webhooks deliver, in the order of the file."""
        for name, item in (self.data.get("webhooks") or {}).items():
            if isinstance(item, dict) and isinstance(item.get("post"), dict):
                yield EventNode(name, item["post"], ("webhooks", name, "post"))

    def resolve(self, node: Any) -> Any:
        """Follows a local reference, and the reference behind it; anything else is returned as it is."""
        while isinstance(node, dict) and "$ref" in node:
            node = self.lookup(node["$ref"])
        return node

    def is_secret(self, schema: Any) -> bool:
        """Whether a value must not be shown or logged: a secret text, or an object whose values are."""
        resolved = self.resolve(schema)
        if not isinstance(resolved, dict):
            return False
        return resolved.get("format") == "password" or self.is_secret(resolved.get("additionalProperties"))

    def lookup(self, reference: str) -> Any:
        """What a local reference points at.

        Raises:
            KeyError: If there is nothing.
        """
        prefix, _, fragment = reference.partition("#/")
        if prefix or not fragment:
            raise KeyError(reference)
        node: Any = self.data
        for part in fragment.split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node


def load(path: Path) -> Contract:
    """Reads a contract.

    Raises:
        ContractError: If it is no YAML, or YAML that JSON cannot express.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractError(path, [Mistake(1, "", f"cannot be read: {error}", "Give a readable UTF-8 file.")]) from None
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"broken YAML: {error.problem or error.context}"
        if error.context_mark and mark and error.context_mark.line != mark.line:
            problem += f", in what begins on line {error.context_mark.line + 1}"
        remedy = "Mend the syntax; look at the indentation, the quotes and the colons of this line and the one above."
        raise ContractError(path, [Mistake(mark.line + 1 if mark else 1, "", problem, remedy)]) from None
    except yaml.YAMLError as error:
        raise ContractError(path, [Mistake(1, "", f"broken YAML: {error}", "Remove the odd character.")]) from None
    reader = _Reader()
    data = reader.read(root, ())
    if not isinstance(data, dict):
        reader.mistakes.append(Mistake(1, "", "the contract is not a mapping", "Begin it with `openapi: 3.1.0`."))
    if reader.mistakes:
        raise ContractError(path, reader.mistakes)
    return Contract(path, data, reader.lines)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # The C loader is optional.
    """Reads scalars as YAML 1.2 does, so that `no`, `on` and dates stay the strings that they look like."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)


class _Reader:
    """Turns YAML nodes into plain data and remembers their lines."""

    def __init__(self) -> None:
        self.lines: dict[Pointer, int] = {}
        self.mistakes: list[Mistake] = []
        self._open: list[yaml.Node] = []

    def read(self, node: yaml.Node | None, pointer: Pointer) -> Any:
        if node is None:
            return None
        self.lines.setdefault(pointer, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, pointer)
        if any(node is ancestor for ancestor in self._open):
            self._report(node, pointer, "an anchor holds itself", "Use a `$ref` for what repeats.")
            return None
        self._open.append(node)
        value = self._mapping(node, pointer) if isinstance(node, yaml.MappingNode) else self._sequence(node, pointer)
        self._open.pop()
        return value

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, pointer, "a key is not a plain value", "Use a string as key.")
                continue
            key = key_node.value
            if key_node.tag == "tag:yaml.org,2002:merge" or key == "<<":
                self._report(
                    key_node, pointer, "merge keys (`<<`) are not YAML 1.2", "Write the keys out or use `$ref`."
                )
                continue
            if key in result:
                self._report(key_node, (*pointer, key), "the key stands twice", "Remove or rename one of the two.")
            self.lines[*pointer, key] = key_node.start_mark.line + 1
            result[key] = self.read(value_node, (*pointer, key))
        return result

    def _sequence(self, node: yaml.Node, pointer: Pointer) -> list[Any]:
        return [self.read(item, (*pointer, index)) for index, item in enumerate(node.value)]

    def _scalar(self, node: yaml.ScalarNode, pointer: Pointer) -> Any:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        match kind:
            case "str":
                return node.value
            case "null":
                return None
            case "bool":
                return node.value == "true"
            case "int":
                return int(node.value)
            case "float":
                return float(node.value)
        self._report(node, pointer, f"the tag {node.tag} is not known", "Write a plain JSON value.")
        return None

    def _report(self, node: yaml.Node, pointer: Pointer, problem: str, remedy: str) -> None:
        self.mistakes.append(Mistake(node.start_mark.line + 1, ".".join(map(str, pointer)), problem, remedy))
