"""Recordings, whatever they are made of: those of calls and meetings keep the rules of calls and meetings."""

from __future__ import annotations

from orbitconnect_api import events, operations
from orbitconnect_api.models.call_recording_event_data import CallRecordingEventData
from orbitconnect_api.models.meeting_recording_event_data import MeetingRecordingEventData
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.start_recording_body import StartRecordingBody
from orbitconnect_api.types import Unset

from ..calls import rows as calls
from ..context import RequestContext
from ..meetings import rows as meetings
from ..outbox import emit
from ..refusals import Refusal, conflict, forbidden, invalid_field, not_found
from ..registry import handles
from ..rules import CALL_STATE, RECORDING_ACCESS
from ..tables.media import RecordingRow
from .recordings import get_recording, recording_from, start_recording, stop_recording
from .rows import RECORDINGS_SEEN


@handles(operations.LIST_RECORDINGS)
def list_recordings(context: RequestContext) -> list[Recording]:
    """Those that the acting user has started, and those of its calls and meetings; the first one first."""
    query = f"SELECT * FROM recordings WHERE id IN ({RECORDINGS_SEEN}) ORDER BY n"
    return [recording_from(row) for row in context.store.all(RecordingRow, query, {"user_id": context.actor_id})]


@handles(operations.START_RECORDING)
def start(context: RequestContext) -> Recording:
    """Starts a recording of a call, of a meeting, or of what the other fields describe."""
    body = StartRecordingBody.from_dict(context.body)
    session_id = None if isinstance(body.session_id, Unset) else body.session_id
    session_type = None if isinstance(body.session_type, Unset) else body.session_type
    if session_id is None and session_type is not None:
        raise invalid_field(body, "session_id", "is required where there is a session_type")
    if session_id is not None:
        if session_type is None:
            raise invalid_field(body, "session_type", "is required where there is a session_id")
        _check_session(context, body, session_type, session_id)
    recording = start_recording(
        context,
        session_type=session_type,
        session_id=session_id,
        started_by=context.actor_id,
        options=body.additional_properties,
    )
    _tell(context, recording, started=True)
    return recording


@handles(operations.STOP_RECORDING)
def stop(context: RequestContext, recording_id: str) -> Recording:
    """Stops a recording: its starter can, both sides of a call, and who runs a meeting."""
    recording = _visible(context, recording_id)
    if recording.started_by != context.actor_id:
        if recording.session_type == meetings.SESSION and recording.session_id is not None:
            meetings.check_runs(meetings.own_meeting(context, recording.session_id)[1], "stop this recording")
        elif recording.session_type != calls.SESSION:
            raise forbidden("Only who has started the recording can stop it.", RECORDING_ACCESS)
    stopped = stop_recording(context, recording_id)
    _tell(context, stopped, started=False)
    return stopped


@handles(operations.GET_RECORDING)
def get(context: RequestContext, recording_id: str) -> Recording:
    """One recording."""
    return _visible(context, recording_id)


def _visible(context: RequestContext, recording_id: str) -> Recording:
    recording = get_recording(context, recording_id)
    query = f"SELECT 1 WHERE :recording_id IN ({RECORDINGS_SEEN})"
    if not context.store.exists(query, {"user_id": context.actor_id, "recording_id": recording_id}):
        raise not_found("recording", RECORDING_ACCESS)
    return recording


def _check_session(context: RequestContext, body: StartRecordingBody, session_type: str, session_id: str) -> None:
    """Sees to it that a call or meeting is the acting user's to record, and going on."""
    try:
        if session_type == calls.SESSION:
            if calls.own_call(context, session_id).status != calls.ACCEPTED:
                raise conflict("Only a call that was accepted and is not over can be recorded.", CALL_STATE)
        elif session_type == meetings.SESSION:
            meeting, entry = meetings.own_meeting(context, session_id)
            meetings.check_runs(entry, "record a meeting")
            meetings.check_live(meeting)
        else:
            raise invalid_field(body, "session_type", f"must be {calls.SESSION} or {meetings.SESSION}")
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        message = f"names no {session_type} of the acting user"
        raise invalid_field(body, "session_id", message, rule=refusal.rule) from None


def _tell(context: RequestContext, recording: Recording, *, started: bool) -> None:
    """Those who listen to the events of calls or meetings only get to know too."""
    session_id = recording.session_id
    if session_id is None:
        return
    if recording.session_type == calls.SESSION:
        event = events.CALL_RECORDING_STARTED if started else events.CALL_RECORDING_STOPPED
        context.store.run("UPDATE calls SET updated_at = ? WHERE id = ?", (context.now, session_id))
        emit(context, event, CallRecordingEventData(call_id=session_id, recording=recording))
    else:
        event = events.MEETING_RECORDING_STARTED if started else events.MEETING_RECORDING_STOPPED
        meetings.touch(context, session_id)
        emit(context, event, MeetingRecordingEventData(meeting_id=session_id, recording=recording))
