from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class CreateMeetingBody(RequestModel):
    title: str
    description: str | Unset
    scheduled_at: datetime | str | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
