"""Both ways to read JSON, whatever is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from orbitconnect._pipeline import json_reader

_read_fast = json_reader._read_fast
assert _read_fast is not None, "the tests install orjson"


@contextmanager
def json_reader_of(fast: bool) -> Iterator[None]:
    """Reads JSON with orjson or with the standard library."""
    json_reader._read_fast = _read_fast if fast else None  # type: ignore[misc]
    try:
        yield
    finally:
        json_reader._read_fast = _read_fast  # type: ignore[misc]
