"""The limit for nested JSON in errors and events."""

from __future__ import annotations

from typing import Final, cast

MAX_DEPTH: Final = 100
"""Comparing, copying or pickling JSON of this depth does not exhaust the stack."""


def is_deep(content: object, body: bytes) -> bool:
    """Whether JSON is nested more deeply than `MAX_DEPTH`.

    Args:
        content: The decoded JSON.
        body: The encoded JSON. If it contains few brackets, `content` is not examined.
    """
    return body.count(b"[") + body.count(b"{") > MAX_DEPTH and _is_deep(content)


def _is_deep(content: object) -> bool:
    """Examine the JSON level by level, without recursion."""
    level = [content]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in cast("list[object]", outer.values() if isinstance(outer, dict) else outer)
        ]
    return any(isinstance(inner, (dict, list)) for inner in level)
