"""The model GrantMediaAccessBody."""

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
class GrantMediaAccessBody(RequestModel):
    """The access to grant.

    Attributes:
        app_user_id: The id of the user to grant access to.
        access_type: The type of access, for example `download`.
    """

    app_user_id: str
    access_type: Literal["download", "stream", "view"] | str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("app_user_id", "app_user_id", write_text, read_str),
        Field("access_type", "access_type", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.app_user_id = src_dict.get("app_user_id", UNSET)
        self.access_type = src_dict.get("access_type", UNSET)
        self._raw = src_dict
        return self
