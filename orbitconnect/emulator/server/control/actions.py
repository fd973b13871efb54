"""The actions of the control API: one function for each request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import asdict, frozen

from orbitconnect_api.types import SafeRepr

from ...._version import VERSION
from ...clock import RunningClock
from ...composition import all_handlers
from ...control.fault_plan import Scripted
from ...control.journal import Entry
from ...controls import ControlledEmulator
from ...json_text import Json, JsonObject
from ..emulator_access import changing, reading
from .deliveries import deliveries_with_attempts, resend
from .faults import fault_to_json, read_fault
from .fields import ControlError, Fields
from .snapshots import Snapshots

_LONGEST_WAIT: Final = 24 * 3600


@frozen(repr=False)
class ControlRequest(SafeRepr):
    """The context of an action: the emulator, the snapshots, and the fields of the request."""

    emulator: ControlledEmulator
    snapshots: Snapshots
    fields: Fields


@frozen(repr=False)
class Action(SafeRepr):
    """What a request does, and the status of its response."""

    perform: Callable[[ControlRequest], Json]
    status: int = 200


def _health(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    return {"status": "ok", "version": VERSION, "operations": len(all_handlers()), **_clock_state(request.emulator)}


def _clock_state(emulator: ControlledEmulator) -> dict[str, str | bool]:
    clock = emulator.clock
    # Other clocks stand still until they are advanced.
    is_frozen = clock.is_frozen if isinstance(clock, RunningClock) else True
    return {"now": clock.now().isoformat(), "frozen": is_frozen}


def _get_clock(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    return _clock_state(request.emulator)


def _advance(request: ControlRequest) -> Json:
    fields = request.fields
    seconds, timeout = fields.number("seconds"), fields.integer("timeout", 5, most=_LONGEST_WAIT)
    fields.check_all_read()
    try:
        request.emulator.advance(seconds, timeout=timeout)
    except ValueError as error:
        raise ControlError(422, "validation_failed", f"seconds is invalid: {error}") from None
    return _clock_state(request.emulator)


def _running_clock(request: ControlRequest) -> RunningClock:
    request.fields.check_all_read()
    if not isinstance(request.emulator.clock, RunningClock):
        raise ControlError(409, "conflict", "This emulator's clock never runs by itself.")
    return request.emulator.clock


def _freeze(request: ControlRequest) -> Json:
    _running_clock(request).freeze()
    return _clock_state(request.emulator)


def _resume(request: ControlRequest) -> Json:
    _running_clock(request).resume()
    return _clock_state(request.emulator)


def _settle(request: ControlRequest) -> Json:
    timeout = request.fields.integer("timeout", 5, most=_LONGEST_WAIT)
    request.fields.check_all_read()
    request.emulator.settle(timeout)
    return _clock_state(request.emulator)


def _list_snapshots(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    return {"snapshots": [{"id": snapshot_id} for snapshot_id in request.snapshots.ids()]}


def _take_snapshot(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    return {"id": request.snapshots.keep(request.emulator.snapshot())}


def _restore(request: ControlRequest) -> Json:
    snapshot = request.snapshots.find(request.fields.text("snapshot_id"))
    keep_clock = request.fields.flag("keep_clock")
    request.fields.check_all_read()
    request.emulator.restore(snapshot, keep_clock=keep_clock)
    return _clock_state(request.emulator)


def _drop_snapshot(request: ControlRequest) -> Json:
    snapshot_id = request.fields.text("snapshot_id")
    request.fields.check_all_read()
    request.snapshots.drop(snapshot_id)
    return {}


def _reset(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    request.emulator.reset()
    return _clock_state(request.emulator)


def _scripted_to_json(scripted: Scripted) -> JsonObject:
    return {
        **fault_to_json(scripted.fault),
        "operation": scripted.operation,
        "nth": scripted.nth,
        "times": scripted.times,
        "seen": scripted.seen,
        "fired": scripted.fired,
    }


def _list_faults(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    plan = request.emulator.faults
    return {"faults": [_scripted_to_json(scripted) for scripted in plan.scripted], "unused": len(plan.unused())}


def _add_fault(request: ControlRequest) -> Json:
    fields = request.fields
    fault = read_fault(fields)
    operation = fields.optional_text("operation")
    nth, times = fields.integer("nth", 1, least=1), fields.integer("times", 1, least=1)
    fields.check_all_read()
    try:
        return _scripted_to_json(request.emulator.faults.add(fault, operation=operation, nth=nth, times=times))
    except ValueError as error:
        raise ControlError(422, "validation_failed", str(error)) from None


def _clear_faults(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    request.emulator.faults.clear()
    return {}


def _entry_to_json(entry: Entry) -> JsonObject:
    fields = asdict(entry, recurse=False)
    fault = None if entry.fault is None else fault_to_json(entry.fault)
    headers = {name: dict(fields[name]) for name in ("request_headers", "response_headers")}
    return {**fields, **headers, "at": entry.at.isoformat(), "fault": fault}


def _list_journal(request: ControlRequest) -> Json:
    fields = request.fields
    limit = fields.integer("limit", 100, least=1)
    entries = request.emulator.journal.find(
        operation=fields.optional_text("operation"),
        status=fields.optional_integer("status"),
        path=fields.optional_text("path"),
        actor=fields.optional_text("actor"),
    )
    fields.check_all_read()
    return {"entries": [_entry_to_json(entry) for entry in entries[-limit:]], "found": len(entries)}


def _clear_journal(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    request.emulator.journal.clear()
    return {}


def _list_deliveries(request: ControlRequest) -> Json:
    fields = request.fields
    webhook_id, status = fields.optional_text("webhook_id"), fields.optional_text("status")
    limit = fields.integer("limit", 100, least=1)
    fields.check_all_read()
    with reading(request.emulator) as context:
        return {"deliveries": deliveries_with_attempts(context, webhook_id, status, limit)}


def _resend(request: ControlRequest) -> Json:
    delivery_id = request.fields.text("delivery_id")
    request.fields.check_all_read()
    with changing(request.emulator) as context:
        return resend(context, delivery_id).to_dict()


def _list_usage_events(request: ControlRequest) -> Json:
    request.fields.check_all_read()
    return {"usage_events": [usage.to_dict() for usage in request.emulator.usage_events()]}


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
    ("GET", "/journal"): Action(_list_journal),
    ("DELETE", "/journal"): Action(_clear_journal),
    ("GET", "/billing/usage-events"): Action(_list_usage_events),
    ("GET", "/webhooks/deliveries"): Action(_list_deliveries),
    ("POST", "/webhooks/deliveries/{delivery_id}/resend"): Action(_resend, _CREATED),
}
"""The actions by method and path below `/_emulator`."""
