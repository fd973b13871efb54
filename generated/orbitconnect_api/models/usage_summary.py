"""The model UsageSummary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_float,
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_models,
)
from .usage_total import UsageTotal


@define(eq=False, repr=False, kw_only=True)
class UsageSummary(Model):
    """The usage in a period, with a total for each event type.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        period_start: The start of the period.
        period_end: The end of the period, exclusive.
        totals: One total for each event type with usage.
        total_amount: The total cost, in major units.
        currency: The currency, as an ISO 4217 code.
    """

    period_start: datetime | None = None
    period_end: datetime | None = None
    totals: list[UsageTotal] | None = None
    total_amount: float | None = None
    currency: str | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("period_start", "period_start", write_datetime, read_datetime),
        Field("period_end", "period_end", write_datetime, read_datetime),
        Field("totals", "totals", write_models, read_list),
        Field("total_amount", "total_amount", None, read_float),
        Field("currency", "currency", None, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.totals = (
            read_models(UsageTotal, value) if (value := get("totals")) else [] if isinstance(value, list) else None
        )
        self.total_amount = value if type(value := get("total_amount")) is float or value is None else read_float(value)
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
