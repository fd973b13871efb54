"""The model SendMessageBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    read_dict,
    read_str,
    write_dict,
    write_text,
)


@define(eq=False, repr=False)
class SendMessageBody(RequestModel):
    """A message to send.

    Attributes:
        content: What it says. At least one character (the limit is inferred).
        type: What kind of message it is. The server takes `text` when it is left out (inferred).
        metadata: Your own data about the message.
        idempotency_key: Names this sending. The server answers a repetition with the same key with the message that it
            has already, and sends nothing (inferred). At most 255 characters (the limit is inferred).
    """

    content: str
    type: Literal["audio", "file", "image", "location", "system", "text", "video"] | str | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET
    idempotency_key: str | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("content", "content", write_text, read_str),
        Field("type", "type", write_text, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("idempotency_key", "idempotency_key", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls(
            src_dict.get("content", UNSET),
            src_dict.get("type", UNSET),
            src_dict.get("metadata", UNSET),
            src_dict.get("idempotency_key", UNSET),
            src_dict,
        )
