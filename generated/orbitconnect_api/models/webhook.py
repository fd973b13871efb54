"""The model Webhook."""

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
    mask,
    new,
    read_bool,
    read_datetime,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Webhook(Model):
    """An endpoint that receives events.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The webhook's id. The vendor documents this property.
        is_active: False while the webhook receives no deliveries. The vendor documents this property.
        url: The URL that events are delivered to.
        secret: The secret that deliveries are signed with. See `WebhookSignature`. Only the responses that create the
            webhook or rotate its secret contain it (inferred). The vendor documents this property.
        created_at: When the webhook was registered.
        updated_at: When the webhook was last updated.
        secret_rotated_at: When the secret was last rotated. Null if it never was.
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
        Field("id", "id", None, read_str),
        Field("is_active", "is_active", None, read_bool),
        Field("url", "url", None, read_str),
        Field("secret", "secret", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
        Field("secret_rotated_at", "secret_rotated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.is_active = value if type(value := get("is_active")) is bool else read_bool(value)
        self.url = value if type(value := get("url")) is str or value is None else read_str(value)
        self.secret = value if type(value := get("secret")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.secret_rotated_at = (
                value
                if (value := get("secret_rotated_at")) is None or (value := from_iso(value)).tzinfo
                else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
            self.secret_rotated_at = read_datetime(get("secret_rotated_at"))
        self._raw = src_dict
        return self
