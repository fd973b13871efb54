"""Decodes a body that is sent in chunks (RFC 9112, section 7.1), for servers that leave that to the application."""

from __future__ import annotations

from typing import Final, Protocol

_LONGEST_LINE: Final = 4096
_MOST_TRAILERS: Final = 100
_HEX_DIGITS: Final = frozenset(b"0123456789abcdefABCDEF")


class Stream(Protocol):
    """The bytes of a connection."""

    def read(self, size: int, /) -> bytes:
        """Reads so many bytes; fewer at the end of the connection."""
        ...

    def readline(self, limit: int, /) -> bytes:
        """Reads a line with its end, at most so many bytes of it."""
        ...


def read_chunks(stream: Stream, limit: int) -> bytes:
    """Reads a body and its trailers.

    Args:
        stream: The connection, after the request's headers.
        limit: The number of bytes that are enough: of a longer body, one byte more is read.

    Returns:
        The body.

    Raises:
        ConnectionError: If the connection ends within the body.
        ValueError: If the chunks are malformed.
    """
    body = bytearray()
    while size := _size(_line(stream)):
        body += _exactly(stream, min(size, limit + 1 - len(body)))
        if len(body) > limit:
            return bytes(body)
        if _line(stream):
            raise ValueError("A chunk is longer than announced.")
    for _ in range(_MOST_TRAILERS):
        if not _line(stream):
            return bytes(body)
    raise ValueError(f"There are more than {_MOST_TRAILERS} trailers.")


def _size(line: bytes) -> int:
    digits = line.partition(b";")[0].rstrip(b" \t")  # What follows are extensions.
    if not digits or not _HEX_DIGITS.issuperset(digits):
        raise ValueError("A chunk has no valid size.")
    return int(digits, 16)


def _line(stream: Stream) -> bytes:
    line = stream.readline(_LONGEST_LINE)
    if not line.endswith(b"\n"):
        if len(line) < _LONGEST_LINE:
            raise ConnectionError("The connection ended within the body.")
        raise ValueError(f"A line between chunks is longer than {_LONGEST_LINE} bytes.")
    return line.rstrip(b"\r\n")


def _exactly(stream: Stream, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise ConnectionError("The connection ended within the body.")
    return data
