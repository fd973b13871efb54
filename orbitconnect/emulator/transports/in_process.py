"""httpx transports that hand requests to an emulator in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from functools import lru_cache
from tempfile import SpooledTemporaryFile

import httpx

from ..clock import Clock
from ..exchange import MAX_BODY, EmulatorRequest, EmulatorResponse, split_target
from ..file_store import CHUNK
from ..media.signed_urls import is_file_target
from .httpx_faults import play, play_async
from .waiting import Waiting

Handle = Callable[[EmulatorRequest], EmulatorResponse]


class EmulatorTransport(httpx.BaseTransport):
    """Sends every request to an emulator, regardless of the URL's host."""

    def __init__(self, handle: Handle, clock: Clock | None = None) -> None:
        self._handle = handle
        self._waiting = Waiting(clock)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let the emulator handle a request."""
        response = self._handle(_emulator_request(request))
        return _httpx_response(response) if response.fault is None else play(response, request, self._waiting)


class AsyncEmulatorTransport(httpx.AsyncBaseTransport):
    """Sends every request to an emulator, regardless of the URL's host.

    The emulator runs in the event loop, without a thread: it takes microseconds.
    """

    def __init__(self, handle: Handle, clock: Clock | None = None) -> None:
        self._handle = handle
        self._waiting = Waiting(clock)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Let the emulator handle a request."""
        response = await self._emulator_response(request)
        if response.fault is None:
            return _httpx_response(response)
        return await play_async(response, request, self._waiting)

    async def _emulator_response(self, request: httpx.Request) -> EmulatorResponse:
        stream = request.stream
        if isinstance(stream, httpx.ByteStream):
            return self._handle(_emulator_request(request))
        assert isinstance(stream, httpx.AsyncByteStream)
        # The emulator cannot await chunks, so the whole body is read first; a large one goes to a temporary file.
        is_file = is_file_target(_target(request))
        with SpooledTemporaryFile[bytes](MAX_BODY) as spooled:
            async for chunk in stream:
                spooled.write(chunk)
                if not is_file and spooled.tell() > MAX_BODY:
                    break
            spooled.seek(0)
            return self._handle(_emulator_request(request, iter(lambda: spooled.read(CHUNK), b"")))


@lru_cache(maxsize=256)
def _header_name(name: bytes) -> str:
    return name.decode("latin-1").lower()


def _target(request: httpx.Request) -> str:
    return request.url.raw_path.decode("latin-1")


def _emulator_request(request: httpx.Request, stream: Iterable[bytes] | None = None) -> EmulatorRequest:
    headers: dict[str, str] = {}
    for name, value in request.headers.raw:
        key, text = _header_name(name), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    target = _target(request)
    path, query = split_target(target)
    if stream is None:
        if isinstance(request.stream, httpx.ByteStream):
            return EmulatorRequest(request.method, path, query, headers, request.read(), target)
        assert isinstance(request.stream, httpx.SyncByteStream)
        stream = request.stream
    return EmulatorRequest(request.method, path, query, headers, b"", target, stream)


class _BodyStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in chunks. The chunks come from a local file, so the event loop reads them without a thread."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk


def _httpx_response(response: EmulatorResponse) -> httpx.Response:
    stream = httpx.ByteStream(response.body) if response.stream is None else _BodyStream(response.stream)
    return httpx.Response(response.status, headers=list(response.headers.items()), stream=stream)
