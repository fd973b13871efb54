"""Recording a call."""

from __future__ import annotations

from orbitconnect_api import events, operations
from orbitconnect_api.models.call_recording_event_data import CallRecordingEventData
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.types import EventType

from ..context import Context, RequestContext
from ..media import recordings
from ..outbox import emit
from ..refusals import conflict
from ..registry import handles
from ..rules import CALL_STATE
from .rows import ACCEPTED, SESSION, own_call


@handles(operations.TOGGLE_CALL_RECORDING)
def toggle_recording(context: RequestContext, call_id: str) -> Recording:
    """Starts a recording of a call that was accepted, or stops the one that runs. Both sides can."""
    if own_call(context, call_id).status != ACCEPTED:
        raise conflict("Only a call that was accepted and is not over can be recorded.", CALL_STATE)
    stopped = stop_running(context, call_id)
    if stopped is not None:
        return stopped
    started = recordings.start_recording(context, session_type=SESSION, session_id=call_id, started_by=context.actor_id)
    return _told(context, events.CALL_RECORDING_STARTED, call_id, started)


@handles(operations.LIST_CALL_RECORDINGS)
def list_recordings(context: RequestContext, call_id: str) -> list[Recording]:
    """The call's recordings."""
    own_call(context, call_id)
    return recordings.recordings_of(context, SESSION, call_id)


def stop_running(context: Context, call_id: str) -> Recording | None:
    """Stops the recording that runs, if one does."""
    recording_id = recordings.active_recording(context, SESSION, call_id)
    if recording_id is None:
        return None
    stopped = recordings.stop_recording(context, recording_id)
    return _told(context, events.CALL_RECORDING_STOPPED, call_id, stopped)


def _told(context: Context, event: EventType, call_id: str, recording: Recording) -> Recording:
    context.store.run("UPDATE calls SET updated_at = ? WHERE id = ?", (context.now, call_id))
    emit(context, event, CallRecordingEventData(call_id=call_id, recording=recording))
    return recording
