"""Decodes a chunked body (RFC 9112, section 7.1), for servers that leave the decoding to the application."""

from __future__ import annotations

from typing import Final, Protocol

_MAX_LINE: Final = 4096
_MAX_TRAILERS: Final = 100
_HEX_DIGITS: Final = frozenset(b"0123456789abcdefABCDEF")


class Stream(Protocol):
    """The bytes of a connection."""

    def read(self, size: int, /) -> bytes:
        """Read `size` bytes, or fewer if the connection ends."""
        ...

    def readline(self, limit: int, /) -> bytes:
        """Read a line including its line ending, but at most `limit` bytes."""
        ...


def read_chunks(stream: Stream, limit: int) -> bytes:
    """Read a body and its trailers.

    Args:
        stream: The connection, after the request's headers.
        limit: The maximum number of bytes. If the body is longer, only its first `limit + 1` bytes are read.

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
            raise ValueError("A chunk is longer than declared.")
    for _ in range(_MAX_TRAILERS):
        if not _line(stream):
            return bytes(body)
    raise ValueError(f"There are more than {_MAX_TRAILERS} trailers.")


def _size(line: bytes) -> int:
    digits = line.partition(b";")[0].rstrip(b" \t")  # Extensions come after the semicolon.
    if not digits or not _HEX_DIGITS.issuperset(digits):
        raise ValueError("A chunk has no valid size.")
    return int(digits, 16)


def _line(stream: Stream) -> bytes:
    line = stream.readline(_MAX_LINE)
    if not line.endswith(b"\n"):
        if len(line) < _MAX_LINE:
            raise ConnectionError("The connection ended within the body.")
        raise ValueError(f"A line between chunks is longer than {_MAX_LINE} bytes.")
    return line.rstrip(b"\r\n")


def _exactly(stream: Stream, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise ConnectionError("The connection ended within the body.")
    return data
