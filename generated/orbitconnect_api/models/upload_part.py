"""The model UploadPart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    mask,
    read_dict,
    write_dict,
)


@define(eq=False)
class UploadPart(Model):
    """Where to upload one part of a large file.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        part_number: The part's place in the file, from 1.
        upload_path: Where to `PUT` the part's bytes: relative to this API's origin, or absolute. Never send the secret
            key to another origin than this API's.
        headers: Headers to send with the part's bytes.
    """

    part_number: int | None = None
    upload_path: str | None = field(default=None, repr=mask)
    headers: dict[str, Any] | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("part_number", "part_number", None),
        Field("upload_path", "upload_path", None),
        Field("headers", "headers", write_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        return cls(
            get("part_number"),
            get("upload_path"),
            read_dict(get("headers")),
            src_dict,
        )
