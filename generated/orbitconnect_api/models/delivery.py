"""The model Delivery."""

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
    read_int,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Delivery(Model):
    """The delivery of one event to one webhook, with all its attempts.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The delivery's id. The vendor documents this property.
        webhook_id: The id of the webhook that the event is delivered to.
        event_id: The id of the event.
        event_type: The type of the event.
        url: The URL that the event is delivered to.
        status: The status of the delivery.
        is_replay: True if the delivery is a replay of the event.
        attempt_count: The number of attempts so far.
        last_attempt_at: When the last attempt was made. Null if there was none.
        next_attempt_at: When the next attempt is due. Null if there is none.
        last_response_status: The HTTP status of the receiver's last response. Null if there was none.
        last_error: Why the last attempt got no response. Null if there was a response.
        delivered_at: When the receiver accepted the event. Null until then.
        created_at: When the delivery was created.
        updated_at: When the delivery was last updated.
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
        Field("id", "id", None, read_str),
        Field("webhook_id", "webhook_id", None, read_str),
        Field("event_id", "event_id", None, read_str),
        Field("event_type", "event_type", None, read_str),
        Field("url", "url", None, read_str),
        Field("status", "status", None, read_str),
        Field("is_replay", "is_replay", None, read_bool),
        Field("attempt_count", "attempt_count", None, read_int),
        Field("last_attempt_at", "last_attempt_at", write_datetime, read_datetime),
        Field("next_attempt_at", "next_attempt_at", write_datetime, read_datetime),
        Field("last_response_status", "last_response_status", None, read_int),
        Field("last_error", "last_error", None, read_str),
        Field("delivered_at", "delivered_at", write_datetime, read_datetime),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.webhook_id = value if type(value := get("webhook_id")) is str or value is None else read_str(value)
        self.event_id = value if type(value := get("event_id")) is str or value is None else read_str(value)
        self.event_type = value if type(value := get("event_type")) is str or value is None else read_str(value)
        self.url = value if type(value := get("url")) is str or value is None else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.is_replay = value if type(value := get("is_replay")) is bool or value is None else read_bool(value)
        self.attempt_count = value if type(value := get("attempt_count")) is int or value is None else read_int(value)
        self.last_response_status = (
            value if (value := get("last_response_status")) is None or type(value) is int else read_int(value)
        )
        self.last_error = value if (value := get("last_error")) is None or type(value) is str else read_str(value)
        try:
            self.last_attempt_at = (
                value
                if (value := get("last_attempt_at")) is None or (value := from_iso(value)).tzinfo
                else as_utc(value)
            )
            self.next_attempt_at = (
                value
                if (value := get("next_attempt_at")) is None or (value := from_iso(value)).tzinfo
                else as_utc(value)
            )
            self.delivered_at = (
                value if (value := get("delivered_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.last_attempt_at = read_datetime(get("last_attempt_at"))
            self.next_attempt_at = read_datetime(get("next_attempt_at"))
            self.delivered_at = read_datetime(get("delivered_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
