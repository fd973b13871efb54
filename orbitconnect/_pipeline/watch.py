"""Report a call to observers and the log. Without observers and logging, a call has no `Watch`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from orbitconnect_api.operations import REQUEST_ID_HEADER
from orbitconnect_api.types import Operation

from ..observers import AttemptEnded, CallEnded, CallStarted, FailureKind, Observer
from .api_host import API_HOST
from .clock import Clock
from .outcome import Answer, Failure
from .redact import Redactor
from .settings import HeaderPairs, check_extra_headers

LOG: Final = logging.getLogger("orbitconnect")


def begin_watch(operation: Operation, observers: Sequence[Observer], clock: Clock) -> Watch | None:
    """Start the report of a call. None if there is no observer and the log level is above INFO."""
    if observers or LOG.isEnabledFor(logging.INFO):
        return Watch(operation, observers, clock)
    return None


class Watch:
    """The report of one call."""

    __slots__ = (
        "_attempt",
        "_attempt_began",
        "_began",
        "_call",
        "_clock",
        "_in_attempt",
        "_observers",
        "_request_id",
        "_status",
    )

    def __init__(self, operation: Operation, observers: Sequence[Observer], clock: Clock) -> None:
        self._call: CallStarted = CallStarted(operation.id, operation.tag, operation.method, operation.path, API_HOST)
        self._observers = observers
        self._clock = clock
        self._attempt = 0
        self._in_attempt = False
        self._status: int | None = None
        self._request_id: str | None = None
        self._began = self._attempt_began = clock.monotonic()
        self._tell("call_started")

    def attempt(self) -> HeaderPairs:
        """Report the start of an attempt, and return the headers that observers add to it."""
        self._attempt += 1
        self._in_attempt = True
        self._status = self._request_id = None
        self._attempt_began = self._clock.monotonic()
        headers: dict[str, str] = {}
        for observer in self._observers:
            try:
                headers |= check_extra_headers(observer.attempt_started(self._call, self._attempt) or {})
            except Exception as error:  # noqa: BLE001  # An observer's error must not end the call.
                _log_flaw(observer, error)
        return tuple((name.encode(), value.encode()) for name, value in headers.items())

    def outcome(self, outcome: Answer | Failure, retry_in: float | None, redactor: Redactor) -> None:
        """Report the outcome of an attempt."""
        failure: FailureKind | None = None
        if isinstance(outcome, Answer):
            self._status = outcome.status
            request_id = outcome.headers.get(REQUEST_ID_HEADER)
            self._request_id = None if request_id is None else redactor.text(request_id)
            if outcome.flaw:
                failure = "unreadable"
        else:
            failure = "timeout" if outcome.timeout else "connection_failed"
        self._end_attempt(failure, retry_in)

    def end(self, error: BaseException | None) -> None:
        """Report that the call has ended."""
        if self._in_attempt:
            self._end_attempt("interrupted", None)
        end: CallEnded = CallEnded(
            self._attempt, self._clock.monotonic() - self._began, self._status, self._request_id, error
        )
        self._log_end(end)
        self._tell("call_ended", end)

    def _end_attempt(self, failure: FailureKind | None, retry_in: float | None) -> None:
        seconds = self._clock.monotonic() - self._attempt_began
        self._in_attempt = False
        attempt: AttemptEnded = AttemptEnded(self._attempt, self._status, failure, seconds, self._request_id, retry_in)
        self._log_attempt(attempt)
        self._tell("attempt_ended", attempt)

    def _tell(self, method: str, *arguments: object) -> None:
        for observer in self._observers:
            try:
                getattr(observer, method)(self._call, *arguments)
            except Exception as error:  # noqa: BLE001  # As above.
                _log_flaw(observer, error)

    def _log_attempt(self, attempt: AttemptEnded) -> None:
        level = logging.DEBUG if attempt.retry_in is None else logging.INFO
        if not LOG.isEnabledFor(level):
            return
        call = self._call
        came = attempt.failure if attempt.status is None else f"HTTP {attempt.status}"
        if attempt.status is not None and attempt.failure is not None:
            came = f"{came} ({attempt.failure})"
        again = "" if attempt.retry_in is None else f", trying again in {attempt.retry_in:.2f} s"
        LOG.log(
            level,
            "%s %s %s: %s in %.0f ms (attempt %d%s)%s",
            call.operation,
            call.method,
            call.route,
            came,
            attempt.seconds * 1000,
            attempt.number,
            _quoted(attempt.request_id),
            again,
            extra={
                "orbit_operation": call.operation,
                "orbit_attempt": attempt.number,
                "orbit_status": attempt.status,
                "orbit_failure": attempt.failure,
                "orbit_seconds": attempt.seconds,
                "orbit_request_id": attempt.request_id,
                "orbit_retry_in": attempt.retry_in,
            },
        )

    def _log_end(self, end: CallEnded) -> None:
        level = logging.DEBUG if end.error is None else logging.INFO
        if not LOG.isEnabledFor(level):
            return
        came = "succeeded" if end.error is None else f"failed with {type(end.error).__name__}"
        LOG.log(
            level,
            "%s %s after %d attempt%s in %.0f ms%s",
            self._call.operation,
            came,
            end.attempts,
            "" if end.attempts == 1 else "s",
            end.seconds * 1000,
            f" (status {end.status}{_quoted(end.request_id)})" if end.status is not None else "",
            extra={
                "orbit_operation": self._call.operation,
                "orbit_attempts": end.attempts,
                "orbit_status": end.status,
                "orbit_seconds": end.seconds,
                "orbit_request_id": end.request_id,
            },
        )


def _quoted(request_id: str | None) -> str:
    """Quote the request id. It comes from the server and must not be able to forge a log line."""
    return "" if request_id is None else f", request id {request_id[:100]!r}"


def _log_flaw(observer: object, error: Exception) -> None:
    # The traceback may contain the observer's data, but this is the user's own data and helps to find the cause.
    LOG.warning("The observer %s raised an exception.", type(observer).__name__, exc_info=error)
