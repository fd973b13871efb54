"""The model MessageReceipt."""

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
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class MessageReceipt(Model):
    """The delivery status of a message for one recipient.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        app_user_id: The recipient's user id.
        status: The delivery status.
        delivered_at: When the message was delivered to the recipient. Null until then.
        read_at: When the recipient read the message. Null until then.
    """

    app_user_id: str | None = None
    status: Literal["delivered", "read", "sent"] | str | None = None
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("app_user_id", "app_user_id", None, read_str),
        Field("status", "status", None, read_str),
        Field("delivered_at", "delivered_at", write_datetime, read_datetime),
        Field("read_at", "read_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        try:
            self.delivered_at = (
                value if (value := get("delivered_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.read_at = (
                value if (value := get("read_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.delivered_at = read_datetime(get("delivered_at"))
            self.read_at = read_datetime(get("read_at"))
        self._raw = src_dict
        return self
