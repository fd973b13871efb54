"""The model ReactToMessageBody."""

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
class ReactToMessageBody(RequestModel):
    """The reaction to add or remove.

    Attributes:
        reaction_type: The reaction, a word or an emoji. At most 64 characters (inferred).
    """

    reaction_type: str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("reaction_type", "reaction_type", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.reaction_type = src_dict.get("reaction_type", UNSET)
        self._raw = src_dict
        return self
