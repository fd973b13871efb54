"""The model CreateBillingAlertBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_float,
    read_str,
    write_number,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class CreateBillingAlertBody(RequestModel):
    """The alert to create.

    Documented by the vendor, but not observed on the wire, except where stated.

    Attributes:
        type: What the alert monitors.
        threshold: The balance below which the alert is triggered, in major units of the wallet's currency, 0 to 1000000
            (inferred).
    """

    type: Literal["low_balance"] | str
    threshold: float
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", write_text, read_str),
        Field("threshold", "threshold", write_number, read_float),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.type = src_dict.get("type", UNSET)
        self.threshold = src_dict.get("threshold", UNSET)
        self._raw = src_dict
        return self
