"""How a recording starts, stops and becomes a file. The callers decide who can record."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events
from orbitconnect_api.models.call_recording_event_data import CallRecordingEventData
from orbitconnect_api.models.meeting_recording_event_data import MeetingRecordingEventData
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.recording_event_data import RecordingEventData
from orbitconnect_api.types import EventType

from ..clock import from_microseconds, time_or_none
from ..context import Context, RequestContext
from ..jobs import performs, schedule
from ..json_text import JsonObject, from_json, to_json
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import conflict, not_found
from ..rules import RECORDING_ONCE, RECORDING_RUNS
from ..tables.media import RecordingRow
from .recorded_file import add_recorded_file

CALL: Final = "call"
MEETING: Final = "meeting"

RECORDING: Final = "recording"
PROCESSING: Final = "processing"
READY: Final = "ready"

_SECOND: Final = 1_000_000
_PROCESSED: Final = "recording-processed"


def start_recording(
    context: Context,
    *,
    session_type: str | None,
    session_id: str | None,
    started_by: str,
    options: JsonObject | None = None,
) -> Recording:
    """Start a recording.

    Args:
        context: The context.
        session_type: `CALL`, `MEETING`, or None if neither is recorded.
        session_id: The id of the call or meeting.
        started_by: The id of the user who starts it.
        options: The other fields of the request.

    Raises:
        Refusal: If the call or meeting is already being recorded.
    """
    session = None if session_type is None or session_id is None else (session_type, session_id)
    if session is not None and active_recording(context, *session) is not None:
        raise conflict(f"The {session_type} is already being recorded.", RECORDING_ONCE)
    recording_id = context.new_id("rec")
    context.store.run(
        "INSERT INTO recordings (id, session_type, session_id, status, options, started_by, started_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            recording_id,
            session_type,
            session_id,
            RECORDING,
            to_json(options),
            started_by,
            context.now,
            context.now,
        ),
    )
    recording = get_recording(context, recording_id)
    emit(context, events.RECORDING_STARTED, RecordingEventData(recording=recording))
    _emit_of_session(context, recording, events.CALL_RECORDING_STARTED, events.MEETING_RECORDING_STARTED)
    return recording


def stop_recording(context: Context, recording_id: str) -> Recording:
    """Stop a recording, on behalf of the acting user if there is one. Its file is ready some seconds later.

    Raises:
        Refusal: If there is no such recording, or it has already ended.
    """
    stopped_by = context.actor_id if isinstance(context, RequestContext) else None
    changed = context.store.run(
        "UPDATE recordings SET status = ?, stopped_by = ?, ended_at = ?, updated_at = ?"
        " WHERE id = ? AND ended_at IS NULL",
        (PROCESSING, stopped_by, context.now, context.now, recording_id),
    )
    recording = get_recording(context, recording_id)
    if not changed:
        raise conflict("The recording has already ended.", RECORDING_RUNS)
    schedule(context, _PROCESSED, recording_id, context.now + context.media.processing_time)
    emit(context, events.RECORDING_STOPPED, RecordingEventData(recording=recording))
    _emit_of_session(context, recording, events.CALL_RECORDING_STOPPED, events.MEETING_RECORDING_STOPPED)
    return recording


def stop_active_recording(context: Context, session_type: str, session_id: str) -> Recording | None:
    """Stop the active recording of a call or meeting, if there is one."""
    recording_id = active_recording(context, session_type, session_id)
    return None if recording_id is None else stop_recording(context, recording_id)


def active_recording(context: Context, session_type: str, session_id: str) -> str | None:
    """The id of the active recording of a call or meeting, or None."""
    return context.store.scalar(
        str,
        "SELECT id FROM recordings WHERE session_id = ? AND session_type = ? AND ended_at IS NULL",
        (session_id, session_type),
    )


def recordings_of(context: Context, session_type: str, session_id: str) -> list[Recording]:
    """The recordings of a call or meeting, oldest first."""
    rows = context.store.all(
        RecordingRow,
        "SELECT * FROM recordings WHERE session_id = ? AND session_type = ? ORDER BY n",
        (session_id, session_type),
    )
    return [recording_from(row) for row in rows]


def get_recording(context: Context, recording_id: str) -> Recording:
    """Return a recording.

    Raises:
        Refusal: If there is no such recording.
    """
    row = context.store.one_or_none(RecordingRow, "SELECT * FROM recordings WHERE id = ?", (recording_id,))
    if row is None:
        raise not_found("recording")
    return recording_from(row)


def recording_from(row: RecordingRow) -> Recording:
    """Build the API's model of a recording."""
    ended_at = row.ended_at
    return Recording(
        id=row.id,
        session_id=row.session_id,
        session_type=row.session_type,
        status=row.status,
        media_id=row.media_id,
        duration_seconds=None if ended_at is None else (ended_at - row.started_at) // _SECOND,
        options=from_json(row.options),
        started_by=row.started_by,
        stopped_by=row.stopped_by,
        started_at=from_microseconds(row.started_at),
        ended_at=time_or_none(ended_at),
        created_at=from_microseconds(row.started_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Recording),
    )


def _emit_of_session(context: Context, recording: Recording, call_event: EventType, meeting_event: EventType) -> None:
    """Emit the event of the call or meeting that a recording belongs to, if it belongs to one."""
    session_id = recording.session_id
    if session_id is None:
        return
    if recording.session_type == CALL:
        context.store.run("UPDATE calls SET updated_at = ? WHERE id = ?", (context.now, session_id))
        emit(context, call_event, CallRecordingEventData(call_id=session_id, recording=recording))
    else:
        context.store.run("UPDATE meetings SET updated_at = ? WHERE id = ?", (context.now, session_id))
        emit(context, meeting_event, MeetingRecordingEventData(meeting_id=session_id, recording=recording))


@performs(_PROCESSED)
def _finish_processing(context: Context, recording_id: str) -> None:
    row = context.store.one(RecordingRow, "SELECT * FROM recordings WHERE id = ?", (recording_id,))
    assert row.ended_at is not None  # The job is scheduled when the recording ends.
    media_id = add_recorded_file(
        context, recording_id, created_by=row.started_by, duration=(row.ended_at - row.started_at) / _SECOND
    )
    context.store.run(
        "UPDATE recordings SET status = ?, media_id = ?, updated_at = ? WHERE id = ?",
        (READY, media_id, context.now, recording_id),
    )
    emit(context, events.RECORDING_READY, RecordingEventData(recording=get_recording(context, recording_id)))
