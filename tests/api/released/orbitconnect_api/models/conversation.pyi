from ..types import Field, Model
from .conversation_context import ConversationContext
from .message import Message
from .participant import Participant
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Conversation(Model):
    id: str
    type: Literal['direct', 'group'] | str | None
    participants: list[Participant] | None
    participant_count: int | None
    metadata: dict[str, Any] | None
    context: ConversationContext | None
    last_message: Message | None
    last_sequence: int | None
    unread_count: int | None
    created_by: str | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
