"""The model DeliveryAttempt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    write_datetime,
)


@define(eq=False)
class DeliveryAttempt(Model):
    """One attempt to deliver an event to a webhook.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id of the attempt.
        delivery_id: The delivery that the attempt belongs to.
        number: Counts the attempts of a delivery, from 1.
        url: Where the event was sent to.
        response_status: The status code of the receiver's answer; null where there was no answer.
        response_excerpt: The beginning of the body of the receiver's answer; null where there was no answer.
        error: Why there was no answer, for a person to read; null where there was one.
        duration_ms: How long the attempt took, in milliseconds.
        attempted_at: When the attempt was made.
    """

    id: str
    delivery_id: str | None = None
    number: int | None = None
    url: str | None = None
    response_status: int | None = None
    response_excerpt: str | None = None
    error: str | None = None
    duration_ms: int | None = None
    attempted_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("delivery_id", "delivery_id", None),
        Field("number", "number", None),
        Field("url", "url", None),
        Field("response_status", "response_status", None),
        Field("response_excerpt", "response_excerpt", None),
        Field("error", "error", None),
        Field("duration_ms", "duration_ms", None),
        Field("attempted_at", "attempted_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        return cls(
            get("id"),
            get("delivery_id"),
            get("number"),
            get("url"),
            get("response_status"),
            get("response_excerpt"),
            get("error"),
            get("duration_ms"),
            read_datetime(get("attempted_at")),
            src_dict,
        )
