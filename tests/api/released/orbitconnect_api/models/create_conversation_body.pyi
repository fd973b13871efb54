from ..types import Field, RequestModel, Unset
from .conversation_context import ConversationContext
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

class CreateConversationBody(RequestModel):
    type: Literal['direct', 'group'] | str
    participant_id: str | Unset
    participant_ids: Sequence[str] | Unset
    metadata: Mapping[str, Any] | Unset
    context: ConversationContext | Mapping[str, Any] | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
