"""The model MeetingParticipant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    write_datetime,
)


@define(eq=False)
class MeetingParticipant(Model):
    """A user in a meeting.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The id of this participation. Operations take the user's id instead.
        meeting_id: The meeting.
        app_user_id: The user.
        role: What the user may do in the meeting.
        status: Whether the user is in the meeting.
        is_muted: True while the user's microphone is switched off by the API.
        is_sharing_screen: True while the user shares a screen.
        joined_at: When the user last joined; null until then.
        left_at: When the user last left or was removed; null until then and while the user is in the meeting.
        created_by: The id of the user who added the participant; the participant's own where they joined uninvited.
        created_at: When the user was added to the meeting.
        updated_at: When the participant last changed.
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
        Field("id", "id", None),
        Field("meeting_id", "meeting_id", None),
        Field("app_user_id", "app_user_id", None),
        Field("role", "role", None),
        Field("status", "status", None),
        Field("is_muted", "is_muted", None),
        Field("is_sharing_screen", "is_sharing_screen", None),
        Field("joined_at", "joined_at", write_datetime),
        Field("left_at", "left_at", write_datetime),
        Field("created_by", "created_by", None),
        Field("created_at", "created_at", write_datetime),
        Field("updated_at", "updated_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.meeting_id = get("meeting_id")
        self.app_user_id = get("app_user_id")
        self.role = get("role")
        self.status = get("status")
        self.is_muted = get("is_muted")
        self.is_sharing_screen = get("is_sharing_screen")
        self.joined_at = None if (value := get("joined_at")) is None else read_datetime(value)
        self.left_at = None if (value := get("left_at")) is None else read_datetime(value)
        self.created_by = get("created_by")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self.updated_at = None if (value := get("updated_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
