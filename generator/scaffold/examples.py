"""Finds expressions that existing examples use for an argument, such as `chat.id` for `conversation_id`."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path
from typing import Any

from .facts import Argument
from .source import calls_in

_EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def example_of(argument: Argument) -> Any:
    """The contract's example of a value, or a plain value of its type."""
    if argument.example is not None:
        return argument.example
    values: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "array": [], "object": {}}
    return values.get(argument.kind, f"{argument.name}_1")


def literal(value: Any) -> str:
    """A value as source text, with double quotes if possible."""
    text = repr(value)
    return text if '"' in text else text.replace("'", '"')


class Expressions:
    """The expressions by argument name that the examples of the facade use."""

    def __init__(self, namespaces: Path, first: str) -> None:
        self._found: dict[str, str] = {}
        modules = sorted(namespaces.glob("*.py"), key=lambda path: (path.stem != first, path.stem))
        for path in modules:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            methods = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
            for method in methods:
                self._learn(method, path.stem)

    def of(self, argument: Argument) -> str:
        """An expression for an argument: from another example for ids, otherwise the contract's own example."""
        if argument.name in self._found and (argument.example is None or argument.name.endswith("_id")):
            return self._found[argument.name]
        return literal(example_of(argument))

    def _learn(self, method: ast.AsyncFunctionDef, namespace: str) -> None:
        parameters = [argument.arg for argument in method.args.args[1:]]
        for code in _EXAMPLE.findall(ast.get_docstring(method) or ""):
            try:
                tree = ast.parse(textwrap.dedent(code))
            except SyntaxError:
                continue  # Some examples contain the `return` of a web application.
            for call in calls_in(tree):
                if ast.unparse(call.func).endswith(f"{namespace}.{method.name}"):
                    for name, value in zip(parameters, call.args, strict=False):
                        self._found.setdefault(name, ast.unparse(value))
