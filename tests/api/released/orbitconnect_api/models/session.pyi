from ..types import Field, Model
from .session_context import SessionContext
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Session(Model):
    id: str
    type: Literal['call_session', 'chat_session', 'meeting_session'] | str | None
    status: Literal['active', 'ended'] | str | None
    state: Literal['call', 'chat', 'meeting'] | str | None
    context_id: str | None
    context: SessionContext | None
    created_by: str | None
    ended_by: str | None
    created_at: datetime | None
    updated_at: datetime | None
    ended_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
