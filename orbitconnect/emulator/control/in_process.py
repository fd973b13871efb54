"""Plays faults to httpx in the same process: the exceptions are those that it raises over a real connection."""

from __future__ import annotations

import errno
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextvars import ContextVar
from typing import Any, Final

import httpx

from ..clock import Clock, ManualClock
from ..exchange import EmulatorResponse
from ..faults import Drip, Garbage, Latency, Reset, Stall, Truncate

_skipped: Final[ContextVar[float]] = ContextVar("orbit_skipped_seconds", default=0.0)
"""How many seconds were not waited for, but counted as if they were, in this thread or task."""


class Patience:
    """How somebody waits: in real time, or by the rules of a clock that stands still."""

    __slots__ = ("_is_real",)

    def __init__(self, clock: Clock | None = None) -> None:
        """Finds out how to wait.

        Args:
            clock: The emulator's. Where it stands still by itself nobody really waits.
        """
        self._is_real = not isinstance(clock, ManualClock)

    def wait(self, seconds: float) -> None:
        """Waits."""
        if self._is_real:
            time.sleep(seconds)
        else:
            skip(seconds)

    async def async_wait(self, seconds: float) -> None:
        """Waits, leaving the event loop free."""
        from asyncio import sleep

        await sleep(seconds if self._is_real else 0)
        if not self._is_real:
            skip(seconds)


def skip(seconds: float) -> None:
    """Counts time as passed without waiting for it."""
    _skipped.set(_skipped.get() + seconds)


def skipped_seconds() -> float:
    """How much time was counted as passed without being waited for, in this thread or task."""
    return _skipped.get()


class _Play:
    """What becomes of one answer: how long to wait before it, what to raise instead, its body piece by piece."""

    def __init__(self, answer: EmulatorResponse, request: httpx.Request) -> None:
        self.answer = answer
        self.fault = answer.fault
        self.request = request
        limit: Any = request.extensions.get("timeout", {}).get("read")
        self.limit: float | None = limit
        # Those of the SDK's client hold for the whole answer, plain numbers for each read.
        self.is_total = hasattr(limit, "at")
        self.waited = 0.0
        self.length = 0 if request.method == "HEAD" else int(answer.headers.get("content-length", 0))

    def delay(self, seconds: float) -> tuple[float, httpx.ReadTimeout | None]:
        """How long a wait is, given the client's limit, and what ends it where that is passed."""
        if self.limit is None:
            return seconds, None
        left = max(0.0, self.limit - (self.waited if self.is_total else 0.0))
        if seconds >= left:
            return left, httpx.ReadTimeout("timed out", request=self.request)
        self.waited += seconds
        return seconds, None

    def before(self) -> tuple[float, httpx.TransportError | None]:
        """How long to wait before the status line, and what to raise then."""
        fault = self.fault
        if isinstance(fault, Latency):
            return self.delay(fault.seconds)
        if isinstance(fault, Stall):
            timeout = httpx.ReadTimeout("timed out", request=self.request)
            # A client without a limit would wait for ever, which is of no use to anybody.
            return self.limit or 0.0, timeout
        if isinstance(fault, Reset):
            reason = ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
            reset = httpx.ReadError(str(reason), request=self.request)
            reset.__cause__ = reason
            return 0.0, reset
        if isinstance(fault, Garbage):
            text = "illegal status line: bytearray(b'\\x16\\x03 garbage')"
            return 0.0, httpx.RemoteProtocolError(text, request=self.request)
        if isinstance(fault, Truncate) and not self.length:
            return 0.0, httpx.RemoteProtocolError(
                "Server disconnected without sending a response.", request=self.request
            )
        return 0.0, None

    def response(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
        """The answer with its status and headers."""
        return httpx.Response(self.answer.status, headers=list(self.answer.headers.items()), stream=stream)

    def pieces(self) -> Iterator[bytes | httpx.TransportError]:
        """The body, and at its end what breaks it off."""
        fault, content = self.fault, _content(self.answer)
        if isinstance(fault, Drip):
            for part in content:
                for start in range(0, len(part), fault.chunk):
                    yield part[start : start + fault.chunk]
        elif isinstance(fault, Truncate):
            left = kept = fault.kept(self.length)
            for part in content:
                if left:
                    yield part[:left]
                left -= min(left, len(part))
            text = "peer closed connection without sending complete message body"
            error = f"{text} (received {kept} bytes, expected {self.length})"
            yield httpx.RemoteProtocolError(error, request=self.request)
        else:
            yield from content


class _Stream(httpx.SyncByteStream):
    def __init__(self, play: _Play, patience: Patience) -> None:
        self._play = play
        self._patience = patience

    def __iter__(self) -> Iterator[bytes]:
        play, fault = self._play, self._play.fault
        for number, piece in enumerate(play.pieces()):
            if isinstance(piece, httpx.TransportError):
                raise piece
            if number and isinstance(fault, Drip):
                seconds, timeout = play.delay(fault.pause)
                self._patience.wait(seconds)
                if timeout is not None:
                    raise timeout
            yield piece


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, play: _Play, patience: Patience) -> None:
        self._play = play
        self._patience = patience

    async def __aiter__(self) -> AsyncIterator[bytes]:
        play, fault = self._play, self._play.fault
        for number, piece in enumerate(play.pieces()):
            if isinstance(piece, httpx.TransportError):
                raise piece
            if number and isinstance(fault, Drip):
                seconds, timeout = play.delay(fault.pause)
                await self._patience.async_wait(seconds)
                if timeout is not None:
                    raise timeout
            yield piece


def play(answer: EmulatorResponse, request: httpx.Request, patience: Patience) -> httpx.Response:
    """Hands over an answer that has a fault.

    Raises:
        httpx.TransportError: If that is what the fault comes to.
    """
    played = _Play(answer, request)
    seconds, error = played.before()
    if seconds:
        patience.wait(seconds)
    if error is not None:
        raise error
    return played.response(_Stream(played, patience))


async def play_async(answer: EmulatorResponse, request: httpx.Request, patience: Patience) -> httpx.Response:
    """Hands over an answer that has a fault.

    Raises:
        httpx.TransportError: If that is what the fault comes to.
    """
    played = _Play(answer, request)
    seconds, error = played.before()
    if seconds:
        await patience.async_wait(seconds)
    if error is not None:
        raise error
    return played.response(_AsyncStream(played, patience))


def _content(answer: EmulatorResponse) -> Iterable[bytes]:
    stream: Iterable[bytes] | None = getattr(answer, "stream", None)
    return (answer.body,) if stream is None else stream
