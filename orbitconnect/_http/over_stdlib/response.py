"""Read a response: check its head, and let `http.client` read the body.

`HTTPResponse.begin` is not used. It parses the head with the parser for e-mails, which rejects nothing and takes a
quarter of a call's processor time. A response whose length could be read in two ways is either rejected, or the
connection is not used again.
"""

from __future__ import annotations

import re
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from typing import Any, Final, NamedTuple

from ..._pipeline.body import Body, BodyFlaw
from ..._pipeline.clock import Clock
from ..._pipeline.outcome import Answer
from ..headers import joined, states_more
from .incoming import Incoming, ResponseFlaw

_LINE: Final = rb"[^\x00-\x08\x0a-\x1f\x7f]*\r?\n"
_HEAD: Final = re.compile(
    rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: " + _LINE + rb"|\r?\n)"
    rb"((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:" + _LINE + rb")*)\r?\n"
)
_FIELD: Final = re.compile(r"([^:]+):([^\n]*)\n")
"""A line of a head that was checked with `_HEAD`."""
_FOLD: Final = re.compile(rb"\r?\n[ \t]+")
_LENGTH: Final = re.compile(r"[0-9]{1,20}")
_WITHOUT_BODY: Final = (204, 304)
_INTERIM_BYTES: Final = 1024 * 1024
"""The maximum size of all responses such as `100 Continue` before the final one."""
_PIECE: Final = 256 * 1024


class _Head(NamedTuple):
    version: bytes
    """The digit after `HTTP/1.`."""
    status: int
    headers: dict[str, str]


class Response:
    """A response whose head was read."""

    def __init__(self, incoming: Incoming) -> None:
        """Read the head.

        Raises:
            ResponseFlaw: If it is not a valid HTTP response, or its length cannot be determined.
            OSError: If the connection breaks.
        """
        self._incoming = incoming
        self._head = _final_head(incoming)
        headers = self._head.headers
        self._is_chunked = _is_chunked(headers)
        length = _length(headers)  # It is checked even if the chunks have precedence.
        self._length = None if self._is_chunked else length
        self._is_complete = False

    @property
    def leaves_connection_usable(self) -> bool:
        """Whether the response was read completely, and the connection can be used for another request."""
        version, status, headers = self._head
        stated = headers.get("content-length")
        # Several statements about the length can be an attack on a proxy, even if they agree or one has precedence.
        is_clear = (stated is None or not (self._is_chunked or "," in stated)) and not states_more(status, headers)
        has_end = self._is_chunked or stated is not None or status in _WITHOUT_BODY
        return (
            self._is_complete
            and is_clear
            and has_end
            and version == b"1"
            and "close" not in headers.get("connection", "").lower()
            and not self._incoming.has_more
        )

    def answer(self, ends: float | None, clock: Clock) -> Answer:
        """Read the body, and decode it.

        Raises:
            TimeoutError: If the body is not complete when the clock reads `ends`.
        """
        _, status, headers = self._head
        body = Body(headers.get("content-encoding"))
        flaw, cut_short = "", False
        try:
            if status not in _WITHOUT_BODY:
                self._feed(body, ends, clock)
            self._is_complete = True
            content = body.finish()
        except BodyFlaw as error:
            flaw, content = str(error), body.so_far
        except TimeoutError:
            raise
        except (HTTPException, ResponseFlaw, OSError):
            flaw, cut_short, content = "it is incomplete", True, body.so_far
        return Answer(status, headers, content, flaw, cut_short)

    def _feed(self, body: Body, ends: float | None, clock: Clock) -> None:
        # Python would close the reader, too, but it ignores exceptions that occur then, such as KeyboardInterrupt.
        with closing(_body_reader(self._incoming, self._length, self._is_chunked)) as reader:
            while piece := reader.read1(_PIECE):
                body.feed(piece)
                while body.has_more and (ends is None or clock.monotonic() <= ends):
                    clock.sleep(0)
                    body.feed(b"")
                if ends is not None and clock.monotonic() > ends:
                    raise TimeoutError
            if reader.length:
                raise ResponseFlaw("the connection ended before the body")


class _Opened:
    """Stands in for the socket from which `http.client` reads."""

    __slots__ = ("_incoming",)

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming

    def makefile(self, mode: str) -> Incoming:
        return self._incoming


def _body_reader(incoming: Incoming, length: int | None, is_chunked: bool) -> HTTPResponse:
    """Return `http.client`'s response with the attributes that `begin` would set for this body."""
    opened: Any = _Opened(incoming)  # `http.client` needs only `makefile`.
    reader = HTTPResponse(opened)
    reader.chunked = is_chunked
    reader.chunk_left = None
    reader.length = length
    return reader


def _final_head(incoming: Incoming) -> _Head:
    """Read the head of the final response, and skip interim responses such as `100 Continue`."""
    left = _INTERIM_BYTES
    while left > 0:
        head = incoming.head()
        if b"\n " in head or b"\n\t" in head:
            first, _, rest = head.partition(b"\n")
            head = first + b"\n" + _FOLD.sub(b" ", rest)  # As RFC 9112, section 5.2, requires of clients.
        valid = _HEAD.fullmatch(head)
        if valid is None:
            raise ResponseFlaw("the response is not HTTP")
        status = int(valid[2])
        if status == 101:
            raise ResponseFlaw("the server switched the protocol without being asked")
        if status >= 200:
            return _Head(valid[1], status, _fields(valid[3]))
        left -= len(head)
    raise ResponseFlaw("there are too many interim responses")


def _fields(lines: bytes) -> dict[str, str]:
    try:
        decoded = lines.decode()
    except UnicodeDecodeError:
        decoded = lines.decode("latin-1")
    return joined((name, value.strip(" \t\r")) for name, value in _FIELD.findall(decoded))


def _is_chunked(headers: dict[str, str]) -> bool:
    coding = headers.get("transfer-encoding")
    if coding is not None and coding.lower() != "chunked":
        raise ResponseFlaw("the transfer encoding is unknown")
    return coding is not None


def _length(headers: dict[str, str]) -> int | None:
    value = headers.get("content-length")
    if value is None:
        return None
    values = {each.strip(" \t") for each in value.split(",")}
    length = values.pop()
    if values or not _LENGTH.fullmatch(length):
        raise ResponseFlaw("the length of the body is malformed")
    return int(length)
