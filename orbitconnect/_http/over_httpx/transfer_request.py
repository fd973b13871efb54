"""The parts of transfers that depend on httpx: requests with streamed bodies, and their failures.

An API call has one time limit for the whole call. A transfer may take hours, so its requests have a time limit for each
read and write instead.
"""

from __future__ import annotations

from typing import Final

import httpx
from httpx import AsyncByteStream, SyncByteStream

from ..._pipeline.api_host import API_HOST
from ..._pipeline.outcome import Failure
from ..._pipeline.settings import HeaderPairs
from ..._transfers.signed_url import SignedUrl, UnsafeTarget
from ..deadline import Until
from ..limits import CONNECT_SECONDS
from .translate import TRANSPORT_ERRORS, failure_of

__all__ = [
    "TRANSPORT_ERRORS",
    "AsyncByteStream",
    "SyncByteStream",
    "transfer_failure",
    "transfer_request",
]

_OWN_HEADERS: Final = ((b"accept", b"*/*"), (b"accept-encoding", b"identity"))


def transfer_request(
    method: str,
    url: SignedUrl,
    headers: HeaderPairs,
    stream: AsyncByteStream | SyncByteStream | None,
    length: int | None,
    idle_seconds: float,
) -> httpx.Request:
    """Create a request to a signed URL. It contains no secret key, user id or request signature.

    Raises:
        UnsafeTarget: If httpx cannot read the URL.
    """
    target = _parse(url)
    if target is None:
        raise UnsafeTarget("its host is invalid")
    sized = () if length is None else ((b"content-length", b"%d" % length),)
    timeout = {"read": idle_seconds, "write": idle_seconds, "pool": idle_seconds}
    return httpx.Request(
        method,
        target,
        headers=[(b"host", target.netloc), *_OWN_HEADERS, *headers, *sized],
        stream=httpx.ByteStream(b"") if stream is None else stream,
        extensions={"timeout": {**timeout, "connect": Until.after(min(CONNECT_SECONDS, idle_seconds))}},
    )


def _parse(url: SignedUrl) -> httpx.URL | None:
    try:
        return httpx.URL(url.reveal())
    except httpx.InvalidURL:
        return None


def transfer_failure(error: BaseException, url: SignedUrl) -> Failure:
    """Convert an httpx exception to a `Failure`."""
    failure = failure_of(error)
    # The text names the API's host, but this request went to another host.
    return failure._replace(text=url.scrub(failure.text.replace(API_HOST, url.host)))
