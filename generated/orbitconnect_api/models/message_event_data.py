"""The model MessageEventData."""

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
class MessageEventData(Model):
    """The message that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        message_id: The message's id.
        conversation_id: The id of the message's conversation.
        app_user_id: The id of the user who made the change.
        message: The message after the change.
    """

    message_id: str
    conversation_id: str
    app_user_id: str | None = None
    message: Message | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("message_id", "message_id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("app_user_id", "app_user_id", None, read_str),
        Field("message", "message", WriteModel(Message), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.message_id = value if type(value := get("message_id")) is str else read_str(value)
        self.conversation_id = value if type(value := get("conversation_id")) is str else read_str(value)
        self.app_user_id = value if type(value := get("app_user_id")) is str or value is None else read_str(value)
        self.message = None if (value := get("message")) is None else read_model(Message, value)
        self._raw = src_dict
        return self
