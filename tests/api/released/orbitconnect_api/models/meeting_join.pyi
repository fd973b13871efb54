from ..types import Field, Model
from .meeting import Meeting
from .sfu_session import SfuSession
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MeetingJoin(Model):
    meeting: Meeting
    sfu_session: SfuSession
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
