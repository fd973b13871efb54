"""The model UpdateMeetingParticipantRoleBody."""

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
class UpdateMeetingParticipantRoleBody(RequestModel):
    """The participant's new role.

    Attributes:
        role: The new role.
    """

    role: Literal["co_host", "host", "participant"] | str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("role", "role", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.role = src_dict.get("role", UNSET)
        self._raw = src_dict
        return self
