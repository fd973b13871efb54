"""The model Media."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    read_model,
    write_datetime,
    write_model,
)
from .media_error import MediaError


@define(eq=False)
class Media(Model):
    """One file.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        id: The media's id.
        mime_type: The file's type.
        filename: The file's name; null where none was given.
        size: The file's size in bytes; null until it is uploaded.
        status: Where the file stands.
        error: Why processing failed; null unless it did.
        checksum: The hex SHA-256 of the file's bytes; null until it is uploaded.
        recording_id: The recording that the file holds; null for an uploaded file.
        created_by: The id of the user who uploaded the file, or who started the recording.
        created_at: When the media was created.
        updated_at: When the media was last changed.
        uploaded_at: When all bytes had arrived; null until then.
        ready_at: When the file became ready; null until then.
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
        Field("id", "id", None),
        Field("mime_type", "mime_type", None),
        Field("filename", "filename", None),
        Field("size", "size", None),
        Field("status", "status", None),
        Field("error", "error", write_model),
        Field("checksum", "checksum", None),
        Field("recording_id", "recording_id", None),
        Field("created_by", "created_by", None),
        Field("created_at", "created_at", write_datetime),
        Field("updated_at", "updated_at", write_datetime),
        Field("uploaded_at", "uploaded_at", write_datetime),
        Field("ready_at", "ready_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.mime_type = get("mime_type")
        self.filename = get("filename")
        self.size = get("size")
        self.status = get("status")
        self.error = None if (value := get("error")) is None else read_model(MediaError, value)
        self.checksum = get("checksum")
        self.recording_id = get("recording_id")
        self.created_by = get("created_by")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self.updated_at = None if (value := get("updated_at")) is None else read_datetime(value)
        self.uploaded_at = None if (value := get("uploaded_at")) is None else read_datetime(value)
        self.ready_at = None if (value := get("ready_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
