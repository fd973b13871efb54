"""Faults by script: which request meets which fault, and how often. Nothing here happens by chance.

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
from typing import Any, Final

from attrs import define

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
    """The id of the operation whose requests it waits for, or a path that theirs begin with; None for all."""
    nth: int
    times: int
    seen: int = 0
    """How many requests it could have been for."""
    fired: int = 0
    """How often it has happened."""

    def __str__(self) -> str:
        place = self.operation or "any request"
        since = f" from request {self.nth} on" if self.nth > 1 else ""
        return f"{self.fault} for {place}{since} ({self.seen} such requests came)"


class FaultPlan:
    """The faults that are to happen, in the order in which they were added. A request meets one at most."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Scripted] = []
        self._all: list[Scripted] = []

    def add(self, fault: Fault, *, operation: Operation | str | None = None, nth: int = 1, times: int = 1) -> Scripted:
        """Adds a fault.

        Args:
            fault: What is to happen.
            operation: The operation whose requests it is for, or its id; a path such as `/uploads/` stands for all
                requests whose path begins with it. Without one it is for every request.
            nth: With which of these requests it begins, counted from now. If that one meets a fault that was added
                earlier, this one happens to the next.
            times: To how many requests it happens.

        Returns:
            The fault in the plan; its `fired` says how often it has happened.

        Raises:
            ValueError: If there is no such operation, or a number is less than 1.
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
        """All faults that were added, those that have happened included."""
        return list(self._all)

    def unused(self) -> list[Scripted]:
        """The faults that have never happened."""
        return [scripted for scripted in self._all if not scripted.fired]

    def check_used(self) -> None:
        """Sees to it that every fault has happened at least once, so that no test passes without its fault.

        Raises:
            AssertionError: If one has not; it names them.
        """
        unused = self.unused()
        if unused:
            raise AssertionError(f"Scripted, but never used: {'; '.join(map(str, unused))}.")

    def clear(self) -> None:
        """Empties the plan."""
        with self._lock:
            self._waiting.clear()
            self._all.clear()

    @property
    def is_waiting(self) -> bool:
        """Whether there is a fault that has yet to happen."""
        return bool(self._waiting)

    def take(self, request: EmulatorRequest, operation: Operation | None) -> Fault | None:
        """The fault that a request meets."""
        operation_id = None if operation is None else operation.id
        path = _path_of(request)
        found: Scripted | None = None
        with self._lock:
            for scripted in self._waiting:
                name = scripted.operation
                if name is not None and name != operation_id and not (name.startswith("/") and path.startswith(name)):
                    continue
                scripted.seen += 1
                if found is None and scripted.seen >= scripted.nth:
                    found = scripted
            if found is None:
                return None
            found.fired += 1
            if found.fired == found.times:
                self._waiting.remove(found)
            return found.fault


def scripted_response(fault: Fault, headers: Mapping[str, str]) -> EmulatorResponse | None:
    """The response to a request that is not carried out because of its fault; None where it is carried out."""
    if isinstance(fault, Status):
        return _scripted_answer(fault, headers)
    if isinstance(fault, (Reset, Stall)) and fault.when == "before":
        return EmulatorResponse(UNANSWERED, {}, fault=fault)
    return None


def _scripted_answer(fault: Status, headers: Mapping[str, str]) -> EmulatorResponse:
    given = {name.lower(): value for name, value in (fault.headers or {}).items()}
    around = {**headers, RULE_HEADER: str(SCRIPTED_FAULT), **given}
    body: Any = fault.body
    if isinstance(body, str):
        body = body.encode()
    if fault.status in _NO_CONTENT:
        body = b""
    if isinstance(body, bytes):
        return EmulatorResponse(fault.status, {"content-length": str(len(body)), **around}, body, fault=fault)
    if body is None:
        body = error_body(Refusal(fault.status, "scripted_fault", "This fault was scripted.", SCRIPTED_FAULT))
    answer = json_response(fault.status, body, around)
    return EmulatorResponse(answer.status, answer.headers, answer.body, fault=fault)


def operation_of(request: EmulatorRequest) -> Operation | None:
    """The operation that a request is for; None where there is none."""
    try:
        return find(request.method, request.path)[0]
    except Refusal:
        return None


def _path_of(request: EmulatorRequest) -> str:
    """The path without the base URL's: what a plan names."""
    return request.path or request.target.partition("?")[0].removeprefix(BASE_PATH)
