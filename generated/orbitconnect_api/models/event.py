"""The model Event."""

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
    read_dict,
    read_str,
    write_datetime,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class Event(Model):
    """The envelope of every webhook delivery, whatever the event's type.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The event's id. It is the same in every delivery and redelivery of the event, so receivers can use it to
            detect duplicates.
        type: The event's type, for example `message.sent`. The set of types is open.
        created_at: When the event occurred.
        data: The payload. Its fields depend on the event's type.
    """

    id: str
    type: str
    created_at: datetime
    data: dict[str, Any]
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("data", "data", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str else read_str(value)
        self.data = value if type(value := get("data")) is dict else read_dict(value)
        try:
            self.created_at = value if (value := from_iso(get("created_at"))).tzinfo else as_utc(value)
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
