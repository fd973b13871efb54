"""The model Transaction."""

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
class Transaction(Model):
    """One change of the balance of the wallet.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id of the transaction.
        type: Why the balance changed.
        amount: By how much the balance changed, in major units; negative where money was taken.
        currency: The currency, as an ISO 4217 code.
        balance_after: What was in the wallet afterwards.
        description: What the change was for, for a person to read; null where nothing is said.
        usage_event_id: The usage event that was charged or given back; null for other changes.
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
        Field("id", "id", None),
        Field("type", "type", None),
        Field("amount", "amount", None),
        Field("currency", "currency", None),
        Field("balance_after", "balance_after", None),
        Field("description", "description", None),
        Field("usage_event_id", "usage_event_id", None),
        Field("created_at", "created_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.type = get("type")
        self.amount = get("amount")
        self.currency = get("currency")
        self.balance_after = get("balance_after")
        self.description = get("description")
        self.usage_event_id = get("usage_event_id")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
