"""The model Meeting."""

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
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_models,
)
from .meeting_participant import MeetingParticipant


@define(eq=False, repr=False, kw_only=True)
class Meeting(Model):
    """A meeting room for several users.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The meeting's id.
        title: The meeting's title.
        description: A description of the meeting. Null if none was given.
        status: The status of the meeting.
        host_user_id: The id of the user who hosts the meeting.
        participants: The users who were added to the meeting or joined it. There is no separate operation that lists
            them.
        participant_count: The number of users in the meeting now.
        screen_share_user_id: The id of the user who is sharing their screen. Null if nobody is.
        is_recording: True while the meeting is being recorded.
        scheduled_at: When the meeting is scheduled to start. Null if no time was given.
        started_at: When the meeting started. Null until then.
        ended_at: When the meeting ended. Null until then.
        created_by: The id of the user who created the meeting.
        created_at: When the meeting was created.
        updated_at: When the meeting was last updated.
    """

    id: str
    title: str | None = None
    description: str | None = None
    status: Literal["ended", "live", "scheduled"] | str | None = None
    host_user_id: str | None = None
    participants: list[MeetingParticipant] | None = None
    participant_count: int | None = None
    screen_share_user_id: str | None = None
    is_recording: bool | None = None
    scheduled_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("title", "title", None, read_str),
        Field("description", "description", None, read_str),
        Field("status", "status", None, read_str),
        Field("host_user_id", "host_user_id", None, read_str),
        Field("participants", "participants", write_models, read_list),
        Field("participant_count", "participant_count", None, read_int),
        Field("screen_share_user_id", "screen_share_user_id", None, read_str),
        Field("is_recording", "is_recording", None, read_bool),
        Field("scheduled_at", "scheduled_at", write_datetime, read_datetime),
        Field("started_at", "started_at", write_datetime, read_datetime),
        Field("ended_at", "ended_at", write_datetime, read_datetime),
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
        self.title = value if type(value := get("title")) is str or value is None else read_str(value)
        self.description = value if (value := get("description")) is None or type(value) is str else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.host_user_id = value if type(value := get("host_user_id")) is str or value is None else read_str(value)
        self.participants = (
            read_models(MeetingParticipant, value)
            if (value := get("participants"))
            else []
            if isinstance(value, list)
            else None
        )
        self.participant_count = (
            value if type(value := get("participant_count")) is int or value is None else read_int(value)
        )
        self.screen_share_user_id = (
            value if (value := get("screen_share_user_id")) is None or type(value) is str else read_str(value)
        )
        self.is_recording = value if type(value := get("is_recording")) is bool or value is None else read_bool(value)
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        try:
            self.scheduled_at = (
                value if (value := get("scheduled_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.started_at = (
                value if (value := get("started_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
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
            self.scheduled_at = read_datetime(get("scheduled_at"))
            self.started_at = read_datetime(get("started_at"))
            self.ended_at = read_datetime(get("ended_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
