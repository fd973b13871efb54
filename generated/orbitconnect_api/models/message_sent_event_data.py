"""The model MessageSentEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
    read_str,
)
from .message import Message


@define(eq=False, repr=False, kw_only=True)
class MessageSentEventData(Model):
    """The message that was sent.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        message_id: The message's id. The vendor documents this property.
        conversation_id: The id of the message's conversation. The vendor documents this property.
        message: The message. It can be missing from an event that an application published itself.
    """

    message_id: str
    conversation_id: str
    message: Message | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("message_id", "message_id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("message", "message", WriteModel(Message), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.message_id = value if type(value := get("message_id")) is str else read_str(value)
        self.conversation_id = value if type(value := get("conversation_id")) is str else read_str(value)
        self.message = None if (value := get("message")) is None else read_model(Message, value)
        self._raw = src_dict
        return self
