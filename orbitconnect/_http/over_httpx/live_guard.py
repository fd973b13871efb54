"""Asks the hook of `orbitconnect._http.live_hook` about requests that go through httpx.

Mocks such as respx and pytest-httpx replace methods of httpx and httpcore. A request that they answer reaches nobody,
so the question must be asked below them. httpcore's `trace` extension is called there: before a connection is opened,
and before a request goes out over one that is kept. Transports that never open a connection, such as
`httpx.MockTransport`, never call it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

_Check = Callable[[str], None]
_Hosts = Callable[[str, Mapping[str, Any]], Iterable[str]]
_OWN_METHODS: Final = ("handle_request", "handle_async_request")


def watch(request: httpx.Request, transport: httpx.BaseTransport, check: _Check) -> None:
    """Has `check` called with the hosts that a synchronous transport is about to reach for this request."""
    hosts = _hosts_for(request, transport)

    def trace(event: str, info: Mapping[str, Any]) -> None:
        try:
            for host in hosts(event, info):
                check(host)
        except BaseException:
            # httpcore would leave the connection to a SOCKS proxy open.
            if (stream := info.get("stream")) is not None:
                stream.close()
            raise

    request.extensions["trace"] = trace


def async_watch(request: httpx.Request, transport: httpx.AsyncBaseTransport, check: _Check) -> None:
    """Has `check` called with the hosts that an asynchronous transport is about to reach for this request."""
    hosts = _hosts_for(request, transport)

    async def trace(event: str, info: Mapping[str, Any]) -> None:
        try:
            for host in hosts(event, info):
                check(host)
        except BaseException:
            # httpcore would leave the connection to a SOCKS proxy open.
            if (stream := info.get("stream")) is not None:
                await stream.aclose()
            raise

    request.extensions["trace"] = trace


def _hosts_for(request: httpx.Request, transport: object) -> _Hosts:
    """Chooses where the hosts are read.

    httpx's own transport sends a request where its URL says, through whatever proxy. Any other transport may lead it
    elsewhere, such as to a staging server, and only httpcore knows where to.
    """
    if not _sends_as_is(transport):
        return lambda event, info: _named_hosts(info) if _is_outgoing(event) else ()
    host = request.url.host
    return lambda event, info: (host,) if _is_outgoing(event) else ()


def _sends_as_is(transport: object) -> bool:
    kind = type(transport)
    return any(
        getattr(kind, name, None) is getattr(base, name)
        for base, name in zip((httpx.HTTPTransport, httpx.AsyncHTTPTransport), _OWN_METHODS, strict=True)
    )


def _is_outgoing(event: str) -> bool:
    # To raise while a response is read or closed would only keep httpcore from closing its connection.
    return event.endswith(".started") and "response" not in event


def _named_hosts(info: Mapping[str, Any]) -> Iterator[str]:
    """Yields the hosts that an event of httpcore names: a connection's, a request's, the target of a proxy."""
    if isinstance(host := info.get("host"), (str, bytes)):
        yield _text(host)
    request = info.get("request")
    if request is None:
        return
    yield _text(request.url.host)
    if request.method == b"CONNECT":
        yield urlsplit(f"//{_text(request.url.target)}").hostname or ""


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
