"""Decides how a response with a fault reaches a client: the waits, the chunks of the body, and how it breaks."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from ..exchange import EmulatorResponse
from ..faults import Drip, Garbage, Latency, Reset, Stall, Truncate


class Break(NamedTuple):
    """How a connection ends before the response is complete."""

    kind: Literal["timeout", "reset", "protocol"]
    reason: OSError | str
    """What an HTTP library reports: the system's error for `reset`, and its own message otherwise."""


Step = tuple[float, bytes | Break]
"""How many seconds to wait, and then the next chunk of the body or the end of the connection."""

_TIMEOUT: Final = Break("timeout", "timed out")


class Playback:
    """The delivery of one response. Does not wait itself."""

    def __init__(self, response: EmulatorResponse, method: str, limit: float | None, *, is_total: bool) -> None:
        """Start a delivery.

        Args:
            response: The response, with its fault if there is one.
            method: The request's method.
            limit: The client's time limit in seconds; None if the client waits forever.
            is_total: Whether the limit applies to the whole response, and not to each read.
        """
        self._response: Final = response
        self._fault: Final = response.fault
        self._limit: Final = limit
        self._is_total: Final = is_total
        self._waited = 0.0
        self._length: Final = 0 if method == "HEAD" else int(response.headers.get("content-length", 0))

    def before(self) -> tuple[float, Break | None]:
        """How many seconds to wait before the status line, and how the connection ends then, if it does."""
        fault = self._fault
        if isinstance(fault, Latency):
            return self._delay(fault.seconds)
        if isinstance(fault, Stall):
            # A client without a limit would wait forever.
            return self._limit or 0.0, _TIMEOUT
        if isinstance(fault, Reset):
            return 0.0, Break("reset", ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))
        if isinstance(fault, Garbage):
            return 0.0, Break("protocol", "illegal status line: bytearray(b'\\x16\\x03 garbage')")
        if isinstance(fault, Truncate) and not self._length:
            return 0.0, Break("protocol", "Server disconnected without sending a response.")
        return 0.0, None

    def steps(self) -> Iterator[Step]:
        """The body in chunks, and how it breaks."""
        fault, response = self._fault, self._response
        content = (response.body,) if response.stream is None else response.stream
        if isinstance(fault, Drip):
            yield from self._drip(fault, content)
        elif isinstance(fault, Truncate):
            yield from self._truncate(fault, content)
        else:
            yield from ((0.0, chunk) for chunk in content)

    def _drip(self, fault: Drip, content: Iterable[bytes]) -> Iterator[Step]:
        seconds, end = 0.0, None
        for chunk in content:
            for start in range(0, len(chunk), fault.chunk):
                yield seconds, end or chunk[start : start + fault.chunk]
                seconds, end = self._delay(fault.pause)

    def _truncate(self, fault: Truncate, content: Iterable[bytes]) -> Iterator[Step]:
        remaining = kept = fault.kept(self._length)
        for chunk in content:
            if remaining:
                yield 0.0, chunk[:remaining]
            remaining -= min(remaining, len(chunk))
        message = (
            f"peer closed connection without sending complete message body "
            f"(received {kept} bytes, expected {self._length})"
        )
        yield 0.0, Break("protocol", message)

    def _delay(self, seconds: float) -> tuple[float, Break | None]:
        """How many seconds to wait, and the end of the connection if the client's limit ends the wait."""
        if self._limit is None:
            return seconds, None
        left = max(0.0, self._limit - (self._waited if self._is_total else 0.0))
        if seconds >= left:
            return left, _TIMEOUT
        self._waited += seconds
        return seconds, None
