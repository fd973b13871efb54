"""JSON text: how the emulator reads and writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias

from orbitconnect_api.types import Unset

Json: TypeAlias = Mapping[str, Any] | Sequence[Any] | str | int | float | bool | None
"""A JSON value. Nested values are `Any`, because `get_type_hints` cannot resolve recursive aliases."""

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object. Its fields can have different types."""

MAX_DEPTH: Final = 100
"""How many objects and arrays can be nested. Encoding a deeper value again would exhaust the stack."""

# Created once: `json.dumps` would create a new encoder for every response.
encode_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def decode_json(text: bytes) -> Json:
    """Decode JSON text strictly: no NaN, no infinite number, no lone surrogate, at most `MAX_DEPTH` levels.

    Raises:
        ValueError: If the text is not valid JSON. The message completes "The text is not valid JSON: ...".
    """
    try:
        value: Json = _decoder.decode(text.decode())
        if text.count(b"[") + text.count(b"{") > MAX_DEPTH and _is_too_deep(value):
            raise RecursionError
        if b"\\u" in text:
            # An escape can stand for half of a surrogate pair, which neither the store nor a response can contain.
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except UnicodeEncodeError:
        reason = "it contains a lone surrogate"
    except RecursionError:
        reason = "it is nested too deeply"
    else:
        return value
    raise ValueError(reason)


def to_json(value: Mapping[str, Any] | Unset | None) -> str:
    """Encode a free-form object for the store. None and `UNSET` become an empty object."""
    return encode_json(value) if value else "{}"


def from_json(text: str) -> JsonObject:
    """Decode a free-form object from the store."""
    return {} if text == "{}" else json.loads(text)


def same_json(one: str, other: str) -> bool:
    """Whether two free-form objects from the store are equal. Key order is ignored."""
    return one == other or json.dumps(from_json(one), sort_keys=True) == json.dumps(from_json(other), sort_keys=True)


def _is_too_deep(value: Json) -> bool:
    """Whether a value has more than `MAX_DEPTH` levels. Checks level by level, so that the stack cannot overflow."""
    level: list[Json] = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


_decoder: Final = json.JSONDecoder(parse_float=_finite, parse_constant=_no_constant)
