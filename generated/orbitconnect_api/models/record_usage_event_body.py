"""The model RecordUsageEventBody."""

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
    read_float,
    read_str,
    write_dict,
    write_number,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class RecordUsageEventBody(RequestModel):
    """The usage to record.

    Documented by the vendor, but not observed on the wire, except where stated.

    Attributes:
        event_type: The type of usage, for example `call_minutes`. At most 255 characters (inferred).
        quantity: The quantity used, 0 to 1000000000 (inferred).
        metadata: Your own data about the usage.
    """

    event_type: str
    quantity: float
    metadata: Mapping[str, Any] | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("event_type", "event_type", write_text, read_str),
        Field("quantity", "quantity", write_number, read_float),
        Field("metadata", "metadata", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.event_type = src_dict.get("event_type", UNSET)
        self.quantity = src_dict.get("quantity", UNSET)
        self.metadata = src_dict.get("metadata", UNSET)
        self._raw = src_dict
        return self
