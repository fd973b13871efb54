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
        return cls(
            get("session_id"),
            get("media_id"),
            get("mime_type"),
            get("filename"),
            get("part_size"),
            read_models(UploadPart, get("parts")),
            get("method"),
            get("max_size"),
            read_datetime(get("created_at")),
            read_datetime(get("expires_at")),
            src_dict,
        )
