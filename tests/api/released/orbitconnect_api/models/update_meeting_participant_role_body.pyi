from ..types import Field, RequestModel
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class UpdateMeetingParticipantRoleBody(RequestModel):
    role: Literal['co_host', 'host', 'participant'] | str
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
