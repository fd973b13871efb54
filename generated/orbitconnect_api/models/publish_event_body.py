"""The model PublishEventBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    read_dict,
    read_str,
    write_dict,
    write_text,
)


@define(eq=False, repr=False)
class PublishEventBody(RequestModel):
    """An event to publish.

    Attributes:
        type: What happened, for example `message.sent`; types of your own are allowed (inferred). At most 255
            characters (the limit is inferred).
        payload: What receivers get as `data`; keys and values are kept as given.
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
        return cls(
            src_dict.get("type", UNSET),
            src_dict.get("payload", UNSET),
            src_dict,
        )
