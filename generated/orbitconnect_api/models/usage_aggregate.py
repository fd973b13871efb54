"""The model UsageAggregate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    write_datetime,
)


@define(eq=False)
class UsageAggregate(Model):
    """What was used of one event type in one stretch of time.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        event_type: What was used.
        granularity: How long the stretch is.
        period_start: When the stretch begins.
        period_end: When the stretch ends; this instant is no longer part of it.
        quantity: How much of it was used.
        event_count: How many usage events this sums up.
        amount: What it costs, in major units.
        currency: The currency, as an ISO 4217 code.
    """

    event_type: str | None = None
    granularity: Literal["day", "hour", "month"] | str | None = None
    period_start: datetime | None = None
    period_end: datetime | None = None
    quantity: float | None = None
    event_count: int | None = None
    amount: float | None = None
    currency: str | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("event_type", "event_type", None),
        Field("granularity", "granularity", None),
        Field("period_start", "period_start", write_datetime),
        Field("period_end", "period_end", write_datetime),
        Field("quantity", "quantity", None),
        Field("event_count", "event_count", None),
        Field("amount", "amount", None),
        Field("currency", "currency", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.event_type = get("event_type")
        self.granularity = get("granularity")
        self.period_start = None if (value := get("period_start")) is None else read_datetime(value)
        self.period_end = None if (value := get("period_end")) is None else read_datetime(value)
        self.quantity = get("quantity")
        self.event_count = get("event_count")
        self.amount = get("amount")
        self.currency = get("currency")
        self._raw = src_dict
        return self
