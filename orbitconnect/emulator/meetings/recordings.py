"""Recording a meeting."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.meeting_recording_event_data import MeetingRecordingEventData
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.types import EventType

from ..context import Context, RequestContext
from ..media import recordings
from ..outbox import emit
from ..refusals import conflict, not_found
from ..registry import handles
from ..rules import RECORDING_RUNS
from .rows import SESSION, check_live, check_runs, own_meeting, touch

_ACTION: Final = "record a meeting"


@handles(operations.START_MEETING_RECORDING)
def start_recording(context: RequestContext, meeting_id: str) -> Recording:
    """Starts a recording where none is running."""
    meeting, entry = own_meeting(context, meeting_id)
    check_runs(entry, _ACTION)
    check_live(meeting)
    started = recordings.start_recording(
        context, session_type=SESSION, session_id=meeting_id, started_by=context.actor_id
    )
    return _told(context, events.MEETING_RECORDING_STARTED, meeting_id, started)


@handles(operations.STOP_MEETING_RECORDING)
def stop_recording(context: RequestContext, meeting_id: str) -> Recording:
    """Stops the recording that runs, whoever of the hosts has started it."""
    _, entry = own_meeting(context, meeting_id)
    check_runs(entry, _ACTION)
    stopped = stop_running(context, meeting_id)
    if stopped is None:
        raise conflict("No recording of the meeting is running.", RECORDING_RUNS)
    return stopped


@handles(operations.LIST_MEETING_RECORDINGS)
def list_recordings(context: RequestContext, meeting_id: str) -> list[Recording]:
    """The meeting's recordings."""
    own_meeting(context, meeting_id)
    return recordings.recordings_of(context, SESSION, meeting_id)


@handles(operations.GET_MEETING_RECORDING)
def get_recording(context: RequestContext, meeting_id: str, recording_id: str) -> Recording:
    """One recording of this meeting; another one's is none."""
    own_meeting(context, meeting_id)
    recording = recordings.get_recording(context, recording_id)
    if (recording.session_type, recording.session_id) != (SESSION, meeting_id):
        raise not_found("recording")
    return recording


def stop_running(context: Context, meeting_id: str) -> Recording | None:
    """Stops the recording that runs, if one does."""
    recording_id = recordings.active_recording(context, SESSION, meeting_id)
    if recording_id is None:
        return None
    stopped = recordings.stop_recording(context, recording_id)
    return _told(context, events.MEETING_RECORDING_STOPPED, meeting_id, stopped)


def _told(context: Context, event: EventType, meeting_id: str, recording: Recording) -> Recording:
    touch(context, meeting_id)
    emit(context, event, MeetingRecordingEventData(meeting_id=meeting_id, recording=recording))
    return recording
