"""The model UpdateSessionBody."""

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
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class UpdateSessionBody(RequestModel):
    """The fields to update. Omitted fields stay unchanged.

    Attributes:
        context_id: The id of the conversation, call or meeting that the session is about. Null clears it (inferred).
    """

    context_id: str | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("context_id", "context_id", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.context_id = src_dict.get("context_id", UNSET)
        self._raw = src_dict
        return self
