"""Writes docs/node.md: each call in the vendor's Node readme, and the same call in Python.

The Python form is derived from the facade's source, so the page follows the signatures.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .render import TEMPLATES

README: Final = Path("openapi/node-readme.txt")
PAGE: Final = Path("docs/node.md")
_FACADE: Final = Path("orbitconnect/_async/namespaces")

_CALL: Final = re.compile(r"\borbit\.(\w+)\.(\w+)\(")
_ACTOR: Final = "acting_user_id"
_RENAMED: Final = {"app_user_id": "user_id"}
_FREE_FORM: Final = {"data": ("metadata",)}
"""The fields of objects whose fields the readme does not list."""


@dataclass(frozen=True)
class Argument:
    """An argument of a Node call: a value, or an object with fields."""

    text: str
    fields: tuple[str, ...]
    """The names of an object's fields, each with a question mark if it is optional. Empty for a value."""

    @property
    def is_optional(self) -> bool:
        """Whether the readme marks the argument as optional."""
        return self.text.endswith("?")


@dataclass(frozen=True)
class NodeCall:
    """A call in the readme."""

    text: str
    namespace: str
    method: str
    """The name in camelCase."""
    arguments: tuple[Argument, ...]

    @property
    def python_method(self) -> str:
        """The name in snake_case."""
        return snake_case(self.method)


@dataclass(frozen=True)
class Signature:
    """The argument names of a facade method."""

    positional: tuple[str, ...]
    keywords: tuple[str, ...]


def snake_case(name: str) -> str:
    """Convert a camelCase name to snake_case."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def calls(readme: str) -> Iterator[NodeCall]:
    """Find the distinct calls in the readme."""
    found: set[str] = set()
    for match in _CALL.finditer(readme):
        pieces = list(_split(readme, match.end()))
        text = " ".join(f"{match[0]}{', '.join(pieces)})".split())
        if text not in found:
            found.add(text)
            yield NodeCall(text, match[1], match[2], tuple(map(_argument, pieces)))


def signatures(root: Path) -> dict[tuple[str, str], Signature]:
    """The signatures of the public facade methods, by namespace and method name."""
    found: dict[tuple[str, str], Signature] = {}
    for path in sorted((root / _FACADE).glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            for method in owner.body:
                if isinstance(method, (ast.AsyncFunctionDef, ast.FunctionDef)) and not method.name.startswith("_"):
                    arguments = method.args
                    found[path.stem, method.name] = Signature(
                        tuple(argument.arg for argument in arguments.args[1:]),
                        tuple(argument.arg for argument in arguments.kwonlyargs),
                    )
    return found


def python_form(call: NodeCall, signature: Signature, *, optional: bool = True) -> str:
    """The same call in Python, with or without the arguments that the readme marks as optional."""
    free = [*signature.positional]
    names: set[str] = set()
    for argument in call.arguments:
        if argument.is_optional and not optional:
            continue
        fields = argument.fields or _FREE_FORM.get(argument.text, ())
        given = [_RENAMED.get(name.rstrip("?"), name.rstrip("?")) for name in fields if optional or name[-1] != "?"]
        known = {*signature.positional, *signature.keywords}
        if fields and known.issuperset(given):
            names.update(given)
            free = [name for name in free if name not in given]
        elif free:
            names.add(free.pop(0))
        else:
            names.add(_keyword_for(argument, signature, names))
    arguments = [name for name in signature.positional if name in names]
    arguments += [f"{name}=..." for name in signature.keywords if name in names]
    return f"orbit.{call.namespace}.{call.python_method}({', '.join(arguments)})"


def node_page(root: Path) -> str:
    """The text of docs/node.md."""
    known = signatures(root)
    tables: dict[str, list[str]] = {}
    for call in calls((root / README).read_text(encoding="utf-8")):
        form = python_form(call, known[call.namespace, call.python_method])
        tables.setdefault(call.namespace, []).append(f"| `{call.text}` | `{form}` |")
    sections = [
        "\n".join((f"### orbit.{namespace}", "", "| Node | Python |", "| --- | --- |", *rows))
        for namespace, rows in tables.items()
    ]
    template = (TEMPLATES / "node.md").read_text(encoding="utf-8")
    return template.replace("{table}", "\n\n".join(sections))


def _keyword_for(argument: Argument, signature: Signature, taken: set[str]) -> str:
    """The keyword argument for a value that Python does not accept by position."""
    name = snake_case(argument.text.rstrip("?"))
    if name in signature.keywords:
        return name
    if _ACTOR in signature.keywords and _ACTOR not in taken:
        return _ACTOR
    return next(keyword for keyword in signature.keywords if keyword not in taken)


def _argument(text: str) -> Argument:
    if not text.startswith("{"):
        return Argument(text, ())
    return Argument(text, tuple(field.partition(":")[0].strip() for field in _split(text + ")", 1)))


def _split(text: str, start: int) -> Iterator[str]:
    """Split the arguments or fields from a position on, up to the closing bracket."""
    depth, begin = 0, start
    for position in range(start, len(text)):
        char = text[position]
        if char in "([{":
            depth += 1
        elif char in ")]}" and depth:
            depth -= 1
        elif char in ")]}," and not depth:
            if piece := text[begin:position].strip():
                yield piece
            begin = position + 1
            if char != ",":
                return
