"""The formats of strings and numbers that the contract can use, and how to check them."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlsplit

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def read_instant(text: str) -> datetime | None:
    """Parse an RFC 3339 time with an offset; None if it is invalid."""
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and _parses(date.fromisoformat, text)


def _is_time(text: str) -> bool:
    return bool(_TIME.fullmatch(text)) and _parses(time.fromisoformat, text.upper())


def _is_base64(text: str) -> bool:
    return _parses(lambda value: b64decode(value + "=" * (-len(value) % 4), validate=True), text)


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # Reading it validates it.
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc) and text.isprintable() and " " not in text


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


STRINGS: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "date-time": (
        "must be an RFC 3339 time with an offset, such as 2026-01-05T09:30:00+00:00",
        lambda text: read_instant(text) is not None,
    ),
    "date": ("must be a date such as 2026-01-05", _is_date),
    "time": ("must be a time such as 09:30:00", _is_time),
    "uuid": ("must be a UUID", lambda text: bool(_UUID.fullmatch(text))),
    "decimal": ("must be a decimal number such as 12.50", lambda text: bool(_DECIMAL.fullmatch(text))),
    "byte": ("must be base64", _is_base64),
    "uri": ("must be an absolute URL", _is_uri),
    # This format only says how to display a value; every string is valid.
    "password": ("", lambda _: True),
    # The field of a file contains the name of the file.
    "binary": ("", lambda _: True),
}
"""The message and the check of each format of strings."""

NUMBERS: Final[dict[str, int | None]] = {"int32": 2**31, "int64": 2**63, "float": None, "double": None}
"""The limit of each format of numbers. None if every number is valid."""
