from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class DeliveryAttempt(Model):
    id: str
    delivery_id: str | None
    number: int | None
    url: str | None
    response_status: int | None
    response_excerpt: str | None
    error: str | None
    duration_ms: int | None
    attempted_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
