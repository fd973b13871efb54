"""The API's models of meetings and their participants."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.meeting_participant import MeetingParticipant
from orbitconnect_api.models.meeting_participant_event_data import MeetingParticipantEventData
from orbitconnect_api.types import EventType

from ..clock import from_microseconds, time_or_none
from ..context import Context
from ..media.recordings import MEETING, active_recording
from ..model_fields import nulls
from ..outbox import emit
from ..tables.meetings import MeetingParticipantRow, MeetingRow
from .rows import JOINED, find_meeting

_SELECT: Final = (
    "SELECT p.id, p.meeting_id, p.user_id, p.role, p.status, p.is_muted, p.user_id IS m.screen_sharer_id AS is_sharing,"
    " p.joined_at, p.left_at, p.created_by, p.created_at, p.updated_at"
    " FROM meeting_participants p JOIN meetings m ON m.id = p.meeting_id"
)


class _Participant(NamedTuple):
    """A row that `_SELECT` returns."""

    id: str
    meeting_id: str
    user_id: str
    role: str
    status: str
    is_muted: int
    is_sharing: int
    joined_at: int | None
    left_at: int | None
    created_by: str
    created_at: int
    updated_at: int


def meeting_model(context: Context, meeting_id: str) -> Meeting:
    """Read a meeting, and build its model."""
    return meetings_from(context, [find_meeting(context, meeting_id)])[0]


def meetings_from(context: Context, rows: Sequence[MeetingRow]) -> list[Meeting]:
    """Build the models of rows, each with the meeting's present and former participants."""
    participants: dict[str, list[MeetingParticipant]] = {row.id: [] for row in rows}
    participant_rows = context.store.all(
        _Participant,
        f"{_SELECT} WHERE p.meeting_id IN (SELECT value FROM json_each(?)) ORDER BY p.n",
        (json.dumps([*participants]),),
    )
    for row in participant_rows:
        participants[row.meeting_id].append(_participant(row))
    return [_meeting(context, row, participants[row.id]) for row in rows]


def participant_model(context: Context, participant_id: str) -> MeetingParticipant:
    """Read a participant, and build the model."""
    return _participant(context.store.one(_Participant, f"{_SELECT} WHERE p.id = ?", (participant_id,)))


def emit_participant_event(context: Context, event: EventType, row: MeetingParticipantRow) -> None:
    """Emit an event about a participant."""
    data = MeetingParticipantEventData(meeting_id=row.meeting_id, participant=participant_model(context, row.id))
    emit(context, event, data)


def _meeting(context: Context, row: MeetingRow, participants: list[MeetingParticipant]) -> Meeting:
    return Meeting(
        id=row.id,
        title=row.title,
        description=row.description,
        status=row.status,
        host_user_id=row.host_id,
        participants=participants,
        participant_count=sum(participant.status == JOINED for participant in participants),
        screen_share_user_id=row.screen_sharer_id,
        is_recording=active_recording(context, MEETING, row.id) is not None,
        scheduled_at=time_or_none(row.scheduled_at),
        started_at=time_or_none(row.started_at),
        ended_at=time_or_none(row.ended_at),
        created_by=row.created_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Meeting),
    )


def _participant(row: _Participant) -> MeetingParticipant:
    return MeetingParticipant(
        id=row.id,
        meeting_id=row.meeting_id,
        app_user_id=row.user_id,
        role=row.role,
        status=row.status,
        is_muted=bool(row.is_muted),
        is_sharing_screen=bool(row.is_sharing),
        joined_at=time_or_none(row.joined_at),
        left_at=time_or_none(row.left_at),
        created_by=row.created_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(MeetingParticipant),
    )
