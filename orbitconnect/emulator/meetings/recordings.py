"""Recording a meeting."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.recording import Recording

from ..context import RequestContext
from ..media import recordings
from ..media.recordings import MEETING
from ..refusals import conflict, not_found
from ..registry import handles
from ..rules import RECORDING_RUNS
from .rows import check_can_record, check_recordable_meeting, own_meeting


@handles(operations.START_MEETING_RECORDING)
def start_recording(context: RequestContext, meeting_id: str) -> Recording:
    """Start a recording if none is active."""
    check_recordable_meeting(context, meeting_id)
    return recordings.start_recording(context, session_type=MEETING, session_id=meeting_id, started_by=context.actor_id)


@handles(operations.STOP_MEETING_RECORDING)
def stop_recording(context: RequestContext, meeting_id: str) -> Recording:
    """Stop the active recording. The host and co-hosts can do so, no matter who started it."""
    _, participant = own_meeting(context, meeting_id)
    check_can_record(participant)
    stopped = recordings.stop_active_recording(context, MEETING, meeting_id)
    if stopped is None:
        raise conflict("The meeting is not being recorded.", RECORDING_RUNS)
    return stopped


@handles(operations.LIST_MEETING_RECORDINGS)
def list_recordings(context: RequestContext, meeting_id: str) -> list[Recording]:
    """List the meeting's recordings, oldest first."""
    own_meeting(context, meeting_id)
    return recordings.recordings_of(context, MEETING, meeting_id)


@handles(operations.GET_MEETING_RECORDING)
def get_recording(context: RequestContext, meeting_id: str, recording_id: str) -> Recording:
    """Return one recording of this meeting."""
    own_meeting(context, meeting_id)
    recording = recordings.get_recording(context, recording_id)
    if (recording.session_type, recording.session_id) != (MEETING, meeting_id):
        raise not_found("recording")
    return recording
