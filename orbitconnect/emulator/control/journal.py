"""The journal: the latest requests and their responses, to find out why a test failed. Secrets are masked."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from itertools import count
from typing import Final, NamedTuple

from attrs import field, frozen

from orbitconnect_api import operations
from orbitconnect_api.types import Operation, SafeRepr

from ..clock import from_microseconds
from ..exchange import EmulatorRequest, EmulatorResponse
from ..faults import UNANSWERED, Fault, loses_response
from ..operation_schemas import all_secrets, secrets_of
from ..rules import RULE_HEADER

DEFAULT_SIZE: Final = 1000
"""How many entries are kept. Older ones are discarded."""
EXCERPT: Final = 2000
"""How many bytes of a body are kept, and how many characters of a target or a header value."""

MASK: Final = "***"
_SECRET_HEADERS: Final = frozenset(
    {
        operations.SECRET_KEY_HEADER,
        operations.SIGNATURE_HEADER,
        "authorization",
        "cookie",
        "proxy-authorization",
    }
)
_TEXT_TYPES: Final = ("application/json", "application/problem+json", "application/x-www-form-urlencoded", "text/")
# The signature of an upload or download URL, and secrets that a caller has put into a query by mistake.
_SECRET_QUERY: Final = re.compile(r"((?:^|[?&])(?:signature|token|key|secret)=)[^&]*", re.IGNORECASE)
_SECRET_VALUE: Final = rb'\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|(?!null\b)[^\s",}\]]+)'


@frozen(kw_only=True, repr=False)
class Entry(SafeRepr):
    """A request and its response."""

    number: int
    """The request's number, counted from 1 over all requests, including those that are no longer kept."""
    at: datetime
    """The emulator's time."""
    method: str
    path: str
    """The path below the base URL; the whole path if the request is not below the base URL."""
    query: str
    """The encoded query."""
    operation: str | None
    """The id of the operation, such as `sendMessage`; None if the request has no operation."""
    actor: str | None
    """The id of the acting user that the request named."""
    status: int
    """The status that the client received; 0 if it received no status."""
    rule: str | None
    """The rule that refused the request, and whether the rule is documented or inferred, such as `limits; inferred`."""
    fault: Fault | None
    """The scripted fault that was applied."""
    error: str | None
    """The exception with which the emulator itself failed."""
    request_headers: Mapping[str, str] = field(repr=False)
    request_body: str = field(repr=False)
    """The first 2000 bytes of the body, with secrets masked. For a body that is not text, only its size."""
    response_headers: Mapping[str, str] = field(repr=False)
    response_body: str = field(repr=False)
    """The first 2000 bytes of the body, with secrets masked. For a body that is not text, only its size. Contains the
    body that the emulator created, even if a fault prevented the client from receiving it."""
    seconds: float = field(repr=False)
    """How long the emulator took, in seconds of real time."""


class _Record(NamedTuple):
    """What the journal stores for a request, in as few objects as possible: an `Entry` is created only when read."""

    number: int
    now: int
    method: str
    path: str
    query: str
    operation: Operation | None
    status: int
    fault: Fault | None
    error: str | None
    header_lines: str
    """The headers of the request and the response, one per line."""
    request_headers: int
    """How many of the lines belong to the request."""
    request_body: bytes
    request_size: int
    response_body: bytes
    response_size: int
    nanoseconds: int


class Journal:
    """The latest requests and their responses."""

    def __init__(self, size: int = DEFAULT_SIZE) -> None:
        """Create an empty journal.

        Args:
            size: How many entries to keep. 0 keeps none.
        """
        self._records: deque[_Record] = deque(maxlen=size)
        self._number = count(1)

    def __len__(self) -> int:
        return len(self._records)

    @property
    def entries(self) -> list[Entry]:
        """All entries that are kept, oldest first."""
        return [_entry(record) for record in tuple(self._records)]

    def find(
        self,
        *,
        operation: Operation | str | None = None,
        status: int | None = None,
        path: str | None = None,
        actor: str | None = None,
    ) -> list[Entry]:
        """Find the entries that match all given arguments, oldest first.

        Args:
            operation: The operation or its id.
            status: The response's status; 0 finds requests whose client received no status.
            path: The path below the base URL. With a `*` at the end, matches the beginning of the path.
            actor: The id of the acting user.
        """
        name = operation.id if isinstance(operation, Operation) else operation
        return [
            entry
            for entry in self.entries
            if (name is None or entry.operation == name)
            and (status is None or entry.status == status)
            and (path is None or _fits(entry.path, path))
            and (actor is None or entry.actor == actor)
        ]

    def clear(self) -> None:
        """Discard all entries. The numbers continue."""
        self._records.clear()

    def add(
        self,
        request: EmulatorRequest,
        response: EmulatorResponse | None,
        operation: Operation | None,
        now: int,
        nanoseconds: int,
        error: str | None = None,
    ) -> None:
        """Record a request. Secrets are masked and long texts are truncated before anything is stored."""
        lines = [f"{n}:{MASK if n in _SECRET_HEADERS else v[:EXCERPT]}" for n, v in request.headers.items()]
        request_headers, status, fault, response_body = len(lines), 500, None, b""
        if response is not None:
            status, fault, response_body = response.status, response.fault, response.body
            lines += [f"{name}:{value}" for name, value in response.headers.items()]
        secrets = _secrets_pattern(None if operation is None else operation.id)
        self._records.append(
            _Record(
                next(self._number),
                now,
                request.method,
                shown_target(request.path or request.target),
                shown_target(request.query),
                operation,
                status,
                fault,
                error,
                "\n".join(lines),
                request_headers,
                _excerpt(request.body, secrets),
                len(request.body),
                _excerpt(response_body, secrets),
                len(response_body),
                nanoseconds,
            )
        )


def _entry(record: _Record) -> Entry:
    lines = record.header_lines.split("\n")
    request_lines = record.request_headers
    request_headers, response_headers = _headers(lines[:request_lines]), _headers(lines[request_lines:])
    path, _, own_query = record.path.partition("?")
    fault = record.fault
    return Entry(
        number=record.number,
        at=from_microseconds(record.now),
        method=record.method,
        path=path,
        query=record.query or own_query,
        operation=None if record.operation is None else record.operation.id,
        actor=request_headers.get(operations.ACTING_USER_HEADER),
        status=UNANSWERED if fault is not None and loses_response(fault) else record.status,
        rule=response_headers.get(RULE_HEADER),
        fault=fault,
        error=record.error,
        request_headers=request_headers,
        request_body=_text(record.request_body, record.request_size, request_headers),
        response_headers=response_headers,
        response_body=_text(record.response_body, record.response_size, response_headers),
        seconds=record.nanoseconds / 1e9,
    )


@cache
def _secrets_pattern(operation_id: str | None) -> re.Pattern[bytes] | None:
    """A pattern that finds the operation's secrets in a body; without an operation, the secrets of all operations."""
    names = all_secrets() if operation_id is None else secrets_of(operation_id)
    if not names:
        return None
    return re.compile(rb'("(?:' + "|".join(map(re.escape, sorted(names))).encode() + rb')"' + _SECRET_VALUE)


def _excerpt(body: bytes, secrets: re.Pattern[bytes] | None) -> bytes:
    excerpt = body[:EXCERPT]
    if secrets is None or not excerpt:
        return excerpt
    # A field's name can contain escapes, and the pattern would not find it.
    return MASK.encode() if b"\\u" in excerpt else secrets.sub(rb'\1"***"', excerpt)


def _text(excerpt: bytes, size: int, headers: Mapping[str, str]) -> str:
    kind = headers.get("content-type", "application/json")
    if not size:
        # The body was streamed, so the journal has not seen it.
        length = headers.get("content-length", "0")
        return "" if length == "0" else f"({length} bytes of {kind})"
    if not kind.startswith(_TEXT_TYPES):
        return f"({size} bytes of {kind})"
    text = excerpt.decode(errors="replace")
    return text if size <= EXCERPT else f"{text}… ({size} bytes)"


def shown_target(target: str) -> str:
    """A path or a query, truncated to `EXCERPT` characters and with secrets masked."""
    return _SECRET_QUERY.sub(rf"\1{MASK}", target[:EXCERPT]) if "=" in target else target[:EXCERPT]


def _headers(lines: list[str]) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition(":") for line in lines if line)}


def _fits(path: str, wanted: str) -> bool:
    return path.startswith(wanted[:-1]) if wanted.endswith("*") else path == wanted
