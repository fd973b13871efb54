"""The model UploadSession."""

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
    mask,
    new,
    read_datetime,
    read_dict,
    read_int,
    read_str,
    write_datetime,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class UploadSession(Model):
    """Where and how to upload one file.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        upload_path: Where to upload the bytes with `PUT`: relative to this API's origin, or an absolute URL. It can
            contain a signature, so treat it as a secret until it expires. Never send the secret key to an origin other
            than this API's. The vendor documents this property.
        id: The upload session's id.
        media_id: The id of the media file that the upload creates.
        method: The HTTP method to upload with. `PUT` if absent.
        headers: The headers to send with the bytes.
        mime_type: The media type (MIME type) that was declared for the file.
        max_size: The maximum file size in bytes. Null if there is no limit.
        created_at: When the upload session was created.
        expires_at: When the upload session expires. Upload the bytes before then.
    """

    upload_path: str = field(repr=mask)
    id: str | None = None
    media_id: str | None = None
    method: str | None = None
    headers: dict[str, Any] | None = field(default=None, repr=mask)
    mime_type: str | None = None
    max_size: int | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("upload_path", "upload_path", None, read_str),
        Field("id", "id", None, read_str),
        Field("media_id", "media_id", None, read_str),
        Field("method", "method", None, read_str),
        Field("headers", "headers", write_dict, read_dict),
        Field("mime_type", "mime_type", None, read_str),
        Field("max_size", "max_size", None, read_int),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("expires_at", "expires_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.upload_path = value if type(value := get("upload_path")) is str else read_str(value)
        self.id = value if type(value := get("id")) is str or value is None else read_str(value)
        self.media_id = value if type(value := get("media_id")) is str or value is None else read_str(value)
        self.method = value if type(value := get("method")) is str or value is None else read_str(value)
        self.headers = value if type(value := get("headers")) is dict else read_dict(value)
        self.mime_type = value if type(value := get("mime_type")) is str or value is None else read_str(value)
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
