"""The model SessionEvent."""

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
    read_int,
    read_str,
    write_datetime,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class SessionEvent(Model):
    """A custom event that was emitted in a session.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The event's id.
        session_id: The session's id.
        event_type: The event's type. You define the values.
        payload: Your own data about the event. Empty if none was given.
        sequence: The event's position among the session's events, starting at 1.
        created_by: The id of the user who emitted the event.
        created_at: When the event was emitted.
    """

    id: str
    session_id: str | None = None
    event_type: str | None = None
    payload: dict[str, Any] | None = None
    sequence: int | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("session_id", "session_id", None, read_str),
        Field("event_type", "event_type", None, read_str),
        Field("payload", "payload", write_dict, read_dict),
        Field("sequence", "sequence", None, read_int),
        Field("created_by", "created_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.session_id = value if type(value := get("session_id")) is str or value is None else read_str(value)
        self.event_type = value if type(value := get("event_type")) is str or value is None else read_str(value)
        self.payload = value if type(value := get("payload")) is dict else read_dict(value)
        self.sequence = value if type(value := get("sequence")) is int or value is None else read_int(value)
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
        self._raw = src_dict
        return self
