"""Applies faults to httpx responses in this process. Raises the errors that httpx raises on a real connection."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Final

import httpx

from ..exchange import EmulatorResponse
from ..faults import Drip, Garbage, Latency, Reset, Stall, Truncate
from .waiting import Waiting

_Step = tuple[float, bytes | httpx.TransportError]
"""How many seconds to wait, and then the next chunk of the body or the error to raise."""


class _Playback:
    """Decides how one response is delivered: the wait before it, the error raised instead, and the body's chunks."""

    def __init__(self, response: EmulatorResponse, request: httpx.Request) -> None:
        self.response: Final = response
        self._fault: Final = response.fault
        self._request: Final = request
        self._limit: Final[float | None] = request.extensions.get("timeout", {}).get("read")
        # The SDK's client passes a deadline for the whole response; a plain number applies to each read.
        self._is_total: Final = hasattr(self._limit, "at")
        self._waited = 0.0
        self._length: Final = 0 if request.method == "HEAD" else int(response.headers.get("content-length", 0))

    def before(self) -> tuple[float, httpx.TransportError | None]:
        """How many seconds to wait before the status line, and the error to raise then."""
        fault = self._fault
        if isinstance(fault, Latency):
            return self._delay(fault.seconds)
        if isinstance(fault, Stall):
            # A client without a limit would wait forever.
            return self._limit or 0.0, self._timeout()
        if isinstance(fault, Reset):
            reason = ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
            reset = httpx.ReadError(str(reason), request=self._request)
            reset.__cause__ = reason
            return 0.0, reset
        if isinstance(fault, Garbage):
            return 0.0, self._protocol_error("illegal status line: bytearray(b'\\x16\\x03 garbage')")
        if isinstance(fault, Truncate) and not self._length:
            return 0.0, self._protocol_error("Server disconnected without sending a response.")
        return 0.0, None

    def steps(self) -> Iterator[_Step]:
        """The body in chunks, and the error that ends it."""
        fault, content = self._fault, _content(self.response)
        if isinstance(fault, Drip):
            yield from self._drip(fault, content)
        elif isinstance(fault, Truncate):
            yield from self._truncate(fault, content)
        else:
            yield from ((0.0, chunk) for chunk in content)

    def _drip(self, fault: Drip, content: Iterable[bytes]) -> Iterator[_Step]:
        seconds, timeout = 0.0, None
        for chunk in content:
            for start in range(0, len(chunk), fault.chunk):
                yield seconds, timeout or chunk[start : start + fault.chunk]
                seconds, timeout = self._delay(fault.pause)

    def _truncate(self, fault: Truncate, content: Iterable[bytes]) -> Iterator[_Step]:
        remaining = kept = fault.kept(self._length)
        for chunk in content:
            if remaining:
                yield 0.0, chunk[:remaining]
            remaining -= min(remaining, len(chunk))
        yield (
            0.0,
            self._protocol_error(
                "peer closed connection without sending complete message body "
                f"(received {kept} bytes, expected {self._length})"
            ),
        )

    def _delay(self, seconds: float) -> tuple[float, httpx.ReadTimeout | None]:
        """How many seconds to wait, and the timeout to raise if the client's limit ends the wait."""
        if self._limit is None:
            return seconds, None
        left = max(0.0, self._limit - (self._waited if self._is_total else 0.0))
        if seconds >= left:
            return left, self._timeout()
        self._waited += seconds
        return seconds, None

    def _timeout(self) -> httpx.ReadTimeout:
        return httpx.ReadTimeout("timed out", request=self._request)

    def _protocol_error(self, message: str) -> httpx.RemoteProtocolError:
        return httpx.RemoteProtocolError(message, request=self._request)


class _Stream(httpx.SyncByteStream):
    def __init__(self, playback: _Playback, waiting: Waiting) -> None:
        self._playback = playback
        self._waiting = waiting

    def __iter__(self) -> Iterator[bytes]:
        for seconds, chunk in self._playback.steps():
            if seconds:
                self._waiting.wait(seconds)
            if isinstance(chunk, httpx.TransportError):
                raise chunk
            yield chunk


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, playback: _Playback, waiting: Waiting) -> None:
        self._playback = playback
        self._waiting = waiting

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for seconds, chunk in self._playback.steps():
            if seconds:
                await self._waiting.async_wait(seconds)
            if isinstance(chunk, httpx.TransportError):
                raise chunk
            yield chunk


def play(response: EmulatorResponse, request: httpx.Request, waiting: Waiting) -> httpx.Response:
    """Build the httpx response that plays back a fault.

    Raises:
        httpx.TransportError: If the fault prevents the response.
    """
    playback = _Playback(response, request)
    seconds, error = playback.before()
    if seconds:
        waiting.wait(seconds)
    if error is not None:
        raise error
    return _with_stream(response, _Stream(playback, waiting))


async def play_async(response: EmulatorResponse, request: httpx.Request, waiting: Waiting) -> httpx.Response:
    """Build the httpx response that plays back a fault.

    Raises:
        httpx.TransportError: If the fault prevents the response.
    """
    playback = _Playback(response, request)
    seconds, error = playback.before()
    if seconds:
        await waiting.async_wait(seconds)
    if error is not None:
        raise error
    return _with_stream(response, _AsyncStream(playback, waiting))


def _with_stream(response: EmulatorResponse, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
    return httpx.Response(response.status, headers=list(response.headers.items()), stream=stream)


def _content(response: EmulatorResponse) -> Iterable[bytes]:
    return (response.body,) if response.stream is None else response.stream
