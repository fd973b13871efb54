"""The model UsageTotal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
)


@define(eq=False)
class UsageTotal(Model):
    """What was used of one event type in the period of a summary.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        event_type: What was used.
        quantity: How much of it was used.
        event_count: How many usage events this sums up.
        amount: What it costs, in major units.
    """

    event_type: str | None = None
    quantity: float | None = None
    event_count: int | None = None
    amount: float | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("event_type", "event_type", None),
        Field("quantity", "quantity", None),
        Field("event_count", "event_count", None),
        Field("amount", "amount", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.event_type = get("event_type")
        self.quantity = get("quantity")
        self.event_count = get("event_count")
        self.amount = get("amount")
        self._raw = src_dict
        return self
