"""The model Conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_dict,
    read_int,
    read_list,
    read_model,
    read_models,
    read_object,
    read_str,
    write_datetime,
    write_dict,
    write_models,
)
from .conversation_context import ConversationContext
from .message import Message
from .participant import Participant


@define(eq=False, repr=False, kw_only=True)
class Conversation(Model):
    """A conversation between users, as seen by the acting user.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The conversation's id.
        type: The type of the conversation.
        participants: The users who participate in the conversation.
        participant_count: The number of participants.
        metadata: Your own data about the conversation, for example the `name` of a group.
        context: What the conversation is about. Null if no context was given.
        last_message: The newest message. Null if there is none.
        last_sequence: The `sequence` of the newest message. 0 if there is none.
        unread_count: The number of other users' messages that the acting user has not read.
        created_by: The id of the user who created the conversation.
        created_at: When the conversation was created.
        updated_at: When the conversation was last updated.
    """

    id: str
    type: Literal["direct", "group"] | str | None = None
    participants: list[Participant] | None = None
    participant_count: int | None = None
    metadata: dict[str, Any] | None = None
    context: ConversationContext | None = None
    last_message: Message | None = None
    last_sequence: int | None = None
    unread_count: int | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("participants", "participants", write_models, read_list),
        Field("participant_count", "participant_count", None, read_int),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("context", "context", WriteModel(ConversationContext), read_object),
        Field("last_message", "last_message", WriteModel(Message), read_object),
        Field("last_sequence", "last_sequence", None, read_int),
        Field("unread_count", "unread_count", None, read_int),
        Field("created_by", "created_by", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.participants = (
            read_models(Participant, value)
            if (value := get("participants"))
            else []
            if isinstance(value, list)
            else None
        )
        self.participant_count = (
            value if type(value := get("participant_count")) is int or value is None else read_int(value)
        )
        self.metadata = value if type(value := get("metadata")) is dict else read_dict(value)
        self.context = None if (value := get("context")) is None else read_model(ConversationContext, value)
        self.last_message = None if (value := get("last_message")) is None else read_model(Message, value)
        self.last_sequence = value if type(value := get("last_sequence")) is int or value is None else read_int(value)
        self.unread_count = value if type(value := get("unread_count")) is int or value is None else read_int(value)
        self.created_by = value if type(value := get("created_by")) is str or value is None else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
