"""The model JoinMeetingBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    mask,
    new,
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class JoinMeetingBody(RequestModel):
    """How the acting user joins.

    Attributes:
        token: A token for this meeting. Omit it if the acting user can join without one.
    """

    token: str | Unset = field(default=UNSET, repr=mask)
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("token", "token", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.token = src_dict.get("token", UNSET)
        self._raw = src_dict
        return self
