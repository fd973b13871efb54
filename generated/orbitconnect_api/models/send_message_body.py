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
    new,
    read_dict,
    read_str,
    write_dict,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class SendMessageBody(RequestModel):
    """The message to send.

    Attributes:
        content: The message text. At least 1 character (inferred).
        type: The type of the message. The server defaults to `text` (inferred). The vendor's PHP SDK sends `system` if
            you pass none.
        metadata: Your own data about the message.
        idempotency_key: Identifies this message when the request is repeated. If the server already has a message with
            the same key, it returns that message and sends nothing (inferred). At most 255 characters (inferred). The
            vendor's PHP SDK sends null for a key and metadata that are not given.
    """

    content: str
    type: Literal["audio", "file", "image", "location", "system", "text", "video"] | str | Unset = UNSET
    metadata: Mapping[str, Any] | None | Unset = UNSET
    idempotency_key: str | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("content", "content", write_text, read_str),
        Field("type", "type", write_text, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("idempotency_key", "idempotency_key", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.content = src_dict.get("content", UNSET)
        self.type = src_dict.get("type", UNSET)
        self.metadata = src_dict.get("metadata", UNSET)
        self.idempotency_key = src_dict.get("idempotency_key", UNSET)
        self._raw = src_dict
        return self
