from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class MeetingToken(Model):
    token: str
    meeting_id: str | None
    app_user_id: str | None
    role: Literal['co_host', 'host', 'participant'] | str | None
    expires_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
