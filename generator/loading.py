"""Reads the contract from YAML and remembers the line of each part.

The reader is strict: it accepts only what JSON can express, and rejects duplicate keys.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

from .contract import Contract, ContractError, JsonObject, Mistake, Pointer


def load(path: Path) -> Contract:
    """Read a contract.

    Raises:
        ContractError: If the file cannot be read, is not YAML, or contains YAML that JSON cannot express.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Check that the file exists and is UTF-8."
        raise ContractError(path, [Mistake(1, "", f"cannot be read: {error}", remedy)]) from None
    return parse(text, path)


def parse(text: str, path: Path) -> Contract:
    """Read a contract from text. `path` names it in messages.

    Raises:
        ContractError: If the text is not YAML, or contains YAML that JSON cannot express.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"broken YAML: {error.problem or error.context}"
        if error.context_mark and mark and error.context_mark.line != mark.line:
            problem += f", in the block that starts on line {error.context_mark.line + 1}"
        remedy = "Fix the syntax. Check the indentation, quotes and colons of this line and the one above."
        raise ContractError(path, [Mistake(mark.line + 1 if mark else 1, "", problem, remedy)]) from None
    except yaml.YAMLError as error:
        raise ContractError(path, [Mistake(1, "", f"broken YAML: {error}", "Remove the invalid character.")]) from None
    reader = _Reader()
    data = reader.read(root, ())
    if not isinstance(data, dict):
        reader.mistakes.append(Mistake(1, "", "the contract is not a mapping", "Start it with `openapi: 3.1.0`."))
    if reader.mistakes:
        raise ContractError(path, reader.mistakes)
    return Contract(path, data, reader.lines)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # The C loader is optional.
    """Reads scalars as YAML 1.2 does, so that `no`, `on` and dates stay strings."""

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
    """Converts YAML nodes to plain data and remembers their lines."""

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
            self._report(node, pointer, "an anchor contains itself", "Use `$ref` instead.")
            return None
        self._open.append(node)
        value = self._mapping(node, pointer) if isinstance(node, yaml.MappingNode) else self._sequence(node, pointer)
        self._open.pop()
        return value

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> JsonObject:
        result: JsonObject = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, pointer, "a key is not a string", "Use a string as the key.")
                continue
            key = key_node.value
            if key_node.tag == "tag:yaml.org,2002:merge" or key == "<<":
                self._report(
                    key_node,
                    pointer,
                    "merge keys (`<<`) are not part of YAML 1.2",
                    "Write out the keys, or use `$ref`.",
                )
                continue
            if key in result:
                self._report(key_node, (*pointer, key), "the key appears twice", "Remove or rename one of them.")
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
        self._report(node, pointer, f"the tag {node.tag} is not supported", "Write a plain JSON value.")
        return None

    def _report(self, node: yaml.Node, pointer: Pointer, problem: str, remedy: str) -> None:
        self.mistakes.append(Mistake(node.start_mark.line + 1, ".".join(map(str, pointer)), problem, remedy))
