"""The model Delivery."""

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
class Delivery(Model):
    """One event on its way to one webhook, over all attempts.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id of the delivery. (Observed.)
        webhook_id: The webhook that the event goes to.
        event_id: The event that is delivered.
        event_type: The type of that event.
        url: Where the event is delivered to.
        status: What became of the delivery.
        is_replay: True where the delivery comes from replaying the event.
        attempt_count: How many attempts were made so far.
        last_attempt_at: When the last attempt was made; null before the first.
        next_attempt_at: When the next attempt is due; null when none follows.
        last_response_status: The status code of the receiver's last answer; null while there is none.
        last_error: Why the last attempt got no answer; null where it got one.
        delivered_at: When the receiver accepted the event; null until then.
        created_at: When the delivery was started.
        updated_at: When the delivery last changed.
    """

    id: str
    webhook_id: str | None = None
    event_id: str | None = None
    event_type: str | None = None
    url: str | None = None
    status: Literal["failed", "pending", "succeeded"] | str | None = None
    is_replay: bool | None = None
    attempt_count: int | None = None
    last_attempt_at: datetime | None = None
    next_attempt_at: datetime | None = None
    last_response_status: int | None = None
    last_error: str | None = None
    delivered_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("webhook_id", "webhook_id", None),
        Field("event_id", "event_id", None),
        Field("event_type", "event_type", None),
        Field("url", "url", None),
        Field("status", "status", None),
        Field("is_replay", "is_replay", None),
        Field("attempt_count", "attempt_count", None),
        Field("last_attempt_at", "last_attempt_at", write_datetime),
        Field("next_attempt_at", "next_attempt_at", write_datetime),
        Field("last_response_status", "last_response_status", None),
        Field("last_error", "last_error", None),
        Field("delivered_at", "delivered_at", write_datetime),
        Field("created_at", "created_at", write_datetime),
        Field("updated_at", "updated_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.webhook_id = get("webhook_id")
        self.event_id = get("event_id")
        self.event_type = get("event_type")
        self.url = get("url")
        self.status = get("status")
        self.is_replay = get("is_replay")
        self.attempt_count = get("attempt_count")
        self.last_attempt_at = None if (value := get("last_attempt_at")) is None else read_datetime(value)
        self.next_attempt_at = None if (value := get("next_attempt_at")) is None else read_datetime(value)
        self.last_response_status = get("last_response_status")
        self.last_error = get("last_error")
        self.delivered_at = None if (value := get("delivered_at")) is None else read_datetime(value)
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self.updated_at = None if (value := get("updated_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
