"""The model UsageEvent."""

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
    read_dict,
    read_float,
    read_str,
    write_datetime,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class UsageEvent(Model):
    """A record of usage.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The usage event's id.
        event_type: The type of usage, for example `call_minutes`. The set of types is open.
        quantity: The quantity used.
        unit_price: The price of one unit, in major units. Null if the usage has no price.
        amount: The amount charged, in major units. Null if the usage has no price.
        currency: The currency, as an ISO 4217 code.
        transaction_id: The id of the transaction that charged the usage. Null if nothing was charged.
        metadata: Your own data about the usage.
        created_at: When the usage was recorded.
    """

    id: str
    event_type: str | None = None
    quantity: float | None = None
    unit_price: float | None = None
    amount: float | None = None
    currency: str | None = None
    transaction_id: str | None = None
    metadata: dict[str, Any] | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("event_type", "event_type", None, read_str),
        Field("quantity", "quantity", None, read_float),
        Field("unit_price", "unit_price", None, read_float),
        Field("amount", "amount", None, read_float),
        Field("currency", "currency", None, read_str),
        Field("transaction_id", "transaction_id", None, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.event_type = value if type(value := get("event_type")) is str or value is None else read_str(value)
        self.quantity = value if type(value := get("quantity")) is float or value is None else read_float(value)
        self.unit_price = value if (value := get("unit_price")) is None or type(value) is float else read_float(value)
        self.amount = value if (value := get("amount")) is None or type(value) is float else read_float(value)
        self.currency = value if type(value := get("currency")) is str or value is None else read_str(value)
        self.transaction_id = (
            value if (value := get("transaction_id")) is None or type(value) is str else read_str(value)
        )
        self.metadata = value if type(value := get("metadata")) is dict else read_dict(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
