"""The model InvoiceLine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    new,
    read_float,
    read_str,
)


@define(eq=False, repr=False, kw_only=True)
class InvoiceLine(Model):
    """One line of an invoice.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        description: A human-readable description of the line.
        event_type: The type of usage. Null if the line is not for usage.
        quantity: The quantity used.
        unit_price: The price of one unit, in major units.
        amount: The amount of the line, in major units.
    """

    description: str | None = None
    event_type: str | None = None
    quantity: float | None = None
    unit_price: float | None = None
    amount: float | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("description", "description", None, read_str),
        Field("event_type", "event_type", None, read_str),
        Field("quantity", "quantity", None, read_float),
        Field("unit_price", "unit_price", None, read_float),
        Field("amount", "amount", None, read_float),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.description = value if type(value := get("description")) is str or value is None else read_str(value)
        self.event_type = value if (value := get("event_type")) is None or type(value) is str else read_str(value)
        self.quantity = value if type(value := get("quantity")) is float or value is None else read_float(value)
        self.unit_price = value if type(value := get("unit_price")) is float or value is None else read_float(value)
        self.amount = value if type(value := get("amount")) is float or value is None else read_float(value)
        self._raw = src_dict
        return self
