"""The model GenerateMeetingTokenBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

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
class GenerateMeetingTokenBody(RequestModel):
    """The user and role that the token is for.

    Attributes:
        app_user_id: The id of the user that the token is for. Without it, the token is for an open link: any user can
            join with it.
        role: The role that the user gets. The server defaults to the user's role in the meeting, or `participant` if
            the user has none (inferred). With an open link, users on the list keep their role (inferred).
    """

    app_user_id: str | Unset = UNSET
    role: Literal["co_host", "host", "participant"] | str | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("app_user_id", "app_user_id", write_text, read_str),
        Field("role", "role", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.app_user_id = src_dict.get("app_user_id", UNSET)
        self.role = src_dict.get("role", UNSET)
        self._raw = src_dict
        return self
