"""The model MediaStatus."""

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
    read_int,
    read_model,
    read_object,
    read_str,
    write_datetime,
)
from .media_error import MediaError


@define(eq=False, repr=False, kw_only=True)
class MediaStatus(Model):
    """The processing status of a file.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        media_id: The media file's id.
        job_id: The processing job's id. Null until a job was started.
        status: The file's status.
        progress: The progress in percent.
        error: Why processing failed. Null if it did not fail.
        started_at: When processing started. Null until then.
        ended_at: When processing ended, whether it succeeded or failed. Null until then.
        updated_at: When the status was last updated.
    """

    media_id: str | None = None
    job_id: str | None = None
    status: Literal["deleted", "failed", "pending", "processing", "ready", "uploaded"] | str | None = None
    progress: int | None = None
    error: MediaError | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("media_id", "media_id", None, read_str),
        Field("job_id", "job_id", None, read_str),
        Field("status", "status", None, read_str),
        Field("progress", "progress", None, read_int),
        Field("error", "error", WriteModel(MediaError), read_object),
        Field("started_at", "started_at", write_datetime, read_datetime),
        Field("ended_at", "ended_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.media_id = value if type(value := get("media_id")) is str or value is None else read_str(value)
        self.job_id = value if (value := get("job_id")) is None or type(value) is str else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.progress = value if type(value := get("progress")) is int or value is None else read_int(value)
        self.error = None if (value := get("error")) is None else read_model(MediaError, value)
        try:
            self.started_at = (
                value if (value := get("started_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.ended_at = (
                value if (value := get("ended_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.started_at = read_datetime(get("started_at"))
            self.ended_at = read_datetime(get("ended_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
