from ..types import Field, Model
from .recording import Recording
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MeetingRecordingEventData(Model):
    meeting_id: str
    recording: Recording
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
