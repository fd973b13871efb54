"""Convert a response's headers to the dictionary that the pipeline uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

_WITHOUT_BODY: Final = (204, 304)


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Build a dictionary with lower-case names. Repeated headers are joined with commas."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        lower = name.lower()
        headers[lower] = f"{headers[lower]}, {value}" if lower in headers else value
    return headers


def decoded(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Build the same dictionary from undecoded headers."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name, value = text(raw_name).lower(), text(raw_value)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def states_more(status: int, headers: Mapping[str, str]) -> bool:
    """Whether the headers of a response that has no body state one.

    If it arrives nevertheless, it would be the response to the next request. So its connection must not be used again.
    """
    if status not in _WITHOUT_BODY:
        return False
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def text(raw: bytes) -> str:
    """Decode a header as UTF-8, or as Latin-1 if it is not valid UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
