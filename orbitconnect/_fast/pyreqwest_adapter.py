"""Makes attempts with pyreqwest: the network's side of a call runs in Rust, without the GIL.

Two things about it shape this module. A blocking call does not look at signals: the main thread hands its calls over.
And the classes of its exceptions do not tell whether anything was sent, as `ConnectError` is also raised for what
breaks later: their causes are asked.
"""

from __future__ import annotations

import os
import re
import threading
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import certifi
from pyreqwest.client import Client, ClientBuilder, SyncClient, SyncClientBuilder
from pyreqwest.exceptions import (
    BuilderError,
    DetailedPyreqwestError,
    PoolTimeoutError,
    PyreqwestError,
    RequestTimeoutError,
)
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.request import RequestBuilder, SyncRequestBuilder
from pyreqwest.response import BaseResponse

from .._pipeline.body import Body, BodyFlaw
from .._pipeline.clock import Clock
from .._pipeline.http import CONNECT_SECONDS, IDLE_SECONDS
from .._pipeline.outcome import Answer, Failure
from .._pipeline.prepare import Prepared
from .._pipeline.proxy import HOST, proxy_url
from .handover import Handover
from .headers import joined

MAX_CONNECTIONS: Final = 100

_NOT_CONNECTED: Final = "client error (Connect)"
"""How hyper, below pyreqwest, says that there was no connection to send anything over."""

_OS_ERROR: Final = re.compile(r"^(.*) \(os error (\d+)\)$")
"""Rust's way to write one, which is put into Python's."""

_TOO_LATE: Final = Failure("The time limit passed before the request was sent", sent=False, timeout=True)

ClientBuilders = TypeVar("ClientBuilders", ClientBuilder, SyncClientBuilder)
RequestBuilders = TypeVar("RequestBuilders", RequestBuilder, SyncRequestBuilder)


class PyreqwestAdapter:
    """For threads."""

    __slots__ = ("_client", "_clock", "_handover", "_main_client", "_pid")

    def __init__(self, clock: Clock) -> None:
        self._pid = os.getpid()
        self._clock = clock
        self._client: SyncClient | None = None
        # The main thread's connections are its own, so that an interrupt can end its call and no other's.
        self._main_client: SyncClient | None = None
        self._handover: Handover[Answer | Failure] = Handover()
        self._client = _set_up(SyncClientBuilder()).build()

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Makes one attempt, which ends when the clock says so."""
        client = self._client
        if client is None:
            raise _closed()
        if threading.current_thread() is not threading.main_thread():
            return _attempt(client, prepared, ends, self._clock)
        if self._main_client is None:
            self._main_client = _set_up(SyncClientBuilder()).build()
        client = self._main_client
        try:
            return self._handover.run(partial(_attempt, client, prepared, ends, self._clock))
        except BaseException:
            # An interrupt: nobody waits for the answer any more, so the connection is given up.
            if self._main_client is client:
                self._main_client = None
            client.close()
            raise

    def close(self) -> None:
        """Closes the connections, those in use as soon as they are not."""
        # Whoever lets go of a client last closes it. Its own `close` would break calls that are under way.
        self._client = self._main_client = None
        self._handover.close()

    def __del__(self) -> None:
        _keep_if_inherited(self._pid, self._client, self._main_client)


class AsyncPyreqwestAdapter:
    """For the tasks of one event loop."""

    __slots__ = ("_client", "_clock", "_pid")

    def __init__(self, clock: Clock) -> None:
        self._pid = os.getpid()
        self._clock = clock
        self._client: Client | None = None
        self._client = _set_up(ClientBuilder()).build()

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Makes one attempt, which ends when the clock says so."""
        client, clock = self._client, self._clock
        if client is None:
            raise _closed()
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return _TOO_LATE
        try:
            builder = client.request(prepared.method, prepared.url)
            async with _filled(builder, prepared, left, clock).build_streamed() as response:
                headers = _headers(response)
                body = Body(headers.get("content-encoding"))
                reader = response.body_reader
                flaw, cut_short = "", False
                try:
                    while (chunk := await reader.read_chunk()) is not None:
                        body.feed(chunk.to_bytes())
                    content = body.finish()
                except BodyFlaw as error:
                    flaw, content = str(error), body.so_far
                except RequestTimeoutError:
                    raise
                except PyreqwestError:
                    flaw, cut_short, content = "it breaks off", True, body.so_far
                return Answer(response.status, headers, content, flaw, cut_short)
        except PyreqwestError as error:
            return _failure_of(error)

    async def aclose(self) -> None:
        """Closes the connections, those in use as soon as they are not."""
        self._client = None

    def __del__(self) -> None:
        _keep_if_inherited(self._pid, self._client)


def _attempt(client: SyncClient, prepared: Prepared, ends: float | None, clock: Clock) -> Answer | Failure:
    left = None if ends is None else ends - clock.monotonic()
    if left is not None and left <= 0:
        return _TOO_LATE
    try:
        builder = client.request(prepared.method, prepared.url)
        with _filled(builder, prepared, left, clock).build_streamed() as response:
            headers = _headers(response)
            body = Body(headers.get("content-encoding"))
            reader = response.body_reader
            flaw, cut_short = "", False
            try:
                while (chunk := reader.read_chunk()) is not None:
                    body.feed(chunk.to_bytes())
                content = body.finish()
            except BodyFlaw as error:
                flaw, content = str(error), body.so_far
            except RequestTimeoutError:
                raise
            except PyreqwestError:
                flaw, cut_short, content = "it breaks off", True, body.so_far
            return Answer(response.status, headers, content, flaw, cut_short)
    except PyreqwestError as error:
        return _failure_of(error)


def _set_up(builder: ClientBuilders) -> ClientBuilders:
    """A client that does what it is told and nothing else."""
    builder = (
        builder.http1_only()
        .follow_redirects(False)
        .referer(False)
        .gzip(False)
        .deflate(False)
        .brotli(False)
        .zstd(False)
        .http1_lower_case_headers()
        .connect_timeout(timedelta(seconds=CONNECT_SECONDS))
        .pool_idle_timeout(timedelta(seconds=IDLE_SECONDS))
        .max_connections(MAX_CONNECTIONS)
        .no_proxy()
    )
    if not (os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")):
        # Besides those of the operating system, which a small container does not have.
        builder = builder.add_root_certificate_pem(Path(certifi.where()).read_bytes())
    proxy = proxy_url()
    return builder if proxy is None else builder.proxy(ProxyBuilder.all(proxy))


def _filled(builder: RequestBuilders, prepared: Prepared, left: float | None, clock: Clock) -> RequestBuilders:
    builder = builder.headers([(name.decode(), value.decode()) for name, value in prepared.headers(clock.time())])
    if prepared.body is not None:
        builder = builder.body_bytes(prepared.body)
    if left is not None:
        builder = builder.timeout(timedelta(seconds=left))
    # Reading ahead, pyreqwest would not give out the beginning of an answer that breaks off.
    return builder.streamed_read_buffer_limit(0)


def _headers(response: BaseResponse) -> dict[str, str]:
    try:
        return joined(response.headers.items())
    except ValueError:
        pass
    # A value is not ASCII, and pyreqwest has no way to give that out: such headers are left out.
    pairs: list[tuple[str, str]] = []
    for name in set(response.headers.keys()):
        with suppress(ValueError):
            pairs += [(name, value) for value in response.get_header_all(name)]
    return joined(pairs)


def _failure_of(error: PyreqwestError) -> Failure:
    causes = _causes(error)
    late = isinstance(error, RequestTimeoutError)
    if isinstance(error, PoolTimeoutError):
        return Failure("No connection became free in time", sent=False, timeout=True)
    if isinstance(error, BuilderError):
        # Without its text, which may quote a header.
        return Failure(f"The request could not be sent ({type(error).__name__})", sent=False, hopeless=True)
    if _NOT_CONNECTED in causes:
        reason = "it did not answer in time" if late else causes[-1]
        return Failure(f"Could not connect to {HOST}: {reason}", sent=False, timeout=late)
    if late:
        return Failure(f"{HOST} did not answer in time", sent=True, timeout=True)
    return Failure(f"The connection to {HOST} broke: {causes[-1] if causes else error.message}", sent=True)


def _causes(error: PyreqwestError) -> list[str]:
    """From the outermost to the innermost."""
    if not isinstance(error, DetailedPyreqwestError):
        return []
    return [_OS_ERROR.sub(r"[Errno \2] \1", cause["message"]) for cause in error.details.get("causes") or ()]


def _closed() -> RuntimeError:
    return RuntimeError("This client is closed. Make a new one, or close it later.")


# Clients of a parent process. To let go of one wakes its runtime, of which a forked child has only locks that may be
# taken for ever: so a child keeps them.
_inherited: Final[list[object]] = []


def _keep_if_inherited(pid: int, *clients: object) -> None:
    if pid != os.getpid():
        _inherited.extend(clients)
