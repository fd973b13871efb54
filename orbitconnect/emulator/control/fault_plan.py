"""The plan of scripted faults: which fault applies to which request, and how many times. Nothing is random.

Example:
    emulator.faults.add(Reset(when="after"), operation="sendMessage")
    emulator.faults.add(Status(503, headers={"retry-after": "1"}), operation=operations.GET_APP_USER, nth=2)
    ...
    emulator.faults.check_used()
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from threading import Lock
from typing import Final

from attrs import define, evolve

from orbitconnect_api.operations import OPERATIONS
from orbitconnect_api.types import Operation, SafeRepr

from ..exchange import BASE_PATH, EmulatorRequest, EmulatorResponse, json_response
from ..faults import UNANSWERED, Fault, Reset, Stall, Status
from ..refusals import Refusal, error_body
from ..router import find
from ..rules import RULE_HEADER, SCRIPTED_FAULT

_NO_CONTENT: Final = frozenset({204, 304})


@define(repr=False)
class Scripted(SafeRepr):
    """A fault in the plan."""

    fault: Fault
    operation: str | None
    """The operation's id, or the beginning of the request's path; None for every request."""
    nth: int
    """The number of the first matching request that the fault applies to, counting from 1."""
    times: int
    """The number of requests that the fault applies to."""
    seen: int = 0
    """How many matching requests there have been."""
    fired: int = 0
    """How many times the fault has been applied."""

    def __str__(self) -> str:
        target = self.operation or "any request"
        since = f" from request {self.nth} on" if self.nth > 1 else ""
        return f"{self.fault} for {target}{since} ({self.seen} matching requests)"


class FaultPlan:
    """The scripted faults, in the order in which they were added. At most one applies to a request."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Scripted] = []
        self._all: list[Scripted] = []

    def add(self, fault: Fault, *, operation: Operation | str | None = None, nth: int = 1, times: int = 1) -> Scripted:
        """Add a fault to the plan.

        Args:
            fault: The fault.
            operation: The operation, or its id, whose requests the fault applies to. A path such as `/uploads/` matches
                all requests whose path begins with it. By default the fault applies to every request.
            nth: The number of the first matching request that the fault applies to, counting from now. If an earlier
                fault applies to that request, this one applies to the next.
            times: The number of requests that the fault applies to.

        Returns:
            The fault in the plan. Its `fired` is the number of times that it has been applied.

        Raises:
            ValueError: If the operation does not exist, or `nth` or `times` is less than 1.
        """
        if nth < 1 or times < 1:
            raise ValueError("nth and times must be 1 or more.")
        name = operation.id if isinstance(operation, Operation) else operation
        if name is not None and not name.startswith("/") and name not in OPERATIONS:
            close = get_close_matches(name, OPERATIONS, 1)
            raise ValueError(f"There is no operation {name!r}.{f' Did you mean {close[0]!r}?' if close else ''}")
        scripted = Scripted(fault, name, nth, times)
        with self._lock:
            self._all.append(scripted)
            self._waiting.append(scripted)
        return scripted

    @property
    def scripted(self) -> list[Scripted]:
        """All faults that were added, including those that have been applied."""
        return list(self._all)

    def unused(self) -> list[Scripted]:
        """The faults that have not been applied yet."""
        return [scripted for scripted in self._all if not scripted.fired]

    def check_used(self) -> None:
        """Check that every fault was applied at least once, so that no test passes without its fault.

        Raises:
            AssertionError: If a fault was never applied. The message names each of them.
        """
        unused = self.unused()
        if unused:
            raise AssertionError(f"These faults were scripted but never applied: {'; '.join(map(str, unused))}.")

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._waiting.clear()
            self._all.clear()

    @property
    def is_waiting(self) -> bool:
        """Whether a fault in the plan can still apply to a request."""
        return bool(self._waiting)

    def take(self, request: EmulatorRequest, operation: Operation | None) -> Fault | None:
        """Count a request, and return the fault that applies to it."""
        operation_id = None if operation is None else operation.id
        path = _path_of(request)
        applied: Scripted | None = None
        with self._lock:
            for scripted in self._waiting:
                name = scripted.operation
                if name is not None and name != operation_id and not (name.startswith("/") and path.startswith(name)):
                    continue
                scripted.seen += 1
                if applied is None and scripted.seen >= scripted.nth:
                    applied = scripted
            if applied is None:
                return None
            applied.fired += 1
            if applied.fired == applied.times:
                self._waiting.remove(applied)
            return applied.fault


def scripted_response(fault: Fault, headers: Mapping[str, str]) -> EmulatorResponse | None:
    """The response that a fault sends instead of carrying out the request; None if the request is carried out."""
    if isinstance(fault, Status):
        return _status_response(fault, headers)
    if isinstance(fault, (Reset, Stall)) and fault.when == "before":
        return EmulatorResponse(UNANSWERED, {}, fault=fault)
    return None


def _status_response(fault: Status, headers: Mapping[str, str]) -> EmulatorResponse:
    own_headers = {name.lower(): value for name, value in (fault.headers or {}).items()}
    response_headers = {**headers, RULE_HEADER: str(SCRIPTED_FAULT), **own_headers}
    body = fault.body
    if isinstance(body, str):
        body = body.encode()
    if fault.status in _NO_CONTENT:
        body = b""
    if isinstance(body, bytes):
        return EmulatorResponse(fault.status, {"content-length": str(len(body)), **response_headers}, body, fault=fault)
    if body is None:
        body = error_body(Refusal(fault.status, "scripted_fault", "A test scripted this response.", SCRIPTED_FAULT))
    return evolve(json_response(fault.status, body, response_headers), fault=fault)


def operation_of(request: EmulatorRequest) -> Operation | None:
    """The operation of a request, or None."""
    try:
        return find(request.method, request.path)[0]
    except Refusal:
        return None


def _path_of(request: EmulatorRequest) -> str:
    """The request's path as faults name it: without the base URL's path."""
    return request.path or request.target.partition("?")[0].removeprefix(BASE_PATH)
