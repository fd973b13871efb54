"""The model UpdateAppUserBody."""

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
    read_str,
    write_dict,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class UpdateAppUserBody(RequestModel):
    """The fields to update. Omitted fields stay unchanged.

    Attributes:
        display_name: The name shown to other users.
        metadata: Your own data about the user. It replaces the existing data. Null clears it (inferred).
    """

    display_name: str | Unset = UNSET
    metadata: Mapping[str, Any] | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("display_name", "display_name", write_text, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.display_name = src_dict.get("display_name", UNSET)
        self.metadata = src_dict.get("metadata", UNSET)
        self._raw = src_dict
        return self
