from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class MeetingParticipant(Model):
    id: str
    meeting_id: str | None
    app_user_id: str | None
    role: Literal['co_host', 'host', 'participant'] | str | None
    status: Literal['invited', 'joined', 'left', 'removed'] | str | None
    is_muted: bool | None
    is_sharing_screen: bool | None
    joined_at: datetime | None
    left_at: datetime | None
    created_by: str | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
