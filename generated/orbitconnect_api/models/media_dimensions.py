"""The model MediaDimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
)


@define(eq=False)
class MediaDimensions(Model):
    """The size of an image or a video, as displayed.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        width: The width in pixels.
        height: The height in pixels.
    """

    width: int | None = None
    height: int | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("width", "width", None),
        Field("height", "height", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.width = get("width")
        self.height = get("height")
        self._raw = src_dict
        return self
