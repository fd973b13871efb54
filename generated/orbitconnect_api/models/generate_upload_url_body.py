"""The model GenerateUploadUrlBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class GenerateUploadUrlBody(RequestModel):
    """The file to upload.

    Attributes:
        mime_type: The file's media type (MIME type). At most 255 characters (inferred).
    """

    mime_type: str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("mime_type", "mime_type", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.mime_type = src_dict.get("mime_type", UNSET)
        self._raw = src_dict
        return self
