"""The model UpdateConversationBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    new,
    read_dict,
    write_dict,
)


@define(eq=False, repr=False, kw_only=True)
class UpdateConversationBody(RequestModel):
    """The fields to update. Omitted fields stay unchanged. A group also accepts other fields.

    Attributes:
        metadata: Your own data about the conversation. It replaces the existing data. Null clears it (inferred).
    """

    metadata: Mapping[str, Any] | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("metadata", "metadata", write_dict, read_dict),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.metadata = src_dict.get("metadata", UNSET)
        self._raw = src_dict
        return self
