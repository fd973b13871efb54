"""The bytes of a request, and the server that they are sent to. No I/O."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from ..._pipeline.prepare import Prepared
from ..proxy import DEFAULT_PORTS


class RequestFlaw(Exception):
    """The request cannot be sent as HTTP. The message does not quote it, because it contains the key."""


class Origin(NamedTuple):
    """The server of a URL."""

    scheme: str
    host: str
    port: int


@lru_cache(maxsize=8)
def _origin(scheme: str, authority: str) -> Origin:
    parts = urlsplit(f"{scheme}://{authority}")
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode()
    return Origin(scheme, host, parts.port or DEFAULT_PORTS[scheme])


def request_of(prepared: Prepared, wall_time: float) -> tuple[Origin, bytes]:
    """Return the server and the head of an attempt's request.

    Args:
        prepared: The request.
        wall_time: The time to sign, in seconds since 1970.

    Raises:
        RequestFlaw: If the URL or a header contains characters that would end it early.
    """
    scheme, _, rest = prepared.url.partition("://")
    authority, _, path = rest.partition("/")
    origin = _origin(scheme, authority)
    lines = [b"%s: %s\r\n" % header for header in prepared.headers(wall_time)]  # Includes the header `Host`.
    target = f"/{path}"
    head = b"%s %s HTTP/1.1\r\n%s\r\n" % (prepared.method.encode(), target.encode(), b"".join(lines))
    # The pipeline has checked all values. This check only guards against a mistake there: no value may add a line.
    ends = len(lines) + 2
    if head.count(b"\n") != ends or head.count(b"\r") != ends or " " in target or not target.isascii():
        raise RequestFlaw
    return origin, head
