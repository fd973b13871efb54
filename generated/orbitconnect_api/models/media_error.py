"""The model MediaError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_str,
)


@define(eq=False, repr=False)
class MediaError(Model):
    """Why the processing of a file or a recording failed.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        code: A machine-readable error code.
        message: A human-readable description of the error.
    """

    code: str | None = None
    message: str | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("code", "code", None, read_str),
        Field("message", "message", None, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.code = value if (value := get("code")) is None or type(value) is str else read_str(value)
        self.message = value if (value := get("message")) is None or type(value) is str else read_str(value)
        self._raw = src_dict
        return self
