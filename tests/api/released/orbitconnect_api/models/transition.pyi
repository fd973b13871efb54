from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Transition(Model):
    id: str
    session_id: str | None
    transition_type: Literal['call_to_meeting', 'chat_to_call', 'meeting_to_chat'] | str | None
    from_state: Literal['call', 'chat', 'meeting'] | str | None
    to_state: Literal['call', 'chat', 'meeting'] | str | None
    context_id: str | None
    triggered_by: str | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
