"""How deeply JSON from outside may be nested, where it is kept to be looked at, copied and pickled later."""

from __future__ import annotations

from typing import Final, cast

MAX_DEPTH: Final = 100
"""Less than what exhausts the stack when it is compared, copied or pickled."""


def is_deep(content: object, body: bytes) -> bool:
    """Whether it is nested more deeply.

    Args:
        content: The decoded JSON.
        body: What it was decoded from. Few brackets in it spare the look.
    """
    return body.count(b"[") + body.count(b"{") > MAX_DEPTH and _is_deep(content)


def _is_deep(content: object) -> bool:
    """Looks level by level, so that the stack does not matter."""
    level = [content]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in cast("list[object]", outer.values() if isinstance(outer, dict) else outer)
        ]
    return any(isinstance(inner, (dict, list)) for inner in level)
