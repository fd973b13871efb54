"""Edits Python source text at the positions that its syntax tree gives, so that comments and layout stay."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def add_import(text: str, module: str, names: list[str]) -> str:
    """Add names to a module's import, or add the import. `format_source` sorts it into place."""
    lines = text.splitlines(keepends=True)
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    for node in imports:
        if "." * node.level + (node.module or "") == module:
            known = [alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in node.names]
            if set(names) <= set(known):
                return text
            line = f"from {module} import {', '.join(sorted({*known, *names}))}\n"
            return "".join([*lines[: node.lineno - 1], line, *lines[node.end_lineno :]])
    at = imports[-1].end_lineno or 0
    return "".join([*lines[:at], f"from {module} import {', '.join(sorted(names))}\n", *lines[at:]])


def insert_after(text: str, line: int, addition: str) -> str:
    """Insert lines after a line, counted from 1."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:line], addition, *lines[line:]])


def end_of(node: ast.AST) -> int:
    """The last line of a node."""
    return int(getattr(node, "end_lineno", 0) or 0)


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    """All calls in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
