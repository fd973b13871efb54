"""The model UsageTotal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    new,
    read_float,
    read_int,
    read_str,
)


@define(eq=False, repr=False, kw_only=True)
class UsageTotal(Model):
    """The usage of one event type in the period of a summary.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        event_type: The type of usage.
        quantity: The quantity used.
        event_count: The number of usage events in the total.
        amount: The cost, in major units.
    """

    event_type: str | None = None
    quantity: float | None = None
    event_count: int | None = None
    amount: float | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("event_type", "event_type", None, read_str),
        Field("quantity", "quantity", None, read_float),
        Field("event_count", "event_count", None, read_int),
        Field("amount", "amount", None, read_float),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.event_type = value if type(value := get("event_type")) is str or value is None else read_str(value)
        self.quantity = value if type(value := get("quantity")) is float or value is None else read_float(value)
        self.event_count = value if type(value := get("event_count")) is int or value is None else read_int(value)
        self.amount = value if type(value := get("amount")) is float or value is None else read_float(value)
        self._raw = src_dict
        return self
