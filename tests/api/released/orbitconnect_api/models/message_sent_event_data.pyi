from ..types import Field, Model
from .message import Message
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MessageSentEventData(Model):
    message_id: str
    conversation_id: str
    message: Message | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
