"""The model InitiateCallBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

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
class InitiateCallBody(RequestModel):
    """The call to make.

    Attributes:
        callee_id: The id of the user to call.
        type: The type of the call.
    """

    callee_id: str
    type: Literal["video", "voice"] | str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("callee_id", "callee_id", write_text, read_str),
        Field("type", "type", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.callee_id = src_dict.get("callee_id", UNSET)
        self.type = src_dict.get("type", UNSET)
        self._raw = src_dict
        return self
