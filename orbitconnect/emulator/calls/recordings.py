"""Recording a call."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.recording import Recording

from ..context import RequestContext
from ..media.recordings import CALL, recordings_of, start_recording, stop_active_recording
from ..registry import handles
from .rows import check_recordable_call, own_call


@handles(operations.TOGGLE_CALL_RECORDING)
def toggle_recording(context: RequestContext, call_id: str) -> Recording:
    """Start a recording of an accepted call, or stop the active one. Both users can."""
    check_recordable_call(context, call_id)
    stopped = stop_active_recording(context, CALL, call_id)
    if stopped is not None:
        return stopped
    return start_recording(context, session_type=CALL, session_id=call_id, started_by=context.actor_id)


@handles(operations.LIST_CALL_RECORDINGS)
def list_recordings(context: RequestContext, call_id: str) -> list[Recording]:
    """List the call's recordings, oldest first."""
    own_call(context, call_id)
    return recordings_of(context, CALL, call_id)
