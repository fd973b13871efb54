"""The model CompleteMultipartUploadBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_int,
    read_str,
    write_integer,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class CompleteMultipartUploadBody(RequestModel):
    """The upload to complete.

    Attributes:
        session_id: The upload session's id, as returned by `initMultipartUpload`.
        mime_type: The file's media type (MIME type). At most 255 characters (inferred).
        size: The size of the whole file, in bytes.
    """

    session_id: str
    mime_type: str
    size: int
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("session_id", "session_id", write_text, read_str),
        Field("mime_type", "mime_type", write_text, read_str),
        Field("size", "size", write_integer, read_int),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.session_id = src_dict.get("session_id", UNSET)
        self.mime_type = src_dict.get("mime_type", UNSET)
        self.size = src_dict.get("size", UNSET)
        self._raw = src_dict
        return self
