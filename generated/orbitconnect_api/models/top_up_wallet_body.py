"""The model TopUpWalletBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_float,
    write_number,
)


@define(eq=False, repr=False, kw_only=True)
class TopUpWalletBody(RequestModel):
    """The amount to add.

    Attributes:
        amount: The amount in major units of the wallet's currency (unit inferred). Greater than 0 (inferred). At most
            1000000 (inferred).
    """

    amount: float
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("amount", "amount", write_number, read_float),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.amount = src_dict.get("amount", UNSET)
        self._raw = src_dict
        return self
