"""The model Call."""

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
    read_bool,
    read_datetime,
    read_int,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Call(Model):
    """A voice or video call between two users.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The call's id.
        type: The type of the call.
        status: The status of the call.
        caller_id: The id of the user who calls.
        callee_id: The id of the user who is called.
        conversation_id: The id of the conversation that the call belongs to. Null if there is none.
        is_recording: True while the call is being recorded.
        accepted_at: When the callee accepted the call. Null until then.
        ended_at: When the call ended, for whatever reason. Null until then.
        ended_by_user_id: The id of the user who hung up or rejected the call. Null while the call is active, and if no
            user ended it.
        duration_seconds: The time from acceptance to the end of the call, in seconds. Null until the call has ended,
            and if nobody accepted it.
        created_at: When the call was initiated.
        updated_at: When the call was last updated.
    """

    id: str
    type: Literal["video", "voice"] | str | None = None
    status: Literal["accepted", "ended", "failed", "missed", "rejected", "ringing"] | str | None = None
    caller_id: str | None = None
    callee_id: str | None = None
    conversation_id: str | None = None
    is_recording: bool | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by_user_id: str | None = None
    duration_seconds: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("status", "status", None, read_str),
        Field("caller_id", "caller_id", None, read_str),
        Field("callee_id", "callee_id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("is_recording", "is_recording", None, read_bool),
        Field("accepted_at", "accepted_at", write_datetime, read_datetime),
        Field("ended_at", "ended_at", write_datetime, read_datetime),
        Field("ended_by_user_id", "ended_by_user_id", None, read_str),
        Field("duration_seconds", "duration_seconds", None, read_int),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.caller_id = value if type(value := get("caller_id")) is str or value is None else read_str(value)
        self.callee_id = value if type(value := get("callee_id")) is str or value is None else read_str(value)
        self.conversation_id = (
            value if (value := get("conversation_id")) is None or type(value) is str else read_str(value)
        )
        self.is_recording = value if type(value := get("is_recording")) is bool or value is None else read_bool(value)
        self.ended_by_user_id = (
            value if (value := get("ended_by_user_id")) is None or type(value) is str else read_str(value)
        )
        self.duration_seconds = (
            value if (value := get("duration_seconds")) is None or type(value) is int else read_int(value)
        )
        try:
            self.accepted_at = (
                value if (value := get("accepted_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.ended_at = (
                value if (value := get("ended_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.accepted_at = read_datetime(get("accepted_at"))
            self.ended_at = read_datetime(get("ended_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
