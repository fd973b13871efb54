"""Observe a client's calls: subclass `Observer` and pass an instance to the client.

    from orbitconnect.observers import AttemptEnded, CallEnded, CallStarted, Observer

    class Metrics(Observer):
        def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
            requests.labels(call.operation, attempt.status or attempt.failure).inc()

        def call_ended(self, call: CallStarted, end: CallEnded) -> None:
            latency.labels(call.operation).observe(end.seconds)

    orbit = OrbitServer(observers=[Metrics()])

Observers run in the thread or task of the call, so they must be fast. If an observer raises an error, the SDK logs it
and continues the call. Observers receive no keys, ids, queries or bodies, with one exception: `CallEnded.error`, whose
`body` and `message` come from the API.

`orbitconnect.otel.OpenTelemetryObserver` creates spans. Logging works without an observer: configure
`logging.getLogger("orbitconnect")`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from orbitconnect_api.types import SafeRepr

__all__ = ["AttemptEnded", "CallEnded", "CallStarted", "FailureKind", "Observer"]

FailureKind = Literal["connection_failed", "timeout", "unreadable", "interrupted"]


@frozen(eq=False, repr=False)
class CallStarted(SafeRepr):
    """The start of a call. All methods receive the same object for one call."""

    operation: str
    """The operation's id in the contract, such as `sendMessage`."""
    namespace: str
    """The namespace, such as `messages`. Empty for a path that is not in the contract."""
    method: str
    """The HTTP method."""
    route: str
    """The path with its parameters in braces, such as `/messages/{message_id}`, for metrics of low cardinality."""
    server: str
    """The API's host."""
    notes: dict[Any, Any] = field(factory=dict[Any, Any], repr=False)
    """Storage for the observers' own data during the call. The SDK does not use it."""


@frozen(repr=False)
class AttemptEnded(SafeRepr):
    """The end of one attempt of a call."""

    number: int
    """The number of the attempt, from 1."""
    status: int | None
    """The HTTP status, or None if there was no response."""
    failure: FailureKind | None
    """Why the attempt got no complete response. None if it got a response, whatever its status."""
    seconds: float
    """How long the attempt took, in seconds."""
    request_id: str | None
    """The API's id of the request, if there is one."""
    retry_in: float | None
    """When the call is retried, in seconds from now. None if it is not retried."""


@frozen(repr=False)
class CallEnded(SafeRepr):
    """The end of a call."""

    attempts: int
    """The number of attempts."""
    seconds: float
    """How long the call took, in seconds, including the time between attempts."""
    status: int | None
    """The HTTP status of the last attempt, or None if there was no response."""
    request_id: str | None
    """The API's id of the last request, if there is one."""
    error: BaseException | None
    """The error that the call raises, or None if it succeeded."""


class Observer:
    """The base class of observers. Override the methods you need; the others do nothing."""

    def call_started(self, call: CallStarted) -> None:
        """Called before the first attempt."""

    def attempt_started(self, call: CallStarted, number: int) -> Mapping[str, str] | None:
        """Called before each attempt.

        Returns:
            Headers to add to the request, such as `traceparent`, or None. They cannot replace the client's own headers.
        """

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        """Called after each attempt."""

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        """Called when the call has succeeded, failed or was cancelled."""
