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
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.delivery_id = get("delivery_id")
        self.number = get("number")
        self.url = get("url")
        self.response_status = get("response_status")
        self.response_excerpt = get("response_excerpt")
        self.error = get("error")
        self.duration_ms = get("duration_ms")
        self.attempted_at = None if (value := get("attempted_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
