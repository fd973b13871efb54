"""The model PlatformEvent."""

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
    read_dict,
    read_int,
    read_str,
    write_datetime,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class PlatformEvent(Model):
    """An event. Webhooks that are subscribed to its type receive it as an `Event`.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The event's id. Receivers get the same id.
        type: The event's type, for example `message.sent`. The set of types is open.
        source: The source of the event.
        payload: The payload that receivers get as `data`. Its fields depend on the event's type.
        delivery_count: The number of deliveries of the event, including replays.
        last_replayed_at: When the event was last replayed. Null if it never was.
        created_at: When the event occurred.
    """

    id: str
    type: str | None = None
    source: Literal["platform", "published"] | str | None = None
    payload: dict[str, Any] | None = None
    delivery_count: int | None = None
    last_replayed_at: datetime | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("source", "source", None, read_str),
        Field("payload", "payload", write_dict, read_dict),
        Field("delivery_count", "delivery_count", None, read_int),
        Field("last_replayed_at", "last_replayed_at", write_datetime, read_datetime),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.source = value if type(value := get("source")) is str or value is None else read_str(value)
        self.payload = value if type(value := get("payload")) is dict else read_dict(value)
        self.delivery_count = value if type(value := get("delivery_count")) is int or value is None else read_int(value)
        try:
            self.last_replayed_at = (
                value
                if (value := get("last_replayed_at")) is None or (value := from_iso(value)).tzinfo
                else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.last_replayed_at = read_datetime(get("last_replayed_at"))
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
