from ..types import Field, Model
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class UsageTotal(Model):
    event_type: str | None
    quantity: float | None
    event_count: int | None
    amount: float | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
