from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class ReplyToMessageBody(RequestModel):
    content: str
    reply_to_message_id: str
    type: Literal['audio', 'file', 'image', 'location', 'system', 'text', 'video'] | str | Unset
    metadata: Mapping[str, Any] | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
