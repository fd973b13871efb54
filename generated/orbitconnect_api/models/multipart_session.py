"""The model MultipartSession."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_datetime,
    read_models,
    write_datetime,
    write_models,
)
from .upload_part import UploadPart


@define(eq=False)
class MultipartSession(Model):
    """An upload session for a file that is sent in parts.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        session_id: The upload session's id, for `completeMultipartUpload`. (Observed.)
        media_id: The id of the media that the upload makes.
        mime_type: The type that was announced for the file.
        filename: The name that was announced for the file.
        part_size: The size of every part but the last, in bytes.
        parts: Where the parts go, in order. Use as many as the file needs.
        method: The HTTP method to upload the parts with; `PUT` when absent.
        max_size: The largest file taken, in bytes; null where there is no limit.
        created_at: When the upload session was opened.
        expires_at: Until when parts can be uploaded and the upload completed.
    """

    session_id: str
    media_id: str | None = None
    mime_type: str | None = None
    filename: str | None = None
    part_size: int | None = None
    parts: list[UploadPart] | None = None
    method: str | None = None
    max_size: int | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("session_id", "session_id", None),
        Field("media_id", "media_id", None),
        Field("mime_type", "mime_type", None),
        Field("filename", "filename", None),
        Field("part_size", "part_size", None),
        Field("parts", "parts", write_models),
        Field("method", "method", None),
        Field("max_size", "max_size", None),
        Field("created_at", "created_at", write_datetime),
        Field("expires_at", "expires_at", write_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.session_id = get("session_id")
        self.media_id = get("media_id")
        self.mime_type = get("mime_type")
        self.filename = get("filename")
        self.part_size = get("part_size")
        self.parts = None if (value := get("parts")) is None else read_models(UploadPart, value)
        self.method = get("method")
        self.max_size = get("max_size")
        self.created_at = None if (value := get("created_at")) is None else read_datetime(value)
        self.expires_at = None if (value := get("expires_at")) is None else read_datetime(value)
        self._raw = src_dict
        return self
