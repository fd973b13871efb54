"""The model GenerateInvoiceBody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    new,
    read_datetime,
    read_sent,
    read_sent_datetime,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class GenerateInvoiceBody(RequestModel):
    """The period that the invoice covers.

    Attributes:
        from_: The start of the period. The server defaults to the start of the current billing period (inferred).
        to: The end of the period. The server defaults to the current time (inferred).
    """

    from_: datetime | str | Unset = UNSET
    to: datetime | str | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("from_", "from", write_datetime, read_datetime),
        Field("to", "to", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.from_ = read_sent_datetime(read_sent(src_dict, "from", "from_"))
        self.to = read_sent_datetime(src_dict.get("to", UNSET))
        self._raw = src_dict
        return self
