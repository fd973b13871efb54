from ..types import Field, Model
from .conversation_context_actor import ConversationContextActor
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class ConversationContext(Model):
    type: Literal['booking', 'purchase', 'service', 'support'] | str | None
    reference_id: str | None
    title: str | None
    status: str | None
    actor: ConversationContextActor | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
