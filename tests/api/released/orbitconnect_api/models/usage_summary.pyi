from ..types import Field, Model
from .usage_total import UsageTotal
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class UsageSummary(Model):
    period_start: datetime | None
    period_end: datetime | None
    totals: list[UsageTotal] | None
    total_amount: float | None
    currency: str | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
