from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Participant(Model):
    id: str
    conversation_id: str | None
    app_user_id: str | None
    display_name: str | None
    role: Literal['admin', 'member', 'owner'] | str | None
    added_by_user_id: str | None
    last_read_sequence: int | None
    last_read_at: datetime | None
    joined_at: datetime | None
    left_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
