"""The emulator's request and response, without any I/O. Every way to reach the emulator uses these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from orbitconnect_api.operations import BASE_URL
from orbitconnect_api.types import SafeRepr

from .._pipeline.json_writer import write_json
from .faults import Fault
from .json_text import Json

BASE_PATH: Final = urlsplit(BASE_URL).path.rstrip("/")
API_ORIGIN: Final = BASE_URL.removesuffix(BASE_PATH)
MAX_BODY: Final = 8 * 1024 * 1024
"""The largest request body of an operation, in bytes. Files have limits of their own."""


@frozen(repr=False)
class EmulatorRequest(SafeRepr):
    """A request to the emulator."""

    method: str
    path: str
    """The path below the base URL, percent-encoded; empty if the request is not below the base URL."""
    query: str = ""
    """The encoded query, without the question mark."""
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    """The headers; their names are in lower case."""
    body: bytes = field(default=b"", repr=False)
    target: str = field(default="", repr=False)
    """The whole path and query as received, including the base URL's path. It can contain a signature."""
    stream: Iterable[bytes] | None = field(default=None, repr=False)
    """The body in chunks, instead of `body`."""
    origin: str = API_ORIGIN
    """The scheme, host and port that the caller used. File URLs begin with it."""


@frozen(repr=False)
class EmulatorResponse(SafeRepr):
    """A response from the emulator."""

    status: int
    """The HTTP status; 0 if the client must not receive a response."""
    headers: Mapping[str, str]
    """The headers; their names are in lower case."""
    body: bytes = field(default=b"", repr=False)
    fault: Fault | None = None
    """The scripted fault that the transport or the server has to apply to the response."""
    stream: Iterable[bytes] | None = field(default=None, repr=False)
    """The body in chunks, instead of `body`. The header `content-length` contains its size."""


class CallerStream:
    """A request's body in chunks. Keeps the exception if the caller's stream fails."""

    __slots__ = ("_stream", "error")

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream
        self.error: Exception | None = None

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except Exception as error:
            self.error = error
            raise


def with_whole_body(request: EmulatorRequest) -> EmulatorRequest:
    """Read a request's stream into `body`, up to one byte more than `MAX_BODY`."""
    body = bytearray()
    for chunk in request.stream or ():
        body += chunk[: MAX_BODY + 1 - len(body)]
        if len(body) > MAX_BODY:
            break
    return evolve(request, body=bytes(body), stream=None)


def split_target(target: str) -> tuple[str, str]:
    """Split a request target, such as `/api/v1/app-users?active=true`.

    Returns:
        The path and the query of an `EmulatorRequest`.
    """
    path, _, query = target.partition("?")
    return (path[len(BASE_PATH) :] if path.startswith(BASE_PATH + "/") else ""), query


def json_response(status: int, value: Json, headers: Mapping[str, str]) -> EmulatorResponse:
    """Create a response with a JSON body."""
    return encoded_response(status, write_json(value), headers)


def encoded_response(status: int, body: bytes, headers: Mapping[str, str]) -> EmulatorResponse:
    """Create a response whose JSON body is already encoded."""
    response_headers = {"content-type": "application/json", "content-length": str(len(body)), **headers}
    return EmulatorResponse(status, response_headers, body)
