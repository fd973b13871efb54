"""The model WebhookSubscription."""

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
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class WebhookSubscription(Model):
    """A webhook's subscription to one type of event.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The subscription's id.
        webhook_id: The id of the subscribed webhook.
        event_type: The type of the events, for example `message.sent`. The set of types is open.
        created_at: When the webhook was subscribed.
    """

    id: str
    webhook_id: str | None = None
    event_type: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("webhook_id", "webhook_id", None, read_str),
        Field("event_type", "event_type", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.webhook_id = value if type(value := get("webhook_id")) is str or value is None else read_str(value)
        self.event_type = value if type(value := get("event_type")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
