from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Call(Model):
    id: str
    type: Literal['video', 'voice'] | str | None
    status: Literal['accepted', 'ended', 'failed', 'missed', 'rejected', 'ringing'] | str | None
    caller_id: str | None
    callee_id: str | None
    conversation_id: str | None
    is_recording: bool | None
    accepted_at: datetime | None
    ended_at: datetime | None
    ended_by_user_id: str | None
    duration_seconds: int | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
