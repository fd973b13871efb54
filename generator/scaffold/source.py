"""Edits Python source text at the positions that its syntax tree gives, so that comments and layout stay."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ..formatting import GeneratorFailure


def add_import(text: str, module: str, names: list[str]) -> str:
    """Add names to a module's import, or add the import. `formatted` sorts it into place."""
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


def formatted(root: Path, path: str, text: str) -> str:
    """Sort the imports, remove the unused ones, and format, with the project's own settings.

    Raises:
        GeneratorFailure: If ruff fails.
    """
    text = _ruff(root, path, text, "check", "--fix", "--exit-zero", "--select", "I,F401")
    return _ruff(root, path, text, "format")


def _ruff(root: Path, path: str, text: str, *command: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--quiet", "--no-cache", "--stdin-filename", path, "-"],
        input=text,
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if finished.returncode:
        raise GeneratorFailure(f"ruff cannot format {path}:\n{finished.stderr}")
    return finished.stdout
