"""The model CreateConversationBody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    WriteModel,
    new,
    read_dict,
    read_list,
    read_object,
    read_str,
    write_dict,
    write_text,
    write_texts,
)
from .conversation_context import ConversationContext


@define(eq=False, repr=False, kw_only=True)
class CreateConversationBody(RequestModel):
    """The conversation to create.

    Attributes:
        type: The type of the conversation.
        participant_id: The id of the other user. Required if `type` is `direct`, and only allowed then.
        participant_ids: The ids of the other users. Required if `type` is `group`, and only allowed then. At least one
            id (inferred).
        metadata: Your own data about the conversation, for example the `name` of a group.
        context: What the conversation is about. The context is stored as given.
    """

    type: Literal["direct", "group"] | str
    participant_id: str | Unset = UNSET
    participant_ids: Sequence[str] | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET
    context: ConversationContext | Mapping[str, Any] | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", write_text, read_str),
        Field("participant_id", "participant_id", write_text, read_str),
        Field("participant_ids", "participant_ids", write_texts, read_list),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("context", "context", WriteModel(ConversationContext).sent, read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.type = src_dict.get("type", UNSET)
        self.participant_id = src_dict.get("participant_id", UNSET)
        self.participant_ids = src_dict.get("participant_ids", UNSET)
        self.metadata = src_dict.get("metadata", UNSET)
        self.context = src_dict.get("context", UNSET)
        self._raw = src_dict
        return self
