from ..types import Field, RequestModel
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class AddMeetingParticipantBody(RequestModel):
    app_user_id: str
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
