from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Transaction(Model):
    id: str
    type: Literal['adjustment', 'refund', 'top_up', 'usage'] | str | None
    amount: float | None
    currency: str | None
    balance_after: float | None
    description: str | None
    usage_event_id: str | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
