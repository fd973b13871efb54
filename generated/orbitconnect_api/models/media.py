"""The model Media."""

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
class Media(Model):
    """A media file.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The media file's id.
        mime_type: The file's media type (MIME type).
        filename: The file's name. Null if none was given.
        size: The file's size in bytes. Null until the file is uploaded.
        status: The file's status.
        error: Why processing failed. Null if it did not fail.
        checksum: The SHA-256 of the file's bytes, hex-encoded. Null until the file is uploaded.
        recording_id: The id of the recording that the file contains. Null for an uploaded file.
        created_by: The id of the user who uploaded the file or started the recording.
        created_at: When the media file was created.
        updated_at: When the media file was last updated.
        uploaded_at: When the upload was complete. Null until then.
        ready_at: When the file became ready. Null until then.
    """

    id: str
    mime_type: str | None = None
    filename: str | None = None
    size: int | None = None
    status: Literal["deleted", "failed", "pending", "processing", "ready", "uploaded"] | str | None = None
    error: MediaError | None = None
    checksum: str | None = None
    recording_id: str | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    uploaded_at: datetime | None = None
    ready_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("mime_type", "mime_type", None, read_str),
        Field("filename", "filename", None, read_str),
        Field("size", "size", None, read_int),
        Field("status", "status", None, read_str),
        Field("error", "error", WriteModel(MediaError), read_object),
        Field("checksum", "checksum", None, read_str),
        Field("recording_id", "recording_id", None, read_str),
        Field("created_by", "created_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
        Field("uploaded_at", "uploaded_at", write_datetime, read_datetime),
        Field("ready_at", "ready_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.mime_type = value if type(value := get("mime_type")) is str or value is None else read_str(value)
        self.filename = value if (value := get("filename")) is None or type(value) is str else read_str(value)
        self.size = value if (value := get("size")) is None or type(value) is int else read_int(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.error = None if (value := get("error")) is None else read_model(MediaError, value)
        self.checksum = value if (value := get("checksum")) is None or type(value) is str else read_str(value)
        self.recording_id = value if (value := get("recording_id")) is None or type(value) is str else read_str(value)
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.uploaded_at = (
                value if (value := get("uploaded_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.ready_at = (
                value if (value := get("ready_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
            self.uploaded_at = read_datetime(get("uploaded_at"))
            self.ready_at = read_datetime(get("ready_at"))
        self._raw = src_dict
        return self
