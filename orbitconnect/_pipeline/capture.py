"""Collect the responses of calls in a `with` block.

A block applies to its own context (`contextvars`). Calls made in other threads or tasks are not captured, except
in tasks started inside the block, which inherit its context.
"""

from __future__ import annotations

from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, Final, TypeVar

from orbitconnect_api.operations import REQUEST_ID_HEADER
from orbitconnect_api.types import Response

from .outcome import Answer
from .redact import Redactor

T = TypeVar("T")

_CAPTURES: Final[ContextVar[tuple[ResponseCapture, ...]]] = ContextVar("orbitconnect_captures", default=())


class ResponseCapture:
    """The context manager that `orbit.capture_responses()` returns."""

    __slots__ = ("_is_open", "_responses", "_source", "_token")

    def __init__(self, source: object) -> None:
        self._source = source
        self._is_open = False
        self._responses: list[Response[Any]] = []
        self._token: Token[tuple[ResponseCapture, ...]] | None = None

    def __enter__(self) -> list[Response[Any]]:
        if self._token is not None:
            raise RuntimeError("This capture is in use. Call capture_responses() for each `with` block.")
        self._token = _CAPTURES.set((*_CAPTURES.get(), self))
        self._is_open = True
        return self._responses

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # Ignore later responses: a task that outlives the block has a copy of the context and continues to add them.
        self._is_open = False
        if self._token is not None:
            _CAPTURES.reset(self._token)

    def add(self, source: object, response: Response[Any]) -> None:
        """Store a response if it belongs to this capture's client."""
        if self._is_open and source is self._source:
            self._responses.append(response)


def capture(source: object, answer: Answer, result: object, attempts: int, elapsed: float, redactor: Redactor) -> None:
    """Pass a response to the captures of this context, if there are any."""
    captures = _CAPTURES.get()
    if captures:
        response = response_of(answer, result, attempts, elapsed, redactor)
        for one in captures:
            one.add(source, response)


def response_of(answer: Answer, result: T, attempts: int, elapsed: float, redactor: Redactor) -> Response[T]:
    """Create the response object for a successful call, with the client's secrets masked."""
    headers = redactor.headers(answer.headers)
    return Response(
        answer.status,
        headers,
        redactor.content(answer.body),
        result,
        attempts,
        headers.get(REQUEST_ID_HEADER),
        elapsed,
    )
