"""A request and its answer, without any I/O: what every way to reach the emulator comes down to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from orbitconnect_api.operations import BASE_URL
from orbitconnect_api.types import SafeRepr

from .._later import Later

if TYPE_CHECKING:
    from .control import faults
else:
    faults = Later(".control.faults", __package__)

BASE_PATH: Final = urlsplit(BASE_URL).path.rstrip("/")
API_ORIGIN: Final = BASE_URL.removesuffix(BASE_PATH)
MAX_BODY: Final = 8 * 1024 * 1024
"""The most bytes of an operation's body. Files are larger, and go another way."""

# Made once: `json.dumps` would make a new one for every answer.
encode_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@frozen(repr=False)
class Request(SafeRepr):
    """What came in."""

    method: str
    path: str
    """The path below that of the base URL, still percent-encoded; empty where the request lies outside of it."""
    query: str = ""
    """The encoded query, without the question mark."""
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    """The headers, their names in lower case."""
    body: bytes = field(default=b"", repr=False)
    target: str = field(default="", repr=False)
    """All of path and query as they came, whether within the base URL or not; it can hold a signature."""
    stream: Iterable[bytes] | None = field(default=None, repr=False)
    """The body in place of `body`, where it is handed over as it comes."""
    origin: str = API_ORIGIN
    """The scheme, host and port by which the emulator is reached: what its URLs of files begin with."""


@frozen(repr=False)
class Response(SafeRepr):
    """What goes out."""

    status: int
    headers: Mapping[str, str]
    """The headers, their names in lower case."""
    body: bytes = field(default=b"", repr=False)
    fault: faults.Fault | None = None
    """What whoever hands the answer over has to do to it; the status is 0 where there is none to hand over."""
    stream: Iterable[bytes] | None = field(default=None, repr=False)
    """The body in place of `body`, where it is read as it is handed over; `content-length` says how long it is."""


class GivenStream:
    """A request's body that remembers the error with which the caller's stream broke off."""

    __slots__ = ("_stream", "error")

    def __init__(self, stream: Iterable[bytes]) -> None:
        """Reads nothing yet."""
        self._stream = stream
        self.error: Exception | None = None

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except Exception as error:
            self.error = error
            raise


def gathered(request: Request) -> Request:
    """A request with its body in one piece. Of one that is too large there is just so much that this can be seen."""
    body = bytearray()
    for chunk in request.stream or ():
        body += chunk[: MAX_BODY + 1 - len(body)]
        if len(body) > MAX_BODY:
            break
    return evolve(request, body=bytes(body), stream=None)


def split_target(target: str) -> tuple[str, str]:
    """Divides a request target, such as `/api/v1/app-users?active=true`.

    Returns:
        The path and the query as a `Request` has them.
    """
    path, _, query = target.partition("?")
    return (path[len(BASE_PATH) :] if path.startswith(BASE_PATH + "/") else ""), query


def json_response(status: int, value: Any, headers: Mapping[str, str]) -> Response:
    """An answer that carries JSON."""
    return encoded_response(status, encode_json(value).encode(), headers)


def encoded_response(status: int, body: bytes, headers: Mapping[str, str]) -> Response:
    """An answer that carries JSON which is encoded already."""
    return Response(status, {"content-type": "application/json", "content-length": str(len(body)), **headers}, body)
