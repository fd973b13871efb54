"""Which bytes of a file a request asks for (RFC 9110, one range at a time)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from ..refusals import Refusal
from ..rules import RANGES

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


class Span(NamedTuple):
    """Some bytes of a file, the last one included."""

    first: int
    last: int


def asked_span(headers: Mapping[str, str], size: int, etag: str) -> Span | None:
    """The bytes that are asked for; None for all of them, as where the header cannot be read or names several ranges.

    Args:
        headers: The request's headers.
        size: The size of the file.
        etag: Its entity tag.

    Raises:
        Refusal: If the file has none of the bytes.
    """
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    # The file may have changed since: then the range means nothing any more.
    if found is None or headers.get("if-range", etag) != etag:
        return None
    first, last = found[1], found[2]
    if not first:
        if not last:
            return None
        span = Span(max(0, size - int(last)), size - 1)
    elif last and int(last) < int(first):
        return None
    else:
        span = Span(int(first), min(int(last), size - 1) if last else size - 1)
    if span.first > span.last:
        raise Refusal(
            416,
            "range_not_satisfiable",
            f"The file has {size} bytes, and none in this range.",
            RANGES,
            headers={"content-range": f"bytes */{size}", "accept-ranges": "bytes"},
        )
    return span


def is_known(headers: Mapping[str, str], etag: str) -> bool:
    """Whether the client says that it has the file already."""
    tags = headers.get("if-none-match", "")
    return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
