"""All that the project knows of httpx: its request, its transports, its exceptions.

The transports are called directly, without `httpx.Client`: a server SDK follows no redirects and keeps no cookies, and
those layers cost a third of a call. What the client does besides is done in `orbitconnect._http`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import httpx
from httpx import AsyncBaseTransport, BaseTransport

from ..._pipeline.outcome import Failure
from ..._pipeline.prepare import Prepared
from ..authorities import with_remedy
from ..deadline import Until
from ..loop_end import close_with_loop
from ..proxy import HOST
from ..setup_error import SetupError
from ..slots import AsyncSlot, Slot

if TYPE_CHECKING:
    import asyncio

__all__ = [
    "IDLE_SECONDS",
    "TRANSPORT_ERRORS",
    "AsyncBaseTransport",
    "AsyncTransport",
    "BaseTransport",
    "Transport",
    "async_owner",
    "failure_of",
    "has_sent",
    "holds_more",
    "is_gone",
    "is_own",
    "new_request",
    "open_async_transport",
    "open_transport",
    "process_owner",
    "refusal_of_loop",
]

CONNECT_SECONDS: Final = 10.0
IDLE_SECONDS: Final = 30.0
"""An idle connection is given up after that. A server often does so after a minute."""

TRANSPORT_ERRORS: Final = (httpx.HTTPError, OSError, SetupError)


def new_request(prepared: Prepared, wall_time: float, seconds_left: float | None) -> httpx.Request:
    """Makes httpx's request for one attempt."""
    rest = None if seconds_left is None else Until.after(seconds_left)
    connect = rest if rest is not None and rest < CONNECT_SECONDS else Until.after(CONNECT_SECONDS)
    return httpx.Request(
        prepared.method,
        _parse(prepared.url),
        headers=prepared.headers(wall_time),
        stream=httpx.ByteStream(prepared.body or b""),
        extensions={"timeout": {"connect": connect, "read": rest, "write": rest, "pool": rest}},
    )


@lru_cache(maxsize=512)
def _parse(url: str) -> httpx.URL:
    return httpx.URL(url)


class Transport(httpx.HTTPTransport):
    """Has one connection, and is closed when nobody holds it any more: a dropped client leaves no connection open.

    httpx's own `__init__` would make a pool and a TLS context. If a version of httpx keeps its pool under another name,
    the first request fails with an `AttributeError`.
    """

    def __init__(self) -> None:
        from .one_connection import OneConnection

        self.slot: Slot | None = None
        self.connection: OneConnection = OneConnection(IDLE_SECONDS)
        self._pool: Any = self.connection

    def close(self) -> None:
        self.connection.close()

    def __del__(self) -> None:
        # It may be half made, and so may be the interpreter, at its end.
        with suppress(Exception):
            self.close()


class AsyncTransport(httpx.AsyncHTTPTransport):
    """Has one connection, and is closed when its event loop ends, and when nobody holds it any more."""

    def __init__(self) -> None:
        from .one_connection import AsyncOneConnection

        self.slot: AsyncSlot | None = None
        self.connection: AsyncOneConnection = AsyncOneConnection(IDLE_SECONDS)
        self._pool: Any = self.connection
        self._ending = close_with_loop(self.connection.aclose)

    async def aclose(self) -> None:
        try:
            await self._ending.aclose()
        finally:
            await self.connection.aclose()


def open_transport() -> Transport:
    """Make a transport for one connection. Nothing is connected yet."""
    return Transport()


def open_async_transport() -> AsyncTransport:
    """Make a transport for one connection. Nothing is connected yet."""
    return AsyncTransport()


def process_owner() -> int:
    """Whose pool it is: connections must not be shared with a parent process."""
    return os.getpid()


def async_owner() -> tuple[int, asyncio.AbstractEventLoop]:
    """Whose pool it is: connections must not be shared with a parent process or another event loop."""
    from asyncio import get_running_loop

    try:
        return os.getpid(), get_running_loop()
    except RuntimeError:
        pass
    raise RuntimeError(
        "AsyncOrbitServer needs a running asyncio event loop: await its methods in a coroutine that asyncio runs. "
        "Under trio, call OrbitServer with trio.to_thread.run_sync."
    )


def is_own(owner: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is this process and, if it has one, the event loop that runs."""
    if isinstance(owner, int):
        return owner == os.getpid()
    try:
        return owner == async_owner()
    except RuntimeError:  # A child that was forked in a coroutine goes on with that, but has no running loop.
        return False


def is_gone(other: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is another process, or an event loop that has ended."""
    if isinstance(other, int):
        return other != os.getpid()
    return other[0] != os.getpid() or other[1].is_closed()


def holds_more(transport: Any) -> bool:
    """Whether more came over a transport's connection than the answer."""
    return bool(transport.connection.holds_more)


def has_sent(transport: Any) -> bool | None:
    """Whether any byte of the newest request was sent over a transport; None if that is not known."""
    sent: bool | None = transport.connection.has_sent
    return sent


def refusal_of_loop(error: RuntimeError) -> RuntimeError | None:
    """Say what to do about a transport that belongs to another event loop; None if the error is not about that."""
    if "loop" not in str(error):
        return None
    return RuntimeError(
        f"The transport of this client belongs to another event loop ({str(error).rstrip('.')}). Make a client with a "
        "transport of its own in each event loop, or leave transport out: the SDK's own connections can be used in "
        "several loops."
    )


def is_file_error(error: BaseException) -> bool:
    """Whether an `OSError` is about a file, and not about the network."""
    return isinstance(error, OSError) and error.filename is not None


def failure_of(error: BaseException) -> Failure:
    """Put an exception of httpx into our terms.

    Raises:
        OSError: The exception itself, if it is about a file.
    """
    if is_file_error(error):
        raise error
    if isinstance(error, SetupError):
        return Failure(f"Could not connect to {HOST}: {error}", sent=False, hopeless=True)
    if isinstance(error, httpx.ConnectTimeout):
        return Failure(f"Could not connect to {HOST}: it did not answer in time", sent=False, timeout=True)
    if isinstance(error, httpx.PoolTimeout):
        return Failure("No connection of the pool became free in time", sent=False, timeout=True)
    if isinstance(error, httpx.ConnectError):
        return Failure(f"Could not connect to {HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.ProxyError):
        return Failure(f"The proxy did not connect to {HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.TimeoutException):
        return Failure(f"{HOST} did not answer in time", sent=True, timeout=True)
    if isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol)):
        # Without its text, which may quote a header.
        return Failure(f"The request could not be sent ({type(error).__name__})", sent=True, hopeless=True)
    return Failure(f"The connection to {HOST} broke: {_reason(error)}", sent=True)


def _reason(error: BaseException) -> str:
    """The innermost text: the outer ones say no more than that all attempts failed."""
    text = str(error) or type(error).__name__
    inner: BaseException | None = error
    for _ in range(10):
        if inner is None:
            break
        if isinstance(inner, OSError) and inner.errno is not None:
            text = str(inner)
        inner = inner.__cause__ or (None if inner.__suppress_context__ else inner.__context__)
    return with_remedy(text)
