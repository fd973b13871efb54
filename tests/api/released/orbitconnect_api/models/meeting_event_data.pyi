from ..types import Field, Model
from .meeting import Meeting
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MeetingEventData(Model):
    meeting: Meeting
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
