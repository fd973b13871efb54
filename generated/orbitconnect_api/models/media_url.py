"""The model MediaUrl."""

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
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class MediaUrl(Model):
    """A URL of a media file.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        url: The URL. Anyone who has it can fetch the file until it expires (inferred). The vendor documents this
            property.
        media_id: The media file's id.
        mime_type: The media type (MIME type) behind the URL. For a stream, this can be the type of a playlist.
        expires_at: When the URL expires. Null if it does not expire.
    """

    url: str = field(repr=mask)
    media_id: str | None = None
    mime_type: str | None = None
    expires_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("url", "url", None, read_str),
        Field("media_id", "media_id", None, read_str),
        Field("mime_type", "mime_type", None, read_str),
        Field("expires_at", "expires_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.url = value if type(value := get("url")) is str else read_str(value)
        self.media_id = value if type(value := get("media_id")) is str or value is None else read_str(value)
        self.mime_type = value if type(value := get("mime_type")) is str or value is None else read_str(value)
        try:
            self.expires_at = (
                value if (value := get("expires_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.expires_at = read_datetime(get("expires_at"))
        self._raw = src_dict
        return self
