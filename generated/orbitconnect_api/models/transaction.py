"""The model Transaction."""

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
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Transaction(Model):
    """A change to the wallet's balance.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The transaction's id.
        type: The reason for the change.
        amount: The amount of the change, in major units. Negative if money was deducted.
        currency: The currency, as an ISO 4217 code.
        balance_after: The balance after the change.
        description: A human-readable description of the change. Null if there is none.
        usage_event_id: The id of the usage event that was charged or refunded. Null for other changes.
        created_at: When the balance changed.
    """

    id: str
    type: Literal["adjustment", "refund", "top_up", "usage"] | str | None = None
    amount: float | None = None
    currency: str | None = None
    balance_after: float | None = None
    description: str | None = None
    usage_event_id: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("amount", "amount", None, read_float),
        Field("currency", "currency", None, read_str),
        Field("balance_after", "balance_after", None, read_float),
        Field("description", "description", None, read_str),
        Field("usage_event_id", "usage_event_id", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.amount = value if type(value := get("amount")) is float or value is None else read_float(value)
        self.currency = value if type(value := get("currency")) is str or value is None else read_str(value)
        self.balance_after = (
            value if type(value := get("balance_after")) is float or value is None else read_float(value)
        )
        self.description = value if (value := get("description")) is None or type(value) is str else read_str(value)
        self.usage_event_id = (
            value if (value := get("usage_event_id")) is None or type(value) is str else read_str(value)
        )
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
