"""Selects one of the two JSON readers, whichever is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from orbitconnect._pipeline import json_reader

_read_fast = json_reader._read_fast
assert _read_fast is not None, "the tests install orjson"


@contextmanager
def json_reader_of(fast: bool) -> Iterator[None]:
    """Read JSON with orjson or with the standard library during the block."""
    json_reader._read_fast = _read_fast if fast else None  # type: ignore[misc]
    try:
        yield
    finally:
        json_reader._read_fast = _read_fast  # type: ignore[misc]
