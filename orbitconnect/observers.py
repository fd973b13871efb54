"""To see what a client does: subclass `Observer`, and give the client an instance.

    from orbitconnect.observers import AttemptEnded, CallEnded, CallStarted, Observer

    class Metrics(Observer):
        def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
            requests.labels(call.operation, attempt.status or attempt.failure).inc()

        def call_ended(self, call: CallStarted, end: CallEnded) -> None:
            latency.labels(call.operation).observe(end.seconds)

    orbit = OrbitServer(observers=[Metrics()])

Observers are called in the thread or task of the call, so they have to be quick. What one raises is logged and does not
disturb the call. None of what they are told holds a key, an id, a query or a body, but for `CallEnded.error`, whose
`body` and `message` are the API's words.

`orbitconnect.otel.OpenTelemetryObserver` makes spans. The log, `logging.getLogger("orbitconnect")`, needs no observer.
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
    """A call that begins. All methods are given the same object for one call."""

    operation: str
    """The contract's name of the operation, such as `sendMessage`."""
    namespace: str
    """Such as `messages`; empty for a path that the contract does not know."""
    method: str
    """The HTTP method."""
    route: str
    """The path with its parameters in braces, such as `/messages/{message_id}`: of low cardinality."""
    server: str
    """The API's host."""
    notes: dict[Any, Any] = field(factory=dict[Any, Any], repr=False)
    """For an observer's own use during the call; nobody else looks at it."""


@frozen(repr=False)
class AttemptEnded(SafeRepr):
    """One request of a call, and what came of it."""

    number: int
    """Its number in the call, from 1."""
    status: int | None
    """The HTTP status; None where no answer came."""
    failure: FailureKind | None
    """Why there is no whole answer; None where there is one, whatever its status."""
    seconds: float
    """How long it took."""
    request_id: str | None
    """The API's id of the request."""
    retry_in: float | None
    """The seconds after which the call is tried again; None where it is not."""


@frozen(repr=False)
class CallEnded(SafeRepr):
    """What came of a call."""

    attempts: int
    """How many requests were made."""
    seconds: float
    """How long it took in all, with the waiting between attempts."""
    status: int | None
    """The HTTP status of the last attempt; None where no answer came."""
    request_id: str | None
    """The API's id of the last request."""
    error: BaseException | None
    """What the caller is about to catch; None after a success."""


class Observer:
    """Is told of calls. Each method does nothing until a subclass overrides it."""

    def call_started(self, call: CallStarted) -> None:
        """Is called before the first attempt."""

    def attempt_started(self, call: CallStarted, number: int) -> Mapping[str, str] | None:
        """Is called before each attempt.

        Returns:
            Headers to send along, such as `traceparent`, if any. Those that the client sets itself cannot be given.
        """

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        """Is called after each attempt."""

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        """Is called when the result or the error is there; also after a cancellation."""
