"""The received bytes of a response, as the file from which `http.client` reads."""

from __future__ import annotations

import re
from typing import Final

from .._sync.tls_channel import Channel

HEAD_BYTES: Final = 64 * 1024
"""The maximum size of a response's head, and of the trailers after a chunked body."""

_MOST_RECEIVED: Final = 64 * 1024
_HEAD_END: Final = re.compile(rb"\n\r?\n")
_LINE_END: Final = re.compile(rb"\n")
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,20})[ \t]*(?:;[^\x00-\x08\x0a-\x1f\x7f]*)?\r\n")
_TRAILER: Final = re.compile(rb"(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00-\x08\x0a-\x1f\x7f]*)?\r?\n")


class ResponseFlaw(Exception):
    """The received bytes are not a valid HTTP response. The message does not quote them."""


class Incoming:
    """The bytes that arrive over a channel.

    `http.client` skips the two bytes after a chunk without looking at them, and reads the size of a chunk with `int`,
    which accepts signs and underscores. Therefore, the methods that it calls check what they return.
    """

    __slots__ = ("_channel", "_data", "_limit", "_start", "_trailer_bytes")

    def __init__(self, channel: Channel, limit: float | None) -> None:
        """Read from a channel.

        Args:
            channel: The connection.
            limit: The time limit in seconds, usually an `Until`.
        """
        self._channel = channel
        self._limit = limit
        self._data: bytes = b""
        """The newest received bytes."""
        self._start: int = 0
        """The index of the first byte in `_data` that was not read yet."""
        self._trailer_bytes: int | None = None
        """The size of the trailers. None before the last chunk."""

    @property
    def has_more(self) -> bool:
        """Whether bytes have been received that were not read."""
        return self._start < len(self._data)

    def head(self) -> bytes:
        """Return the bytes up to the first empty line.

        Raises:
            ResponseFlaw: If the connection ends before, or the head is too large.
        """
        data, start = self._data, self._start
        end = _HEAD_END.search(data, start)
        if end is None:
            data, start = self._receive_until(_HEAD_END, HEAD_BYTES), 0
            end = _HEAD_END.search(data)
        if end is not None and end.end() - start <= HEAD_BYTES:
            self._data, self._start = data, end.end()
            return data[start : end.end()]
        if end is not None or len(data) > HEAD_BYTES:
            raise ResponseFlaw("the head of the response is too large")
        raise ResponseFlaw("the response is not HTTP" if data else "the server closed the connection")

    def read1(self, count: int) -> bytes:
        """Return at least one and at most `count` bytes; `b""` at the end of the connection."""
        data, start = self._data, self._start
        if start == len(data):
            return self._channel.receive(min(count, _MOST_RECEIVED), self._limit) if count else b""
        self._start = end = min(start + count, len(data))
        return data[start:end]

    def read(self, count: int) -> bytes:
        """Return the end of a chunk's line, which is the only part that `http.client` reads with this method here.

        Raises:
            ResponseFlaw: If it is not the end of a line.
        """
        data = self.read1(count)
        while len(data) < count and (more := self.read1(count - len(data))):
            data += more
        if data != b"\r\n":
            raise ResponseFlaw("a chunk of the body does not have its size")
        return data

    def readline(self, count: int) -> bytes:
        """Return a line of a chunked body: the size of a chunk, or a trailer.

        Raises:
            ResponseFlaw: If the line is malformed or too long, or the connection ends.
        """
        data, start = self._data, self._start
        end = data.find(b"\n", start) + 1
        if not end:
            data, start = self._receive_until(_LINE_END, HEAD_BYTES), 0
            end = data.find(b"\n") + 1
        line = data[start:end]
        self._data, self._start = data, end
        if self._trailer_bytes is None:
            size = _CHUNK_SIZE.fullmatch(line)
            if size is None or len(line) > HEAD_BYTES:
                raise ResponseFlaw("the size of a chunk is malformed")
            if not int(size[1], 16):
                self._trailer_bytes = 0
        else:
            self._trailer_bytes += len(line)
            if self._trailer_bytes > HEAD_BYTES or not _TRAILER.fullmatch(line):
                raise ResponseFlaw("the trailers of the body are malformed or too large")
        return line

    def _receive_until(self, wanted: re.Pattern[bytes], most: int) -> bytes:
        """Receive more bytes after those that were not read yet, until they contain a match or are more than `most`."""
        received = bytearray(self._data[self._start :])
        searched = 0
        while len(received) <= most:
            data = self._channel.receive(_MOST_RECEIVED, self._limit)
            received += data
            if not data or wanted.search(received, searched):
                break
            searched = max(0, len(received) - 2)
        return bytes(received)

    def flush(self) -> None:
        """Do nothing. `http.client` calls this when the response is discarded."""

    def close(self) -> None:
        """Do nothing. `http.client` calls this at the end of the body, but the connection may be used again."""
