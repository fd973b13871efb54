from ..types import Field, Model
from .message_receipt import MessageReceipt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MessageReceiptEventData(Model):
    message_id: str
    conversation_id: str
    receipt: MessageReceipt
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
