from ..types import Field, RequestModel
from .conversation_context import ConversationContext
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class UpdateConversationContextBody(RequestModel):
    context: ConversationContext | Mapping[str, Any]
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
