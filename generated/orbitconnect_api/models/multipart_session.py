"""The model MultipartSession."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_int,
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_models,
)
from .upload_part import UploadPart


@define(eq=False, repr=False, kw_only=True)
class MultipartSession(Model):
    """An upload session for a file that is uploaded in parts.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        session_id: The upload session's id. Pass it to `completeMultipartUpload`. The vendor documents this property.
        media_id: The id of the media file that the upload creates.
        mime_type: The media type (MIME type) that was declared for the file.
        filename: The name that was declared for the file.
        part_size: The size in bytes of each part except the last.
        parts: The available parts, in order. Use as many as the file needs.
        method: The HTTP method to upload the parts with. `PUT` if absent.
        max_size: The maximum file size in bytes. Null if there is no limit.
        created_at: When the upload session was created.
        expires_at: When the upload session expires. Upload the parts and complete the upload before then.
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
        Field("session_id", "session_id", None, read_str),
        Field("media_id", "media_id", None, read_str),
        Field("mime_type", "mime_type", None, read_str),
        Field("filename", "filename", None, read_str),
        Field("part_size", "part_size", None, read_int),
        Field("parts", "parts", write_models, read_list),
        Field("method", "method", None, read_str),
        Field("max_size", "max_size", None, read_int),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("expires_at", "expires_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.session_id = value if type(value := get("session_id")) is str else read_str(value)
        self.media_id = value if type(value := get("media_id")) is str or value is None else read_str(value)
        self.mime_type = value if type(value := get("mime_type")) is str or value is None else read_str(value)
        self.filename = value if type(value := get("filename")) is str or value is None else read_str(value)
        self.part_size = value if type(value := get("part_size")) is int or value is None else read_int(value)
        self.parts = (
            read_models(UploadPart, value) if (value := get("parts")) else [] if isinstance(value, list) else None
        )
        self.method = value if type(value := get("method")) is str or value is None else read_str(value)
        self.max_size = value if (value := get("max_size")) is None or type(value) is int else read_int(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.expires_at = (
                value if (value := get("expires_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.expires_at = read_datetime(get("expires_at"))
        self._raw = src_dict
        return self
