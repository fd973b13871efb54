from _typeshed import Incomplete
from collections.abc import Mapping
from orbitconnect_api.types import SafeRepr
from typing import Any

FailureKind: Incomplete

class CallStarted(SafeRepr):
    operation: str
    namespace: str
    method: str
    route: str
    server: str
    notes: dict[Any, Any]

class AttemptEnded(SafeRepr):
    number: int
    status: int | None
    failure: FailureKind | None
    seconds: float
    request_id: str | None
    retry_in: float | None

class CallEnded(SafeRepr):
    attempts: int
    seconds: float
    status: int | None
    request_id: str | None
    error: BaseException | None

class Observer:
    def call_started(self, call: CallStarted) -> None: ...
    def attempt_started(self, call: CallStarted, number: int) -> Mapping[str, str] | None: ...
    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None: ...
    def call_ended(self, call: CallStarted, end: CallEnded) -> None: ...
