from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class SendMessageBody(RequestModel):
    content: str
    type: Literal['audio', 'file', 'image', 'location', 'system', 'text', 'video'] | str | Unset
    metadata: Mapping[str, Any] | Unset
    idempotency_key: str | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
