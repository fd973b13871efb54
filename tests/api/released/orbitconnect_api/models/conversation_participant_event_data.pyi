from ..types import Field, Model
from .participant import Participant
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class ConversationParticipantEventData(Model):
    conversation_id: str
    participant: Participant
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
