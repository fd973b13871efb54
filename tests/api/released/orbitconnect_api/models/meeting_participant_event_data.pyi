from ..types import Field, Model
from .meeting_participant import MeetingParticipant
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MeetingParticipantEventData(Model):
    meeting_id: str
    participant: MeetingParticipant
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
