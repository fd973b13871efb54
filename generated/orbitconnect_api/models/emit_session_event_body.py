"""The model EmitSessionEventBody."""

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
    read_str,
    write_dict,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class EmitSessionEventBody(RequestModel):
    """The custom event to emit.

    Attributes:
        event_type: The event's type. You define the values. At most 255 characters (inferred).
        payload: Your own data about the event.
    """

    event_type: str
    payload: Mapping[str, Any] | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("event_type", "event_type", write_text, read_str),
        Field("payload", "payload", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.event_type = src_dict.get("event_type", UNSET)
        self.payload = src_dict.get("payload", UNSET)
        self._raw = src_dict
        return self
