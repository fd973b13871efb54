"""The model ReplyToMessageBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

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
class ReplyToMessageBody(RequestModel):
    """The reply to send.

    Attributes:
        content: The message text. At least 1 character (inferred).
        reply_to_message_id: The id of the message to reply to.
        type: The type of the message. The server defaults to `text` (inferred).
        metadata: Your own data about the message.
    """

    content: str
    reply_to_message_id: str
    type: Literal["audio", "file", "image", "location", "system", "text", "video"] | str | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("content", "content", write_text, read_str),
        Field("reply_to_message_id", "reply_to_message_id", write_text, read_str),
        Field("type", "type", write_text, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.content = src_dict.get("content", UNSET)
        self.reply_to_message_id = src_dict.get("reply_to_message_id", UNSET)
        self.type = src_dict.get("type", UNSET)
        self.metadata = src_dict.get("metadata", UNSET)
        self._raw = src_dict
        return self
