from ..types import Field, Model
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class InvoiceLine(Model):
    description: str | None
    event_type: str | None
    quantity: float | None
    unit_price: float | None
    amount: float | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
