"""The model UploadPart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    mask,
    new,
    read_dict,
    read_int,
    read_str,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class UploadPart(Model):
    """Where to upload one part of a large file.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        part_number: The part's position in the file, starting at 1.
        upload_path: Where to upload the part's bytes with `PUT`: relative to this API's origin, or an absolute URL.
            Never send the secret key to an origin other than this API's.
        headers: The headers to send with the part's bytes.
    """

    part_number: int | None = None
    upload_path: str | None = field(default=None, repr=mask)
    headers: dict[str, Any] | None = field(default=None, repr=mask)
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("part_number", "part_number", None, read_int),
        Field("upload_path", "upload_path", None, read_str),
        Field("headers", "headers", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.part_number = value if type(value := get("part_number")) is int or value is None else read_int(value)
        self.upload_path = value if type(value := get("upload_path")) is str or value is None else read_str(value)
        self.headers = value if type(value := get("headers")) is dict else read_dict(value)
        self._raw = src_dict
        return self
