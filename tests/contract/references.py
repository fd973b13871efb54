"""What modules refer to, without importing them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def attributes_of(folder: Path, name: str) -> frozenset[str]:
    """The attributes of an imported module that a folder's modules use, such as `MESSAGE_SENT` of `events`."""
    return frozenset(
        node.attr
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    )
