from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class BillingAlert(Model):
    id: str
    type: Literal['low_balance'] | str | None
    threshold: float | None
    currency: str | None
    is_active: bool | None
    last_triggered_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
