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
        return cls(
            get("description"),
            get("event_type"),
            get("quantity"),
            get("unit_price"),
            get("amount"),
            src_dict,
        )
