"""The model MessageReactionEventData."""

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
from .reaction import Reaction


@define(eq=False, repr=False, kw_only=True)
class MessageReactionEventData(Model):
    """The reaction that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        message_id: The message's id.
        conversation_id: The id of the message's conversation.
        reaction: The reaction that was added or removed.
    """

    message_id: str
    conversation_id: str
    reaction: Reaction
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("message_id", "message_id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("reaction", "reaction", WriteModel(Reaction), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.message_id = value if type(value := get("message_id")) is str else read_str(value)
        self.conversation_id = value if type(value := get("conversation_id")) is str else read_str(value)
        self.reaction = read_model(Reaction, get("reaction"))
        self._raw = src_dict
        return self
