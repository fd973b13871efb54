"""Range requests (RFC 9110) with a single range, and conditional requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from ..refusals import Refusal
from ..rules import RANGES

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


class ByteRange(NamedTuple):
    """A byte range. `last` is inclusive."""

    first: int
    last: int


def requested_range(headers: Mapping[str, str], size: int, etag: str) -> ByteRange | None:
    """The requested range, or None for the whole file. A header that is invalid or has several ranges is ignored.

    Args:
        headers: The request's headers.
        size: The size of the file in bytes.
        etag: Its entity tag.

    Raises:
        Refusal: If the file contains no byte of the range.
    """
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    # If the file has changed since, the client needs all of it.
    if found is None or headers.get("if-range", etag) != etag:
        return None
    first, last = found[1], found[2]
    if not first:
        if not last:
            return None
        byte_range = ByteRange(max(0, size - int(last)), size - 1)
    elif last and int(last) < int(first):
        return None
    else:
        byte_range = ByteRange(int(first), min(int(last), size - 1) if last else size - 1)
    if byte_range.first > byte_range.last:
        raise Refusal(
            416,
            "range_not_satisfiable",
            f"The range is outside the file, which is {size} bytes long.",
            RANGES,
            headers={"content-range": f"bytes */{size}", "accept-ranges": "bytes"},
        )
    return byte_range


def is_not_modified(headers: Mapping[str, str], etag: str) -> bool:
    """Whether the client already has the file."""
    tags = headers.get("if-none-match", "")
    return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
