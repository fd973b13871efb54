"""The API's model of a call."""

from __future__ import annotations

from orbitconnect_api.models.call import Call

from ..clock import from_microseconds, time_or_none
from ..context import Context
from ..media.recordings import CALL, active_recording
from ..model_fields import nulls
from ..tables.calls import CallRow
from .rows import find_call


def call_model(context: Context, call_id: str) -> Call:
    """Read a call, and build its model."""
    return call_from(context, find_call(context, call_id))


def call_from(context: Context, row: CallRow) -> Call:
    """Build the model of a row."""
    accepted_at, ended_at = row.accepted_at, row.ended_at
    return Call(
        id=row.id,
        type=row.type,
        status=row.status,
        caller_id=row.caller_id,
        callee_id=row.callee_id,
        # No operation starts a call from a conversation.
        conversation_id=None,
        is_recording=active_recording(context, CALL, row.id) is not None,
        accepted_at=time_or_none(accepted_at),
        ended_at=time_or_none(ended_at),
        ended_by_user_id=row.ended_by,
        duration_seconds=None if accepted_at is None or ended_at is None else (ended_at - accepted_at) // 1_000_000,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Call),
    )
