"""The model SessionContext."""

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
class SessionContext(Model):
    """The conversation, call and meeting of a session.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        session_id: The session's id.
        conversation_id: The conversation's id. Null if there is none.
        call_id: The call's id. Null if there is none.
        meeting_id: The meeting's id. Null if there is none.
        updated_at: When the context was last updated.
    """

    session_id: str | None = None
    conversation_id: str | None = None
    call_id: str | None = None
    meeting_id: str | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("session_id", "session_id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("call_id", "call_id", None, read_str),
        Field("meeting_id", "meeting_id", None, read_str),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.session_id = value if type(value := get("session_id")) is str or value is None else read_str(value)
        self.conversation_id = (
            value if (value := get("conversation_id")) is None or type(value) is str else read_str(value)
        )
        self.call_id = value if (value := get("call_id")) is None or type(value) is str else read_str(value)
        self.meeting_id = value if (value := get("meeting_id")) is None or type(value) is str else read_str(value)
        try:
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
