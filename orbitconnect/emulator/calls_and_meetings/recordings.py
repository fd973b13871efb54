"""Recordings of calls, meetings and anything else. The rules of calls and meetings apply to their recordings."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.start_recording_body import StartRecordingBody
from orbitconnect_api.types import Unset

from ..calls.rows import check_recordable_call
from ..context import RequestContext
from ..media.recordings import (
    CALL,
    MEETING,
    get_recording,
    recording_from,
    start_recording,
    stop_recording,
)
from ..media.rows import RECORDINGS_SEEN
from ..meetings.rows import check_host_or_co_host, check_recordable_meeting, own_meeting
from ..refusals import Refusal, forbidden, invalid_field, not_found
from ..registry import handles
from ..rules import RECORDING_ACCESS
from ..tables.media import RecordingRow


@handles(operations.LIST_RECORDINGS)
def list_recordings(context: RequestContext) -> list[Recording]:
    """List the recordings that the acting user started, and those of the user's calls and meetings, oldest first."""
    query = f"SELECT * FROM recordings WHERE id IN ({RECORDINGS_SEEN}) ORDER BY n"
    return [recording_from(row) for row in context.store.all(RecordingRow, query, {"user_id": context.actor_id})]


@handles(operations.START_RECORDING)
def start(context: RequestContext) -> Recording:
    """Start a recording of a call, of a meeting, or of what the body's other fields describe."""
    body = StartRecordingBody.from_dict(context.body)
    session_id = None if isinstance(body.session_id, Unset) else body.session_id
    session_type = None if isinstance(body.session_type, Unset) else body.session_type
    if session_id is None and session_type is not None:
        raise invalid_field(body, "session_id", "is required with session_type")
    if session_id is not None:
        if session_type is None:
            raise invalid_field(body, "session_type", "is required with session_id")
        _check_session(context, body, session_type, session_id)
    return start_recording(
        context,
        session_type=session_type,
        session_id=session_id,
        started_by=context.actor_id,
        options=body.additional_properties,
    )


@handles(operations.STOP_RECORDING)
def stop(context: RequestContext, recording_id: str) -> Recording:
    """Stop a recording.

    The user who started it can do so, as can both users of a call, and the host and co-hosts of a meeting.
    """
    recording = _visible(context, recording_id)
    if recording.started_by != context.actor_id:
        if recording.session_type == MEETING and recording.session_id is not None:
            check_host_or_co_host(own_meeting(context, recording.session_id)[1], "stop this recording")
        elif recording.session_type != CALL:
            raise forbidden("Only the user who started the recording can stop it.", RECORDING_ACCESS)
    return stop_recording(context, recording_id)


@handles(operations.GET_RECORDING)
def get(context: RequestContext, recording_id: str) -> Recording:
    """Return one recording."""
    return _visible(context, recording_id)


def _visible(context: RequestContext, recording_id: str) -> Recording:
    recording = get_recording(context, recording_id)
    query = f"SELECT 1 WHERE :recording_id IN ({RECORDINGS_SEEN})"
    if not context.store.exists(query, {"user_id": context.actor_id, "recording_id": recording_id}):
        raise not_found("recording", RECORDING_ACCESS)
    return recording


def _check_session(context: RequestContext, body: StartRecordingBody, session_type: str, session_id: str) -> None:
    """Check that the acting user can record a call or meeting now."""
    try:
        if session_type == CALL:
            check_recordable_call(context, session_id)
        elif session_type == MEETING:
            check_recordable_meeting(context, session_id)
        else:
            raise invalid_field(body, "session_type", f"must be {CALL} or {MEETING}")
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        message = f"is not the id of a {session_type} of the acting user"
        raise invalid_field(body, "session_id", message, rule=refusal.rule) from None
