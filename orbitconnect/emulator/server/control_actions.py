"""What can be controlled over HTTP, one function each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from threading import Lock
from typing import Any, Final

from attrs import asdict, frozen

from orbitconnect_api.types import SafeRepr

from ..._version import VERSION
from ..clock import RunningClock
from ..composition import all_handlers
from ..control.fault_plan import Scripted
from ..control.journal import Entry
from ..control.snapshots import Snapshot
from ..controls import ControlledEmulator
from .control_faults import fault_from, fault_to_json
from .control_fields import ControlError, Fields
from .control_webhooks import deliveries_with_attempts, resend
from .inside import changing, looking

MOST_SNAPSHOTS: Final = 100
_LONGEST_WAIT: Final = 24 * 3600


class Snapshots:
    """The snapshots that were taken over HTTP, by number."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = count(1)
        self._kept: dict[str, Snapshot] = {}

    def ids(self) -> list[str]:
        """Their ids, the oldest first."""
        return list(self._kept)

    def keep(self, snapshot: Snapshot) -> str:
        """Keeps one; returns its id."""
        with self._lock:
            if len(self._kept) >= MOST_SNAPSHOTS:
                raise ControlError(409, "conflict", f"There are {MOST_SNAPSHOTS} snapshots. Delete one first.")
            snapshot_id = f"snap_{next(self._numbers)}"
            self._kept[snapshot_id] = snapshot
            return snapshot_id

    def find(self, snapshot_id: str) -> Snapshot:
        """The one with an id."""
        snapshot = self._kept.get(snapshot_id)
        if snapshot is None:
            raise ControlError(404, "not_found", "There is no such snapshot.")
        return snapshot

    def drop(self, snapshot_id: str) -> None:
        """Forgets one."""
        self.find(snapshot_id)
        self._kept.pop(snapshot_id, None)


Perform = Callable[[ControlledEmulator, Snapshots, Fields], Any]


@frozen(repr=False)
class Action(SafeRepr):
    """What a request does, and the status of its answer."""

    perform: Perform
    status: int = 200


def _health(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    return {"status": "ok", "version": VERSION, "operations": len(all_handlers()), **_clock(emulator)}


def _clock(emulator: ControlledEmulator) -> dict[str, Any]:
    clock = emulator.clock
    # A clock that stands still by itself is frozen for good.
    frozen_now = clock.is_frozen if isinstance(clock, RunningClock) else True
    return {"now": clock.now().isoformat(), "frozen": frozen_now}


def _get_clock(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    return _clock(emulator)


def _advance(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    seconds, timeout = fields.number("seconds"), fields.integer("timeout", 5, most=_LONGEST_WAIT)
    fields.end()
    try:
        emulator.advance(seconds, timeout=timeout)
    except ValueError as error:
        raise ControlError(422, "validation_failed", f"seconds cannot be used: {error}") from None
    return _clock(emulator)


def _running_clock(emulator: ControlledEmulator) -> RunningClock:
    if not isinstance(emulator.clock, RunningClock):
        raise ControlError(409, "conflict", "This emulator's clock stands still by itself.")
    return emulator.clock


def _freeze(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    _running_clock(emulator).freeze()
    return _clock(emulator)


def _resume(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    _running_clock(emulator).resume()
    return _clock(emulator)


def _settle(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    timeout = fields.integer("timeout", 5, most=_LONGEST_WAIT)
    fields.end()
    emulator.settle(timeout)
    return _clock(emulator)


def _list_snapshots(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    return {"snapshots": [{"id": snapshot_id} for snapshot_id in snapshots.ids()]}


def _take_snapshot(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    return {"id": snapshots.keep(emulator.snapshot())}


def _restore(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    snapshot = snapshots.find(fields.text("snapshot_id"))
    keep_clock = fields.flag("keep_clock")
    fields.end()
    emulator.restore(snapshot, keep_clock=keep_clock)
    return _clock(emulator)


def _drop_snapshot(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    snapshot_id = fields.text("snapshot_id")
    fields.end()
    snapshots.drop(snapshot_id)
    return {}


def _reset(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    emulator.reset()
    return _clock(emulator)


def _scripted(scripted: Scripted) -> dict[str, Any]:
    return {
        **fault_to_json(scripted.fault),
        "operation": scripted.operation,
        "nth": scripted.nth,
        "times": scripted.times,
        "seen": scripted.seen,
        "fired": scripted.fired,
    }


def _list_faults(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    faults = emulator.faults
    return {"faults": [_scripted(one) for one in faults.scripted], "unused": len(faults.unused())}


def _add_fault(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fault = fault_from(fields)
    operation = fields.optional_text("operation")
    nth, times = fields.integer("nth", 1, least=1), fields.integer("times", 1, least=1)
    fields.end()
    try:
        return _scripted(emulator.faults.add(fault, operation=operation, nth=nth, times=times))
    except ValueError as error:
        raise ControlError(422, "validation_failed", str(error)) from None


def _clear_faults(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    emulator.faults.clear()
    return {}


def _entry(entry: Entry) -> dict[str, Any]:
    known = asdict(entry, recurse=False)
    fault = None if entry.fault is None else fault_to_json(entry.fault)
    headers = {name: dict(known[name]) for name in ("request_headers", "response_headers")}
    return {**known, **headers, "at": entry.at.isoformat(), "fault": fault}


def _journal(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    limit = fields.integer("limit", 100, least=1)
    entries = emulator.journal.find(
        operation=fields.optional_text("operation"),
        status=fields.optional_integer("status"),
        path=fields.optional_text("path"),
        actor=fields.optional_text("actor"),
    )
    fields.end()
    return {"entries": [_entry(entry) for entry in entries[-limit:]], "found": len(entries)}


def _clear_journal(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    emulator.journal.clear()
    return {}


def _deliveries(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    webhook_id, status = fields.optional_text("webhook_id"), fields.optional_text("status")
    limit = fields.integer("limit", 100, least=1)
    fields.end()
    with looking(emulator) as context:
        return {"deliveries": deliveries_with_attempts(context, webhook_id, status, limit)}


def _resend(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    delivery_id = fields.text("delivery_id")
    fields.end()
    with changing(emulator) as context:
        return resend(context, delivery_id).to_dict()


def _usage_events(emulator: ControlledEmulator, snapshots: Snapshots, fields: Fields) -> Any:
    fields.end()
    return {"usage_events": [usage.to_dict() for usage in emulator.usage_events()]}


_CREATED: Final = 201

ACTIONS: Final[dict[tuple[str, str], Action]] = {
    ("GET", "/health"): Action(_health),
    ("GET", "/clock"): Action(_get_clock),
    ("POST", "/clock/advance"): Action(_advance),
    ("POST", "/clock/freeze"): Action(_freeze),
    ("POST", "/clock/resume"): Action(_resume),
    ("POST", "/settle"): Action(_settle),
    ("GET", "/state/snapshots"): Action(_list_snapshots),
    ("POST", "/state/snapshots"): Action(_take_snapshot, _CREATED),
    ("POST", "/state/snapshots/{snapshot_id}/restore"): Action(_restore),
    ("DELETE", "/state/snapshots/{snapshot_id}"): Action(_drop_snapshot),
    ("POST", "/state/reset"): Action(_reset),
    ("GET", "/faults"): Action(_list_faults),
    ("POST", "/faults"): Action(_add_fault, _CREATED),
    ("DELETE", "/faults"): Action(_clear_faults),
    ("GET", "/journal"): Action(_journal),
    ("DELETE", "/journal"): Action(_clear_journal),
    ("GET", "/billing/usage-events"): Action(_usage_events),
    ("GET", "/webhooks/deliveries"): Action(_deliveries),
    ("POST", "/webhooks/deliveries/{delivery_id}/resend"): Action(_resend, _CREATED),
}
