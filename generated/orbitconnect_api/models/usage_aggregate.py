"""The model UsageAggregate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_float,
    read_int,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class UsageAggregate(Model):
    """The usage of one event type in one period.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        event_type: The type of usage.
        granularity: The length of the period.
        period_start: The start of the period.
        period_end: The end of the period, exclusive.
        quantity: The quantity used.
        event_count: The number of usage events in the total.
        amount: The cost, in major units.
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
        Field("event_type", "event_type", None, read_str),
        Field("granularity", "granularity", None, read_str),
        Field("period_start", "period_start", write_datetime, read_datetime),
        Field("period_end", "period_end", write_datetime, read_datetime),
        Field("quantity", "quantity", None, read_float),
        Field("event_count", "event_count", None, read_int),
        Field("amount", "amount", None, read_float),
        Field("currency", "currency", None, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.event_type = value if type(value := get("event_type")) is str or value is None else read_str(value)
        self.granularity = value if type(value := get("granularity")) is str or value is None else read_str(value)
        self.quantity = value if type(value := get("quantity")) is float or value is None else read_float(value)
        self.event_count = value if type(value := get("event_count")) is int or value is None else read_int(value)
        self.amount = value if type(value := get("amount")) is float or value is None else read_float(value)
        self.currency = value if type(value := get("currency")) is str or value is None else read_str(value)
        try:
            self.period_start = (
                value if (value := get("period_start")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.period_end = (
                value if (value := get("period_end")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.period_start = read_datetime(get("period_start"))
            self.period_end = read_datetime(get("period_end"))
        self._raw = src_dict
        return self
