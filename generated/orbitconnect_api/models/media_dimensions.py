"""The model MediaDimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    new,
    read_int,
)


@define(eq=False, repr=False, kw_only=True)
class MediaDimensions(Model):
    """The display size of an image or video.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        width: The width in pixels.
        height: The height in pixels.
    """

    width: int | None = None
    height: int | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("width", "width", None, read_int),
        Field("height", "height", None, read_int),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.width = value if type(value := get("width")) is int or value is None else read_int(value)
        self.height = value if type(value := get("height")) is int or value is None else read_int(value)
        self._raw = src_dict
        return self
