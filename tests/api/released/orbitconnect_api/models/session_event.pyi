from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class SessionEvent(Model):
    id: str
    session_id: str | None
    event_type: str | None
    payload: dict[str, Any] | None
    sequence: int | None
    created_by: str | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
