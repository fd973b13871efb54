"""The emulator as httpx sees it: transports that hand a request over in the same process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from functools import lru_cache
from tempfile import SpooledTemporaryFile

import httpx

import orbitconnect

from .._pipeline.clock import Clock as ClientClock
from .clock import Clock, ManualClock
from .control.in_process import Patience, play, play_async, skipped_seconds
from .exchange import MAX_BODY, EmulatorRequest, EmulatorResponse, split_target
from .file_store import CHUNK
from .media.routes import is_file_target

Handle = Callable[[EmulatorRequest], EmulatorResponse]


class EmulatorTransport(httpx.BaseTransport):
    """Leads to an emulator, whatever the URL's host is."""

    def __init__(self, handle: Handle, clock: Clock | None = None) -> None:
        self._handle = handle
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Has the emulator answer a request."""
        answer = self._handle(_request(request))
        return _response(answer) if answer.fault is None else play(answer, request, Patience(self._clock))


class AsyncEmulatorTransport(httpx.AsyncBaseTransport):
    """Leads to an emulator, whatever the URL's host is. An answer takes microseconds, so no thread is used."""

    def __init__(self, handle: Handle, clock: Clock | None = None) -> None:
        self._handle = handle
        self._clock = clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Has the emulator answer a request."""
        answer = await self._answer(request)
        return _response(answer) if answer.fault is None else await play_async(answer, request, Patience(self._clock))

    async def _answer(self, request: httpx.Request) -> EmulatorResponse:
        stream = request.stream
        if isinstance(stream, httpx.ByteStream):
            return self._handle(_request(request))
        assert isinstance(stream, httpx.AsyncByteStream)
        # The emulator cannot wait for what comes, so it is put aside first: in a file, as soon as it is no small thing.
        is_file = is_file_target(_target(request))
        with SpooledTemporaryFile[bytes](MAX_BODY) as kept:
            async for chunk in stream:
                kept.write(chunk)
                if not is_file and kept.tell() > MAX_BODY:
                    break
            kept.seek(0)
            return self._handle(_request(request, iter(lambda: kept.read(CHUNK), b"")))


@lru_cache(maxsize=256)
def _header_name(name: bytes) -> str:
    return name.decode("latin-1").lower()


def _target(request: httpx.Request) -> str:
    return request.url.raw_path.decode("latin-1")


def _request(request: httpx.Request, stream: Iterable[bytes] | None = None) -> EmulatorRequest:
    headers: dict[str, str] = {}
    for name, value in request.headers.raw:
        key, text = _header_name(name), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    target = _target(request)
    path, query = split_target(target)
    if stream is None:
        # What is in memory already is handed over as it is; everything else as it comes.
        if isinstance(request.stream, httpx.ByteStream):
            return EmulatorRequest(request.method, path, query, headers, request.read(), target)
        assert isinstance(request.stream, httpx.SyncByteStream)
        stream = request.stream
    return EmulatorRequest(request.method, path, query, headers, b"", target, stream)


class _Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is read as it is handed over. It comes from a file, so that nobody has to wait for it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


def _response(answer: EmulatorResponse) -> httpx.Response:
    stream = httpx.ByteStream(answer.body) if answer.stream is None else _Pieces(answer.stream)
    return httpx.Response(answer.status, headers=list(answer.headers.items()), stream=stream)


class _EmulatorTime(ClientClock):
    """Gives a client the emulator's time of day, so that its signatures are in time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def time(self) -> float:
        return self._clock.now().timestamp()


class _StillTime(_EmulatorTime):
    """Goes with a clock that stands still: nobody waits, and what would have been waited counts as passed."""

    def monotonic(self) -> float:
        return super().monotonic() + skipped_seconds()

    def sleep(self, seconds: float) -> None:
        Patience(self._clock).wait(seconds)

    async def async_sleep(self, seconds: float) -> None:
        await Patience(self._clock).async_wait(seconds)


def keep_time(client: orbitconnect.OrbitServer | orbitconnect.AsyncOrbitServer, clock: Clock) -> None:
    """Makes a client take the time of day from the emulator.

    How long it waits and what it limits stays real, but for a clock that stands still: it waits for nothing then, and
    counts what it would have waited.
    """
    time = _StillTime(clock) if isinstance(clock, ManualClock) else _EmulatorTime(clock)
    client._connection.clock = time  # pyright: ignore[reportPrivateUsage]  # Only the emulator needs it.
