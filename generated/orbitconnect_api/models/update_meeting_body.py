"""The model UpdateMeetingBody."""

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
class UpdateMeetingBody(RequestModel):
    """The fields to update. Omitted fields stay unchanged.

    Attributes:
        title: The meeting's title. At most 255 characters (inferred).
        description: A description of the meeting. At most 2000 characters (inferred). Null clears it (inferred).
    """

    title: str | Unset = UNSET
    description: str | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("title", "title", write_text, read_str),
        Field("description", "description", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.title = src_dict.get("title", UNSET)
        self.description = src_dict.get("description", UNSET)
        self._raw = src_dict
        return self
