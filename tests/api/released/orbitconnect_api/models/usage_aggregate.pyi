from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class UsageAggregate(Model):
    event_type: str | None
    granularity: Literal['day', 'hour', 'month'] | str | None
    period_start: datetime | None
    period_end: datetime | None
    quantity: float | None
    event_count: int | None
    amount: float | None
    currency: str | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
