"""The emulator as httpx sees it: transports that hand a request over in the same process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

from .._pipeline.clock import Clock as ClientClock
from .clock import Clock
from .exchange import Request, Response, split_target

if TYPE_CHECKING:
    from .._async.client import AsyncOrbitServer
    from .._sync.client import OrbitServer

Handle = Callable[[Request], Response]


class EmulatorTransport(httpx.BaseTransport):
    """Leads to an emulator, whatever the URL's host is."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Has the emulator answer a request."""
        return _answered(self._handle, request, request.read())


class AsyncEmulatorTransport(httpx.AsyncBaseTransport):
    """Leads to an emulator, whatever the URL's host is. An answer takes microseconds, so no thread is used."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Has the emulator answer a request."""
        return _answered(self._handle, request, await request.aread())


def _answered(handle: Handle, request: httpx.Request, body: bytes) -> httpx.Response:
    headers: dict[str, str] = {}
    for name, value in request.headers.raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    path, query = split_target(request.url.raw_path.decode("latin-1"))
    answer = handle(Request(request.method, path, query, headers, body))
    return httpx.Response(answer.status, headers=list(answer.headers.items()), stream=httpx.ByteStream(answer.body))


class _EmulatorTime(ClientClock):
    """Gives a client the emulator's time of day, so that its signatures are in time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def time(self) -> float:
        return self._clock.now().timestamp()


def keep_time(client: OrbitServer | AsyncOrbitServer, clock: Clock) -> None:
    """Makes a client take the time of day from the emulator. How long it waits and what it limits stays real."""
    client._connection.clock = _EmulatorTime(clock)  # pyright: ignore[reportPrivateUsage]  # Only the emulator needs it.
