from ..types import Field, Model
from .message_receipt import MessageReceipt
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class MessageInfo(Model):
    message_id: str | None
    conversation_id: str | None
    sender_id: str | None
    status: Literal['delivered', 'read', 'sent'] | str | None
    recipient_count: int | None
    delivered_count: int | None
    read_count: int | None
    recipients: list[MessageReceipt] | None
    sent_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
