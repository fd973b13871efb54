"""Write JSON with orjson if it is installed, otherwise with the standard library. Both write the same bytes.

orjson accepts values that the standard library refuses, such as UUIDs and NaN, and writes some numbers in another form.
So it only gets values of types that both write alike. The standard library writes or refuses all others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

# One encoder for all calls: `json.dumps` would create one each time.
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

_WRITTEN_ALIKE: Final = frozenset({str, int, bool, type(None)})
_SMALLEST: Final = 1e-4
"""orjson writes smaller floats in another form: 1e-7 instead of 1e-07."""
_LIMIT: Final = 1e16
"""Some versions of orjson write floats from here on in another form: 1e16 instead of 1e+16."""
_MAX_DEPTH: Final = 100
"""The maximum nesting of values for orjson, which accepts 254 levels. It also ends the check of a circular value."""


def _find_fast_writer() -> Callable[[object], bytes] | None:
    try:
        from orjson import dumps
    except ImportError:
        return None
    return dumps


_write_fast: Final = _find_fast_writer()


def write_json(value: object) -> bytes:
    """Write a value as compact UTF-8.

    Raises:
        TypeError: If a value has a type that JSON does not support.
        ValueError: If a number or a string cannot be sent, or a value contains itself.
        RecursionError: If it is nested too deeply.
    """
    if _write_fast is not None and _are_written_alike((value,), _MAX_DEPTH):
        try:
            return _write_fast(value)
        except TypeError:
            pass  # An integer of more than 64 bits, a key that is not a string, or a lone surrogate.
    return _encode(value).encode()


def _are_written_alike(values: Iterable[Any], depth: int) -> bool:
    """Whether orjson and the standard library write the same bytes for these values, unless orjson raises an error."""
    for value in values:
        kind = type(value)  # pyright: ignore[reportUnknownVariableType]  # The value can be of any type.
        if kind in _WRITTEN_ALIKE:
            continue
        if kind is dict:
            alike = depth > 0 and _are_written_alike(value.values(), depth - 1)
        elif kind is list:
            alike = depth > 0 and _are_written_alike(value, depth - 1)
        else:
            alike = kind is float and (_SMALLEST <= abs(value) < _LIMIT or value == 0)
        if not alike:
            return False
    return True
