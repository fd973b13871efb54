"""The model BillingAlert."""

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
    read_bool,
    read_datetime,
    read_float,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class BillingAlert(Model):
    """An alert that is triggered when the balance falls below a threshold.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The alert's id.
        type: What the alert monitors.
        threshold: The balance below which the alert is triggered, in major units.
        currency: The currency of the threshold, as an ISO 4217 code.
        is_active: False while the threshold is not monitored.
        last_triggered_at: When the alert was last triggered. Null if it never was.
        created_at: When the alert was created.
        updated_at: When the alert was last updated.
    """

    id: str
    type: Literal["low_balance"] | str | None = None
    threshold: float | None = None
    currency: str | None = None
    is_active: bool | None = None
    last_triggered_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("threshold", "threshold", None, read_float),
        Field("currency", "currency", None, read_str),
        Field("is_active", "is_active", None, read_bool),
        Field("last_triggered_at", "last_triggered_at", write_datetime, read_datetime),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.threshold = value if type(value := get("threshold")) is float or value is None else read_float(value)
        self.currency = value if type(value := get("currency")) is str or value is None else read_str(value)
        self.is_active = value if type(value := get("is_active")) is bool or value is None else read_bool(value)
        try:
            self.last_triggered_at = (
                value
                if (value := get("last_triggered_at")) is None or (value := from_iso(value)).tzinfo
                else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.last_triggered_at = read_datetime(get("last_triggered_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
