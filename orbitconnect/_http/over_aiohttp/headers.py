"""An answer's headers as the pipeline looks them up."""

from __future__ import annotations

from collections.abc import Iterable


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Makes a dictionary with names in lower case. What came several times is joined by commas."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        lower = name.lower()
        headers[lower] = f"{headers[lower]}, {value}" if lower in headers else value
    return headers


def text(raw: bytes) -> str:
    """Decodes whatever a server sends."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
