"""The model PublishEventBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_dict,
    read_str,
    write_dict,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class PublishEventBody(RequestModel):
    """The event to publish.

    Attributes:
        type: The event's type, for example `message.sent`. You can use your own types (inferred). At most 255
            characters (inferred).
        payload: The payload that receivers get as `data`. Keys and values are stored as given.
    """

    type: str
    payload: Mapping[str, Any]
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", write_text, read_str),
        Field("payload", "payload", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.type = src_dict.get("type", UNSET)
        self.payload = src_dict.get("payload", UNSET)
        self._raw = src_dict
        return self
