"""What was asked and answered, for whoever wonders why a test failed. Nothing in it is a secret."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any, Final

from attrs import field, frozen

from orbitconnect_api import operations
from orbitconnect_api.types import Operation, SafeRepr

from ..clock import from_microseconds
from ..exchange import EmulatorRequest, EmulatorResponse
from ..faults import UNANSWERED, Fault, is_answer_lost
from ..operation_schemas import all_secrets, secrets_of
from ..rules import RULE_HEADER

DEFAULT_SIZE: Final = 1000
"""How many entries are kept; the oldest make room."""
EXCERPT: Final = 2000
"""How many bytes of a body are kept, and how many characters of a target and of a header's value."""

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
# The signature of an upload or a download, and whatever else a caller may have put into a query by mistake.
_SECRET_QUERY: Final = re.compile(r"((?:^|[?&])(?:signature|token|key|secret)=)[^&]*", re.IGNORECASE)
_SECRET_VALUE: Final = rb'\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|(?!null\b)[^\s",}\]]+)'


@frozen(kw_only=True, repr=False)
class Entry(SafeRepr):
    """A request and its answer."""

    number: int
    """Counted from 1, over all that ever came, those that are not kept any more included."""
    at: datetime
    """The emulator's time."""
    method: str
    path: str
    """The path below the base URL; for what lies outside of it the whole one."""
    query: str
    operation: str | None
    """The contract's name of the operation; None where the request fits none."""
    actor: str | None
    """The acting user that the request named."""
    status: int
    """The answer's status as the client saw it; 0 where it saw none."""
    rule: str | None
    """The rule that refused the request, and whether it is documented or inferred."""
    fault: Fault | None
    """The scripted fault that befell it."""
    error: str | None
    """The exception that the emulator itself failed with, where it did."""
    request_headers: Mapping[str, str] = field(repr=False)
    request_body: str = field(repr=False)
    """Its beginning, with secrets masked; the size alone where it is no text."""
    response_headers: Mapping[str, str] = field(repr=False)
    response_body: str = field(repr=False)
    """Its beginning, with secrets masked; the size alone where it is no text. What the emulator made, even if the
    client did not get it."""
    seconds: float = field(repr=False)
    """How long the emulator worked on it, in real time."""


class Journal:
    """The latest requests with their answers."""

    def __init__(self, size: int = DEFAULT_SIZE) -> None:
        """Starts empty.

        Args:
            size: How many entries are kept; none with 0.
        """
        self._kept: deque[tuple[Any, ...]] = deque(maxlen=size)
        self._number = count(1)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def entries(self) -> list[Entry]:
        """All that is kept, the oldest first."""
        return [_entry(*kept) for kept in tuple(self._kept)]

    def find(
        self,
        *,
        operation: Operation | str | None = None,
        status: int | None = None,
        path: str | None = None,
        actor: str | None = None,
    ) -> list[Entry]:
        """The entries to which all that is given applies, the oldest first.

        Args:
            operation: The operation, or the contract's name of it.
            status: The answer's status; 0 for requests whose answer no client saw.
            path: The path below the base URL, or its beginning with a `*` at the end.
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
        """Forgets all entries. The numbers go on."""
        self._kept.clear()

    def add(
        self,
        request: EmulatorRequest,
        response: EmulatorResponse | None,
        operation: Operation | None,
        now: int,
        nanoseconds: int,
        error: str | None = None,
    ) -> None:
        """Writes down a request. What is secret, and what is too long, is left out before anything is kept."""
        # As text, and in one piece: a thousand entries of many objects would slow every request down.
        lines = [f"{n}:{MASK if n in _SECRET_HEADERS else v[:EXCERPT]}" for n, v in request.headers.items()]
        sent, status, fault, answer = len(lines), 500, None, b""
        if response is not None:
            status, fault, answer = response.status, response.fault, response.body
            lines += [f"{name}:{value}" for name, value in response.headers.items()]
        body, values = request.body, _secret_values(None if operation is None else operation.id)
        path, query = request.path or request.target, request.query
        self._kept.append(
            (
                *(
                    next(self._number),
                    now,
                    request.method,
                    shown_target(path),
                    shown_target(query),
                    operation,
                    status,
                    fault,
                    error,
                ),
                *("\n".join(lines), sent, nanoseconds),
                *(_excerpt(body, values), len(body), _excerpt(answer, values), len(answer)),
            )
        )


def _entry(
    number: int,
    now: int,
    method: str,
    path: str,
    query: str,
    operation: Operation | None,
    status: int,
    fault: Fault | None,
    error: str | None,
    header_lines: str,
    headers_of_request: int,
    nanoseconds: int,
    body: bytes,
    size: int,
    answer: bytes,
    answer_size: int,
) -> Entry:
    lines = header_lines.split("\n")
    headers, answer_headers = _headers(lines[:headers_of_request]), _headers(lines[headers_of_request:])
    path, _, own_query = path.partition("?")
    return Entry(
        number=number,
        at=from_microseconds(now),
        method=method,
        path=path,
        query=query or own_query,
        operation=None if operation is None else operation.id,
        actor=headers.get(operations.ACTING_USER_HEADER),
        status=UNANSWERED if fault is not None and is_answer_lost(fault) else status,
        rule=answer_headers.get(RULE_HEADER),
        fault=fault,
        error=error,
        request_headers=headers,
        request_body=_text(body, size, headers),
        response_headers=answer_headers,
        response_body=_text(answer, answer_size, answer_headers),
        seconds=nanoseconds / 1e9,
    )


@cache
def _secret_values(operation_id: str | None) -> re.Pattern[bytes] | None:
    """What finds the secrets in a body: the contract's for the operation, or all of them where there is none."""
    names = all_secrets() if operation_id is None else secrets_of(operation_id)
    if not names:
        return None
    return re.compile(rb'("(?:' + "|".join(map(re.escape, sorted(names))).encode() + rb')"' + _SECRET_VALUE)


def _excerpt(body: bytes, secrets: re.Pattern[bytes] | None) -> bytes:
    kept = body[:EXCERPT]
    if secrets is None or not kept:
        return kept
    # A name can be written with escapes, and nothing would find it.
    return MASK.encode() if b"\\u" in kept else secrets.sub(rb'\1"***"', kept)


def _text(excerpt: bytes, size: int, headers: Mapping[str, str]) -> str:
    kind = headers.get("content-type", "application/json")
    if not size:
        # What is handed on as a stream has passed without being looked at.
        length = headers.get("content-length", "0")
        return "" if length == "0" else f"({length} bytes of {kind})"
    if not kind.startswith(_TEXT_TYPES):
        return f"({size} bytes of {kind})"
    text = excerpt.decode(errors="replace")
    return text if size <= EXCERPT else f"{text}… ({size} bytes)"


def shown_target(target: str) -> str:
    """A path or a query, shortened and without secrets."""
    return _SECRET_QUERY.sub(rf"\1{MASK}", target[:EXCERPT]) if "=" in target else target[:EXCERPT]


def _headers(lines: list[str]) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition(":") for line in lines if line)}


def _fits(path: str, wanted: str) -> bool:
    return path.startswith(wanted[:-1]) if wanted.endswith("*") else path == wanted
