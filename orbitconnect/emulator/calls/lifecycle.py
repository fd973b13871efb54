"""The life cycle of a call: it rings, is accepted or not, and ends exactly once."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.call import Call
from orbitconnect_api.models.call_event_data import CallEventData
from orbitconnect_api.models.initiate_call_body import InitiateCallBody
from orbitconnect_api.types import EventType

from ..chat.users import check_active_users
from ..context import Context, RequestContext
from ..jobs import cancel, performs, schedule
from ..media.recordings import CALL, stop_active_recording
from ..outbox import emit
from ..refusals import Refusal, conflict, forbidden, invalid_field
from ..registry import handles
from ..rules import CALL_STATE, CALLEE_ANSWERS, ONE_CALL
from ..tables.calls import CallRow
from .model import call_from, call_model
from .rows import ACCEPTED, ENDED, MISSED, REJECTED, RINGING, find_call, own_call

RINGING_TIME: Final = 60 * 1_000_000
"""How long a call rings, in microseconds."""

_TYPES: Final = ("voice", "video")
_TIMEOUT: Final = "call-timeout"


@handles(operations.INITIATE_CALL)
def initiate_call(context: RequestContext) -> Call:
    """Call a user. Both users must be free. A user is busy while calling, being called, or in a call."""
    body = InitiateCallBody.from_dict(context.body)
    if body.type not in _TYPES:
        raise invalid_field(body, "type", f"must be {' or '.join(_TYPES)}")
    if body.callee_id == context.actor_id:
        raise invalid_field(body, "callee_id", "must not be the acting user")
    check_active_users(context, body, "callee_id", [body.callee_id], is_list=False)
    own = _open_call(context, context.actor_id)
    if own is not None:
        raise _busy(f"The acting user is already in the call {own}.")
    if _open_call(context, body.callee_id) is not None:
        raise _busy("The user is in another call.")
    call_id = context.new_id("call")
    context.store.run(
        "INSERT INTO calls (id, type, status, caller_id, callee_id, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (call_id, body.type, RINGING, context.actor_id, body.callee_id, context.now, context.now),
    )
    schedule(context, _TIMEOUT, call_id, context.now + RINGING_TIME)
    return _emit(context, events.CALL_INITIATED, call_id)


@handles(operations.LIST_CALLS)
def list_calls(context: RequestContext) -> list[Call]:
    """List the calls that the acting user made or received, newest first."""
    # Each half uses an index. A single query with OR would not use any.
    rows = context.store.all(
        CallRow,
        "SELECT * FROM calls WHERE caller_id = ? UNION ALL SELECT * FROM calls WHERE callee_id = ? ORDER BY n DESC",
        (context.actor_id, context.actor_id),
    )
    return [call_from(context, row) for row in rows]


@handles(operations.GET_CALL)
def get_call(context: RequestContext, call_id: str) -> Call:
    """Return one call."""
    return call_from(context, own_call(context, call_id))


@handles(operations.ACCEPT_CALL)
def accept_call(context: RequestContext, call_id: str) -> Call:
    """Accept a call. Only the callee can do so."""
    _check_answers(context, own_call(context, call_id), "accept")
    cancel(context, _TIMEOUT, call_id)
    context.store.run(
        "UPDATE calls SET status = ?, accepted_at = ?, updated_at = ? WHERE id = ?",
        (ACCEPTED, context.now, context.now, call_id),
    )
    return _emit(context, events.CALL_ACCEPTED, call_id)


@handles(operations.REJECT_CALL)
def reject_call(context: RequestContext, call_id: str) -> Call:
    """Reject a call. Only the callee can do so."""
    _check_answers(context, own_call(context, call_id), "reject")
    return _end(context, call_id, REJECTED, context.actor_id, events.CALL_REJECTED)


@handles(operations.END_CALL)
def end_call(context: RequestContext, call_id: str) -> Call:
    """End a call. While the call is ringing, only the caller can end it; the callee rejects it instead."""
    row = own_call(context, call_id)
    check_not_over(row)
    if row.status == RINGING and context.actor_id == row.callee_id:
        raise conflict("The call is still ringing. The callee can accept or reject it.", CALL_STATE)
    return _end(context, call_id, ENDED, context.actor_id, events.CALL_ENDED)


@performs(_TIMEOUT)
def miss_call(context: Context, call_id: str) -> None:
    """End a call that was not answered in time."""
    if find_call(context, call_id).status == RINGING:
        _end(context, call_id, MISSED, None, events.CALL_ENDED)


def check_not_over(row: CallRow) -> None:
    """Check that a call is ringing or accepted.

    Raises:
        Refusal: If the call is over.
    """
    if row.ended_at is not None:
        raise conflict(f"The call is over: it is {row.status}.", CALL_STATE)


def _check_answers(context: RequestContext, row: CallRow, action: str) -> None:
    if context.actor_id != row.callee_id:
        raise forbidden(f"Only the callee can {action} a call.", CALLEE_ANSWERS)
    check_not_over(row)
    if row.status != RINGING:
        raise conflict("The call has already been accepted.", CALL_STATE)


def _open_call(context: RequestContext, user_id: str) -> str | None:
    return context.store.scalar(
        str,
        "SELECT id FROM calls WHERE caller_id = ? AND ended_at IS NULL"
        " UNION ALL SELECT id FROM calls WHERE callee_id = ? AND ended_at IS NULL",
        (user_id, user_id),
    )


def _busy(message: str) -> Refusal:
    return Refusal(409, "busy", message, ONE_CALL)


def _end(context: Context, call_id: str, status: str, by: str | None, event: EventType) -> Call:
    """End a call and its active recording."""
    cancel(context, _TIMEOUT, call_id)
    stop_active_recording(context, CALL, call_id)
    context.store.run(
        "UPDATE calls SET status = ?, ended_at = ?, ended_by = ?, updated_at = ? WHERE id = ?",
        (status, context.now, by, context.now, call_id),
    )
    return _emit(context, event, call_id)


def _emit(context: Context, event: EventType, call_id: str) -> Call:
    model = call_model(context, call_id)
    emit(context, event, CallEventData(call=model))
    return model
