"""The model DeliveryAttempt."""

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
    read_int,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class DeliveryAttempt(Model):
    """One attempt to deliver an event to a webhook.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The attempt's id.
        delivery_id: The id of the delivery that the attempt belongs to.
        number: The number of the attempt within the delivery, starting at 1.
        url: The URL that the event was sent to.
        response_status: The HTTP status of the receiver's response. Null if there was no response.
        response_excerpt: The beginning of the receiver's response body. Null if there was no response.
        error: A human-readable explanation of why there was no response. Null if there was one.
        duration_ms: The duration of the attempt in milliseconds.
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
        Field("id", "id", None, read_str),
        Field("delivery_id", "delivery_id", None, read_str),
        Field("number", "number", None, read_int),
        Field("url", "url", None, read_str),
        Field("response_status", "response_status", None, read_int),
        Field("response_excerpt", "response_excerpt", None, read_str),
        Field("error", "error", None, read_str),
        Field("duration_ms", "duration_ms", None, read_int),
        Field("attempted_at", "attempted_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.delivery_id = value if type(value := get("delivery_id")) is str or value is None else read_str(value)
        self.number = value if type(value := get("number")) is int or value is None else read_int(value)
        self.url = value if type(value := get("url")) is str or value is None else read_str(value)
        self.response_status = (
            value if (value := get("response_status")) is None or type(value) is int else read_int(value)
        )
        self.response_excerpt = (
            value if (value := get("response_excerpt")) is None or type(value) is str else read_str(value)
        )
        self.error = value if (value := get("error")) is None or type(value) is str else read_str(value)
        self.duration_ms = value if type(value := get("duration_ms")) is int or value is None else read_int(value)
        try:
            self.attempted_at = (
                value if (value := get("attempted_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.attempted_at = read_datetime(get("attempted_at"))
        self._raw = src_dict
        return self
