from ..types import Field, Model
from .reaction import Reaction
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MessageReactionEventData(Model):
    message_id: str
    conversation_id: str
    reaction: Reaction
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
