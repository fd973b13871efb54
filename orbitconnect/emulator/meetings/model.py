"""Meetings and their participants as the API shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.meeting_participant import MeetingParticipant
from orbitconnect_api.models.meeting_participant_event_data import MeetingParticipantEventData
from orbitconnect_api.types import EventType

from ..clock import from_microseconds
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
    """A row of `_SELECT`."""

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
    """A meeting as it is now."""
    return meeting_models(context, [find_meeting(context, meeting_id)])[0]


def meeting_models(context: Context, rows: Sequence[MeetingRow]) -> list[Meeting]:
    """The meetings that rows of the table hold, each with all who are or were on its list."""
    participants: dict[str, list[MeetingParticipant]] = {row.id: [] for row in rows}
    entries = context.store.all(
        _Participant,
        f"{_SELECT} WHERE p.meeting_id IN (SELECT value FROM json_each(?)) ORDER BY p.n",
        (json.dumps([*participants]),),
    )
    for entry in entries:
        participants[entry.meeting_id].append(_participant(entry))
    return [_meeting(context, row, participants[row.id]) for row in rows]


def participant_model(context: Context, entry_id: str) -> MeetingParticipant:
    """A participant as it is now."""
    return _participant(context.store.one(_Participant, f"{_SELECT} WHERE p.id = ?", (entry_id,)))


def tell_of_participant(context: Context, event: EventType, entry: MeetingParticipantRow) -> None:
    """Emits an event about somebody on the list of a meeting."""
    participant = participant_model(context, entry.id)
    emit(context, event, MeetingParticipantEventData(meeting_id=entry.meeting_id, participant=participant))


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
        scheduled_at=_instant(row.scheduled_at),
        started_at=_instant(row.started_at),
        ended_at=_instant(row.ended_at),
        created_by=row.created_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Meeting),
    )


def _participant(entry: _Participant) -> MeetingParticipant:
    return MeetingParticipant(
        id=entry.id,
        meeting_id=entry.meeting_id,
        app_user_id=entry.user_id,
        role=entry.role,
        status=entry.status,
        is_muted=bool(entry.is_muted),
        is_sharing_screen=bool(entry.is_sharing),
        joined_at=_instant(entry.joined_at),
        left_at=_instant(entry.left_at),
        created_by=entry.created_by,
        created_at=from_microseconds(entry.created_at),
        updated_at=from_microseconds(entry.updated_at),
        _raw=nulls(MeetingParticipant),
    )


def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else from_microseconds(microseconds)
