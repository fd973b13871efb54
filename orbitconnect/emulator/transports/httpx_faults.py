"""Applies faults to httpx responses in this process. Raises the errors that httpx raises on a real connection."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx

from ..exchange import EmulatorResponse
from .playback import Break, Playback
from .waiting import Waiting


class _Stream(httpx.SyncByteStream):
    def __init__(self, playback: Playback, request: httpx.Request, waiting: Waiting) -> None:
        self._playback = playback
        self._request = request
        self._waiting = waiting

    def __iter__(self) -> Iterator[bytes]:
        for seconds, chunk in self._playback.steps():
            if seconds:
                self._waiting.wait(seconds)
            if isinstance(chunk, Break):
                raise _error(chunk, self._request)
            yield chunk


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, playback: Playback, request: httpx.Request, waiting: Waiting) -> None:
        self._playback = playback
        self._request = request
        self._waiting = waiting

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for seconds, chunk in self._playback.steps():
            if seconds:
                await self._waiting.async_wait(seconds)
            if isinstance(chunk, Break):
                raise _error(chunk, self._request)
            yield chunk


def play(response: EmulatorResponse, request: httpx.Request, waiting: Waiting) -> httpx.Response:
    """Build the httpx response that plays back a fault.

    Raises:
        httpx.TransportError: If the fault prevents the response.
    """
    playback = _playback(response, request)
    seconds, end = playback.before()
    if seconds:
        waiting.wait(seconds)
    if end is not None:
        raise _error(end, request)
    return _with_stream(response, _Stream(playback, request, waiting))


async def play_async(response: EmulatorResponse, request: httpx.Request, waiting: Waiting) -> httpx.Response:
    """Build the httpx response that plays back a fault.

    Raises:
        httpx.TransportError: If the fault prevents the response.
    """
    playback = _playback(response, request)
    seconds, end = playback.before()
    if seconds:
        await waiting.async_wait(seconds)
    if end is not None:
        raise _error(end, request)
    return _with_stream(response, _AsyncStream(playback, request, waiting))


def _playback(response: EmulatorResponse, request: httpx.Request) -> Playback:
    limit: float | None = request.extensions.get("timeout", {}).get("read")
    # The SDK's client passes a deadline for the whole response; a plain number applies to each read.
    return Playback(response, request.method, limit, is_total=hasattr(limit, "at"))


def _with_stream(response: EmulatorResponse, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
    return httpx.Response(response.status, headers=list(response.headers.items()), stream=stream)


def _error(end: Break, request: httpx.Request) -> httpx.TransportError:
    if end.kind == "timeout":
        return httpx.ReadTimeout(str(end.reason), request=request)
    if end.kind == "protocol":
        return httpx.RemoteProtocolError(str(end.reason), request=request)
    error = httpx.ReadError(str(end.reason), request=request)
    error.__cause__ = end.reason if isinstance(end.reason, OSError) else None
    return error
