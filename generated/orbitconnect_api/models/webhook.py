"""The model Webhook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    mask,
    read_datetime,
    write_datetime,
)


@define(eq=False)
class Webhook(Model):
    """An endpoint of yours that events are delivered to.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id of the webhook. (Observed.)
        is_active: False while nothing is delivered to the webhook. (Observed.)
        url: Where events are delivered to.
        secret: What deliveries are signed with; see `WebhookSignature`. It is there only in the answer that created the
            webhook or replaced the secret (inferred). (Observed.)
        created_at: When the webhook was registered.
        updated_at: When the webhook was last changed.
        secret_rotated_at: When the secret was last replaced; null while it is the first one.
    """

    id: str
    is_active: bool
    url: str | None = None
    secret: str | None = field(default=None, repr=mask)
    created_at: datetime | None = None
    updated_at: datetime | None = None
    secret_rotated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("is_active", "is_active", None),
        Field("url", "url", None),
        Field("secret", "secret", None),
        Field("created_at", "created_at", write_datetime),
        Field("updated_at", "updated_at", write_datetime),
        Field("secret_rotated_at", "secret_rotated_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.is_active = get("is_active")
        self.url = get("url")
        self.secret = get("secret")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self.updated_at = None if (value := get("updated_at")) is None else read_datetime(value)
        self.secret_rotated_at = None if (value := get("secret_rotated_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
