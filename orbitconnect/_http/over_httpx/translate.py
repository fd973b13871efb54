"""Convert between the pipeline's types and httpx's requests and exceptions.

The transports are called directly, without `httpx.Client`. A server SDK needs no redirects and cookies, and their
layers take a third of the time of a call. `orbitconnect._http` provides the other features of the client.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import Final

import httpx

from ..._concurrency.blocking import in_threads
from ..._pipeline.api_host import API_HOST
from ..._pipeline.open_payload import OpenPayload
from ..._pipeline.outcome import Failure
from ..._pipeline.prepare import Prepared
from .. import limits
from ..authorities import with_remedy
from ..deadline import Until
from ..setup_error import SetupError

TRANSPORT_ERRORS: Final = (httpx.HTTPError, OSError, SetupError)


def new_request(prepared: Prepared, wall_time: float, seconds_left: float | None) -> httpx.Request:
    """Create the httpx request for one attempt."""
    rest = None if seconds_left is None else Until.after(seconds_left)
    most = limits.CONNECT_SECONDS
    connect = rest if rest is not None and rest < most else Until.after(most)
    return httpx.Request(
        prepared.method,
        _parse(prepared.url),
        headers=prepared.headers(wall_time),
        stream=httpx.ByteStream(prepared.body or b"") if prepared.payload is None else _Files(prepared.payload),
        extensions={"timeout": {"connect": connect, "read": rest, "write": rest, "pool": rest}},
    )


class _Files(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is read from files while it is sent."""

    def __init__(self, payload: OpenPayload) -> None:
        self._payload = payload

    def __iter__(self) -> Iterator[bytes]:
        return self._payload.chunks()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return in_threads(self._payload.chunks())


@lru_cache(maxsize=512)
def _parse(url: str) -> httpx.URL:
    return httpx.URL(url)


def refusal_of_loop(error: RuntimeError) -> RuntimeError | None:
    """Explain a transport that belongs to another event loop. None if the error has another reason."""
    if "loop" not in str(error):
        return None
    return RuntimeError(
        f"The transport of this client belongs to another event loop ({str(error).rstrip('.')}). Create a client "
        "with its own transport in each event loop, or omit transport: the SDK's own connections can be used in "
        "several loops."
    )


def is_file_error(error: BaseException) -> bool:
    """Whether an `OSError` is about a file instead of the network."""
    return isinstance(error, OSError) and error.filename is not None


def failure_of(error: BaseException) -> Failure:
    """Convert an httpx exception to a `Failure`.

    Raises:
        OSError: If the exception is about a file, it is raised again.
    """
    if is_file_error(error):
        raise error
    if isinstance(error, SetupError):
        return Failure(f"Could not connect to {API_HOST}: {error}", sent=False, hopeless=True)
    if isinstance(error, httpx.ConnectTimeout):
        return Failure(f"Could not connect to {API_HOST}: it did not answer in time", sent=False, timeout=True)
    if isinstance(error, httpx.PoolTimeout):
        return Failure("No connection of the pool became free in time", sent=False, timeout=True)
    if isinstance(error, httpx.ConnectError):
        return Failure(f"Could not connect to {API_HOST}: {_reason(error)}", sent=False, unreachable=True)
    if isinstance(error, httpx.ProxyError):
        return Failure(f"The proxy did not connect to {API_HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.TimeoutException):
        return Failure(f"{API_HOST} did not answer in time", sent=True, timeout=True)
    if isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol)):
        # The text is omitted, because it may quote a header.
        return Failure(f"The request could not be sent ({type(error).__name__})", sent=True, hopeless=True)
    return Failure(f"The connection to {API_HOST} broke: {_reason(error)}", sent=True)


def _reason(error: BaseException) -> str:
    """The text of the innermost exception. The outer exceptions say only that all attempts failed."""
    text = str(error) or type(error).__name__
    inner: BaseException | None = error
    for _ in range(10):
        if inner is None:
            break
        if isinstance(inner, OSError) and inner.errno is not None:
            text = str(inner)
        inner = inner.__cause__ or (None if inner.__suppress_context__ else inner.__context__)
    return with_remedy(text)
