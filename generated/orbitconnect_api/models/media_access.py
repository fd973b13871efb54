"""The model MediaAccess."""

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
    read_datetime,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class MediaAccess(Model):
    """A grant of one type of access to a file for one user.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The access grant's id.
        media_id: The media file's id.
        app_user_id: The id of the user who has access.
        access_type: The type of access.
        created_by: The id of the user who granted access.
        created_at: When access was granted.
        updated_at: When the access grant was last updated.
        expires_at: When access expires. Null if it does not expire.
    """

    id: str
    media_id: str | None = None
    app_user_id: str | None = None
    access_type: Literal["download", "stream", "view"] | str | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("media_id", "media_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("access_type", "access_type", None, read_str),
        Field("created_by", "created_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
        Field("expires_at", "expires_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.media_id = value if type(value := get("media_id")) is str or value is None else read_str(value)
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.access_type = value if type(value := get("access_type")) is str or value is None else read_str(value)
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.expires_at = (
                value if (value := get("expires_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
            self.expires_at = read_datetime(get("expires_at"))
        self._raw = src_dict
        return self
