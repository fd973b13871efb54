from ..types import Field, Model
from .conversation import Conversation
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class ConversationEventData(Model):
    conversation: Conversation
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
