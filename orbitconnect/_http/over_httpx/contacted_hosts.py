"""Determine which hosts httpcore is about to contact for a request.

Mocks such as respx and pytest-httpx replace methods of httpx and httpcore, and answer requests without contacting a
host. Therefore, the hosts are read from httpcore's `trace` extension, which is below the mocks. httpcore calls it
before it opens a connection, and before it sends a request over an existing connection. Transports that never open a
connection, such as `httpx.MockTransport`, never call it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

Hosts = Callable[[str, Mapping[str, Any]], Iterable[str]]
"""A function that returns the hosts named by an httpcore event and its details."""

_OWN_METHODS: Final = ("handle_request", "handle_async_request")


def hosts_for(request: httpx.Request, transport: object) -> Hosts:
    """Return the function that reads the hosts from httpcore's events.

    httpx's own transport sends a request to the host of its URL, directly or through a proxy. Any other transport may
    send it elsewhere, such as to a staging server, and only httpcore knows where.
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
    # Exclude events of responses: an exception there would prevent httpcore from closing its connection.
    return event.endswith(".started") and "response" not in event


def _named_hosts(info: Mapping[str, Any]) -> Iterator[str]:
    """Yield the hosts in an event: of a connection, of a request, and of a proxy's target."""
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
