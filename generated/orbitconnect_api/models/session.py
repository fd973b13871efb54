"""The model Session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_model,
    read_object,
    read_str,
    write_datetime,
)
from .session_context import SessionContext


@define(eq=False, repr=False, kw_only=True)
class Session(Model):
    """A session that ties a chat, a call and a meeting together.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The session's id. The vendor documents this property.
        type: The type that the session was created with.
        status: The status of the session.
        state: The session's current state. A transition changes it.
        context_id: The id of the session's current conversation, call or meeting. Null if there is none.
        context: The conversation, call and meeting of the session.
        created_by: The id of the user who created the session.
        ended_by: The id of the user who ended the session. Null while it is active.
        created_at: When the session was created.
        updated_at: When the session was last updated.
        ended_at: When the session ended. Null while it is active.
    """

    id: str
    type: Literal["call_session", "chat_session", "meeting_session"] | str | None = None
    status: Literal["active", "ended"] | str | None = None
    state: Literal["call", "chat", "meeting"] | str | None = None
    context_id: str | None = None
    context: SessionContext | None = None
    created_by: str | None = None
    ended_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    ended_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("status", "status", None, read_str),
        Field("state", "state", None, read_str),
        Field("context_id", "context_id", None, read_str),
        Field("context", "context", WriteModel(SessionContext), read_object),
        Field("created_by", "created_by", None, read_str),
        Field("ended_by", "ended_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
        Field("ended_at", "ended_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.state = value if type(value := get("state")) is str or value is None else read_str(value)
        self.context_id = value if (value := get("context_id")) is None or type(value) is str else read_str(value)
        self.context = None if (value := get("context")) is None else read_model(SessionContext, value)
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        self.ended_by = value if (value := get("ended_by")) is None or type(value) is str else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.ended_at = (
                value if (value := get("ended_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
            self.ended_at = read_datetime(get("ended_at"))
        self._raw = src_dict
        return self
