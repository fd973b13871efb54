"""The model Recording."""

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
    read_dict,
    read_int,
    read_model,
    read_object,
    read_str,
    write_datetime,
    write_dict,
)
from .media_error import MediaError


@define(eq=False, repr=False, kw_only=True)
class Recording(Model):
    """A recording of a call, a meeting, or whatever `startRecording` was given.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The recording's id.
        session_id: The id of the recorded call or meeting. Null if it is neither.
        session_type: The type of the object that `session_id` identifies. Null if `session_id` is null.
        status: The status of the recording.
        error: Why the recording failed. Null if it did not fail.
        media_id: The id of the recording's media file. Null until it is ready.
        duration_seconds: The duration of the recording in seconds. Null while it is in progress.
        options: The other fields that were passed to `startRecording`. Empty if there were none.
        started_by: The id of the user who started the recording.
        stopped_by: The id of the user who stopped the recording. Null while it is in progress, and if no user stopped
            it.
        started_at: When the recording started.
        ended_at: When the recording ended. Null while it is in progress.
        created_at: When the recording was created.
        updated_at: When the recording was last updated.
    """

    id: str
    session_id: str | None = None
    session_type: Literal["call", "meeting"] | str | None = None
    status: Literal["failed", "processing", "ready", "recording"] | str | None = None
    error: MediaError | None = None
    media_id: str | None = None
    duration_seconds: int | None = None
    options: dict[str, Any] | None = None
    started_by: str | None = None
    stopped_by: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("session_id", "session_id", None, read_str),
        Field("session_type", "session_type", None, read_str),
        Field("status", "status", None, read_str),
        Field("error", "error", WriteModel(MediaError), read_object),
        Field("media_id", "media_id", None, read_str),
        Field("duration_seconds", "duration_seconds", None, read_int),
        Field("options", "options", write_dict, read_dict),
        Field("started_by", "started_by", None, read_str),
        Field("stopped_by", "stopped_by", None, read_str),
        Field("started_at", "started_at", write_datetime, read_datetime),
        Field("ended_at", "ended_at", write_datetime, read_datetime),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.session_id = value if (value := get("session_id")) is None or type(value) is str else read_str(value)
        self.session_type = value if (value := get("session_type")) is None or type(value) is str else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.error = None if (value := get("error")) is None else read_model(MediaError, value)
        self.media_id = value if (value := get("media_id")) is None or type(value) is str else read_str(value)
        self.duration_seconds = (
            value if (value := get("duration_seconds")) is None or type(value) is int else read_int(value)
        )
        self.options = value if type(value := get("options")) is dict else read_dict(value)
        self.started_by = value if type(value := get("started_by")) is str or value is None else read_str(value)
        self.stopped_by = value if (value := get("stopped_by")) is None or type(value) is str else read_str(value)
        try:
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
            self.started_at = read_datetime(get("started_at"))
            self.ended_at = read_datetime(get("ended_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
