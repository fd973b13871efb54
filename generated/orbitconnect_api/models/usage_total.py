"""The model UsageTotal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
)


@define(eq=False)
class UsageTotal(Model):
    """What was used of one event type in the period of a summary.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        event_type: What was used.
        quantity: How much of it was used.
        event_count: How many usage events this sums up.
        amount: What it costs, in major units.
    """

    event_type: str | None = None
    quantity: float | None = None
    event_count: int | None = None
    amount: float | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("event_type", "event_type", None),
        Field("quantity", "quantity", None),
        Field("event_count", "event_count", None),
        Field("amount", "amount", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        return cls(
            get("event_type"),
            get("quantity"),
            get("event_count"),
            get("amount"),
            src_dict,
        )
