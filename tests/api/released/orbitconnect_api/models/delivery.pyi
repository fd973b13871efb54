from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Delivery(Model):
    id: str
    webhook_id: str | None
    event_id: str | None
    event_type: str | None
    url: str | None
    status: Literal['failed', 'pending', 'succeeded'] | str | None
    is_replay: bool | None
    attempt_count: int | None
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None
    last_response_status: int | None
    last_error: str | None
    delivered_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
