from ..types import Field, Model
from .reaction import Reaction
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Message(Model):
    id: str
    conversation_id: str | None
    sender_id: str | None
    content: str | None
    type: Literal['audio', 'file', 'image', 'location', 'system', 'text', 'video'] | str | None
    metadata: dict[str, Any] | None
    sequence: int | None
    reply_to_message_id: str | None
    forwarded_from_message_id: str | None
    reactions: list[Reaction] | None
    is_pinned: bool | None
    pinned_by_user_id: str | None
    pinned_at: datetime | None
    status: Literal['delivered', 'read', 'sent'] | str | None
    edited_at: datetime | None
    recalled_at: datetime | None
    deleted_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
