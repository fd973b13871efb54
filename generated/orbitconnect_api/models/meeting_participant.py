"""The model MeetingParticipant."""

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
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class MeetingParticipant(Model):
    """A user in a meeting.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The participant's id. Operations take the user's id instead.
        meeting_id: The meeting.
        app_user_id: The user.
        role: The user's role in the meeting.
        status: The status of the participant.
        is_muted: True while the user's microphone is muted through the API.
        is_sharing_screen: True while the user is sharing their screen.
        joined_at: When the user last joined. Null until then.
        left_at: When the user last left or was removed. Null until then, and while the user is in the meeting.
        created_by: The id of the user who added the participant. If the participant joined uninvited, this is the
            participant's own user id.
        created_at: When the user was added to the meeting.
        updated_at: When the participant was last updated.
    """

    id: str
    meeting_id: str | None = None
    app_user_id: str | None = None
    role: Literal["co_host", "host", "participant"] | str | None = None
    status: Literal["invited", "joined", "left", "removed"] | str | None = None
    is_muted: bool | None = None
    is_sharing_screen: bool | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("meeting_id", "meeting_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("role", "role", None, read_str),
        Field("status", "status", None, read_str),
        Field("is_muted", "is_muted", None, read_bool),
        Field("is_sharing_screen", "is_sharing_screen", None, read_bool),
        Field("joined_at", "joined_at", write_datetime, read_datetime),
        Field("left_at", "left_at", write_datetime, read_datetime),
        Field("created_by", "created_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.meeting_id = value if type(value := get("meeting_id")) is str or value is None else read_str(value)
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.role = value if type(value := get("role")) is str or value is None else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.is_muted = value if type(value := get("is_muted")) is bool or value is None else read_bool(value)
        self.is_sharing_screen = (
            value if type(value := get("is_sharing_screen")) is bool or value is None else read_bool(value)
        )
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        try:
            self.joined_at = (
                value if (value := get("joined_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.left_at = (
                value if (value := get("left_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.joined_at = read_datetime(get("joined_at"))
            self.left_at = read_datetime(get("left_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
