"""The model WebhookSubscription."""

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
class WebhookSubscription(Model):
    """That a webhook is told of events of one type.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id of the subscription.
        webhook_id: The webhook that is told.
        event_type: The type of the events, for example `message.sent`. The set is open.
        created_at: When the webhook was subscribed.
    """

    id: str
    webhook_id: str | None = None
    event_type: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("webhook_id", "webhook_id", None),
        Field("event_type", "event_type", None),
        Field("created_at", "created_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.webhook_id = get("webhook_id")
        self.event_type = get("event_type")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
