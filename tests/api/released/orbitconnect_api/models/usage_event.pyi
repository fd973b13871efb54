from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class UsageEvent(Model):
    id: str
    event_type: str | None
    quantity: float | None
    unit_price: float | None
    amount: float | None
    currency: str | None
    transaction_id: str | None
    metadata: dict[str, Any] | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
