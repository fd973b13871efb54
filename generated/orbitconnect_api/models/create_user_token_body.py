"""The model CreateUserTokenBody."""

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
    read_int,
    write_integer,
)


@define(eq=False, repr=False, kw_only=True)
class CreateUserTokenBody(RequestModel):
    """The lifetime of the token to issue.

    Attributes:
        ttl: The token's lifetime in seconds, 1 to 86400. The server defaults to 3600.
    """

    ttl: int | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("ttl", "ttl", write_integer, read_int),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.ttl = src_dict.get("ttl", UNSET)
        self._raw = src_dict
        return self
