"""The model InvoiceLine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
)


@define(eq=False)
class InvoiceLine(Model):
    """One line of an invoice.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        description: What the line is for, for a person to read.
        event_type: What was used; null where the line is not for usage.
        quantity: How much of it was used.
        unit_price: What one costs, in major units.
        amount: What the line comes to, in major units.
    """

    description: str | None = None
    event_type: str | None = None
    quantity: float | None = None
    unit_price: float | None = None
    amount: float | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("description", "description", None),
        Field("event_type", "event_type", None),
        Field("quantity", "quantity", None),
        Field("unit_price", "unit_price", None),
        Field("amount", "amount", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.description = get("description")
        self.event_type = get("event_type")
        self.quantity = get("quantity")
        self.unit_price = get("unit_price")
        self.amount = get("amount")
        self._raw = src_dict
        return self
