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
    read_int,
    write_integer,
)


@define(eq=False, repr=False)
class CreateUserTokenBody(RequestModel):
    """How long the token is to live.

    Attributes:
        ttl: Seconds until the token expires, 1 to 86400. The server takes 3600 when it is left out.
    """

    ttl: int | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("ttl", "ttl", write_integer, read_int),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls(
            src_dict.get("ttl", UNSET),
            src_dict,
        )
