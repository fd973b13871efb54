from ..types import Field, Model
from .meeting_participant import MeetingParticipant
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Meeting(Model):
    id: str
    title: str | None
    description: str | None
    status: Literal['ended', 'live', 'scheduled'] | str | None
    host_user_id: str | None
    participants: list[MeetingParticipant] | None
    participant_count: int | None
    screen_share_user_id: str | None
    is_recording: bool | None
    scheduled_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    created_by: str | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
