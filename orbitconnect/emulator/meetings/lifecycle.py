"""The life cycle of a meeting: scheduled, live, ended."""

from __future__ import annotations

from datetime import datetime

from orbitconnect_api import events, operations
from orbitconnect_api.models.create_meeting_body import CreateMeetingBody
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.meeting_event_data import MeetingEventData
from orbitconnect_api.models.update_meeting_body import UpdateMeetingBody
from orbitconnect_api.types import EventType, Unset

from ..clock import from_microseconds, to_microseconds
from ..context import RequestContext
from ..media.recordings import MEETING, stop_active_recording
from ..outbox import emit
from ..refusals import conflict, invalid_field
from ..registry import handles
from ..rules import LIMITS, MEETING_STATE
from ..tables.meetings import MeetingRow
from .model import meeting_model, meetings_from
from .rows import (
    ENDED,
    HOST,
    JOINED,
    LEFT,
    LIVE,
    REMOVED,
    SCHEDULED,
    check_host,
    check_not_over,
    insert_participant,
    own_meeting,
)


@handles(operations.CREATE_MEETING)
def create_meeting(context: RequestContext) -> Meeting:
    """Create a meeting. The host is on its list, but has not joined yet."""
    body = CreateMeetingBody.from_dict(context.body)
    meeting_id = context.new_id("mtg")
    context.store.run(
        "INSERT INTO meetings"
        " (id, title, description, status, host_id, scheduled_at, created_by, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            meeting_id,
            body.title,
            None if isinstance(body.description, Unset) else body.description,
            SCHEDULED,
            context.actor_id,
            _storable(body, body.scheduled_at) if isinstance(body.scheduled_at, datetime) else None,
            context.actor_id,
            context.now,
            context.now,
        ),
    )
    insert_participant(context, meeting_id, context.actor_id, HOST)
    return _emit(context, events.MEETING_CREATED, meeting_id)


@handles(operations.LIST_MEETINGS)
def list_meetings(context: RequestContext) -> list[Meeting]:
    """List the meetings that the acting user is a participant of, newest first."""
    rows = context.store.all(
        MeetingRow,
        "SELECT m.* FROM meetings m JOIN meeting_participants p ON p.meeting_id = m.id"
        " WHERE p.user_id = ? AND p.status != ? ORDER BY m.n DESC",
        (context.actor_id, REMOVED),
    )
    return meetings_from(context, rows)


@handles(operations.GET_MEETING)
def get_meeting(context: RequestContext, meeting_id: str) -> Meeting:
    """Return one meeting."""
    own_meeting(context, meeting_id)
    return meeting_model(context, meeting_id)


@handles(operations.UPDATE_MEETING)
def update_meeting(context: RequestContext, meeting_id: str) -> Meeting:
    """Set the given fields. This also works after the meeting, so that it can be renamed."""
    meeting, participant = own_meeting(context, meeting_id)
    check_host(participant, "change a meeting")
    body = UpdateMeetingBody.from_dict(context.body)
    context.store.run(
        "UPDATE meetings SET title = ?, description = ?, updated_at = ? WHERE id = ?",
        (
            meeting.title if isinstance(body.title, Unset) else body.title,
            meeting.description if isinstance(body.description, Unset) else body.description,
            context.now,
            meeting_id,
        ),
    )
    return meeting_model(context, meeting_id)


@handles(operations.START_MEETING)
def start_meeting(context: RequestContext, meeting_id: str) -> Meeting:
    """Start a meeting, whenever it was scheduled for."""
    meeting, participant = own_meeting(context, meeting_id)
    check_host(participant, "start a meeting")
    check_not_over(meeting)
    if meeting.status == LIVE:
        raise conflict("The meeting is already live.", MEETING_STATE)
    context.store.run(
        "UPDATE meetings SET status = ?, started_at = ?, updated_at = ? WHERE id = ?",
        (LIVE, context.now, context.now, meeting_id),
    )
    return _emit(context, events.MEETING_STARTED, meeting_id)


@handles(operations.END_MEETING)
def end_meeting(context: RequestContext, meeting_id: str) -> Meeting:
    """End a meeting for everybody, or cancel one that has not started."""
    meeting, participant = own_meeting(context, meeting_id)
    check_host(participant, "end a meeting")
    check_not_over(meeting)
    stop_active_recording(context, MEETING, meeting_id)
    context.store.run(
        "UPDATE meeting_participants SET status = ?, left_at = ?, updated_at = ? WHERE meeting_id = ? AND status = ?",
        (LEFT, context.now, context.now, meeting_id, JOINED),
    )
    context.store.run(
        "UPDATE meetings SET status = ?, ended_at = ?, screen_sharer_id = NULL, updated_at = ? WHERE id = ?",
        (ENDED, context.now, context.now, meeting_id),
    )
    return _emit(context, events.MEETING_ENDED, meeting_id)


def _storable(body: CreateMeetingBody, instant: datetime) -> int:
    """The time in microseconds. Times outside the years 1 to 9999 in UTC are refused."""
    microseconds = to_microseconds(instant)
    try:
        from_microseconds(microseconds)
    except OverflowError:
        raise invalid_field(body, "scheduled_at", "must be within the years 1 to 9999", rule=LIMITS) from None
    return microseconds


def _emit(context: RequestContext, event: EventType, meeting_id: str) -> Meeting:
    model = meeting_model(context, meeting_id)
    emit(context, event, MeetingEventData(meeting=model))
    return model
