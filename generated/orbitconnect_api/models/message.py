"""The model Message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_bool,
    read_datetime,
    read_dict,
    read_int,
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_dict,
    write_models,
)
from .reaction import Reaction


@define(eq=False, repr=False, kw_only=True)
class Message(Model):
    """A message in a conversation.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The message's id.
        conversation_id: The id of the message's conversation.
        sender_id: The id of the user who sent the message.
        content: The message text. Null after the message was recalled, or if the acting user deleted it. It can be
            ciphertext: see "End-to-end encryption" above.
        type: The type of the message.
        metadata: Your own data about the message.
        sequence: The message's position in the conversation. The first message has 1, and each later message has one
            more.
        reply_to_message_id: The id of the message that this one replies to. Null if it is not a reply.
        forwarded_from_message_id: The id of the message that this one is a copy of. Null if it was not forwarded.
        reactions: The reactions to the message, oldest first.
        is_pinned: True while the message is pinned.
        pinned_by_user_id: The id of the user who pinned the message. Null while it is not pinned.
        pinned_at: When the message was pinned. Null while it is not pinned.
        status: The message's delivery status. In a group, the status that all recipients have reached.
        edited_at: When the content was last edited. Null if it never was.
        recalled_at: When the sender recalled the message. Null if it was not recalled.
        deleted_at: When the acting user deleted the message. Null if the acting user did not delete it.
        created_at: When the message was sent.
        updated_at: When the message was last updated.
    """

    id: str
    conversation_id: str | None = None
    sender_id: str | None = None
    content: str | None = None
    type: Literal["audio", "file", "image", "location", "system", "text", "video"] | str | None = None
    metadata: dict[str, Any] | None = None
    sequence: int | None = None
    reply_to_message_id: str | None = None
    forwarded_from_message_id: str | None = None
    reactions: list[Reaction] | None = None
    is_pinned: bool | None = None
    pinned_by_user_id: str | None = None
    pinned_at: datetime | None = None
    status: Literal["delivered", "read", "sent"] | str | None = None
    edited_at: datetime | None = None
    recalled_at: datetime | None = None
    deleted_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("sender_id", "sender_id", None, read_str),
        Field("content", "content", None, read_str),
        Field("type", "type", None, read_str),
        Field("metadata", "metadata", write_dict, read_dict),
        Field("sequence", "sequence", None, read_int),
        Field("reply_to_message_id", "reply_to_message_id", None, read_str),
        Field("forwarded_from_message_id", "forwarded_from_message_id", None, read_str),
        Field("reactions", "reactions", write_models, read_list),
        Field("is_pinned", "is_pinned", None, read_bool),
        Field("pinned_by_user_id", "pinned_by_user_id", None, read_str),
        Field("pinned_at", "pinned_at", write_datetime, read_datetime),
        Field("status", "status", None, read_str),
        Field("edited_at", "edited_at", write_datetime, read_datetime),
        Field("recalled_at", "recalled_at", write_datetime, read_datetime),
        Field("deleted_at", "deleted_at", write_datetime, read_datetime),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.conversation_id = (
            value if type(value := get("conversation_id")) is str or value is None else read_str(value)
        )
        self.sender_id = value if type(value := get("sender_id")) is str or value is None else read_str(value)
        self.content = value if (value := get("content")) is None or type(value) is str else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.metadata = value if type(value := get("metadata")) is dict else read_dict(value)
        self.sequence = value if type(value := get("sequence")) is int or value is None else read_int(value)
        self.reply_to_message_id = (
            value if (value := get("reply_to_message_id")) is None or type(value) is str else read_str(value)
        )
        self.forwarded_from_message_id = (
            value if (value := get("forwarded_from_message_id")) is None or type(value) is str else read_str(value)
        )
        self.reactions = (
            read_models(Reaction, value) if (value := get("reactions")) else [] if isinstance(value, list) else None
        )
        self.is_pinned = value if type(value := get("is_pinned")) is bool or value is None else read_bool(value)
        self.pinned_by_user_id = (
            value if (value := get("pinned_by_user_id")) is None or type(value) is str else read_str(value)
        )
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        try:
            self.pinned_at = (
                value if (value := get("pinned_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.edited_at = (
                value if (value := get("edited_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.recalled_at = (
                value if (value := get("recalled_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.deleted_at = (
                value if (value := get("deleted_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.pinned_at = read_datetime(get("pinned_at"))
            self.edited_at = read_datetime(get("edited_at"))
            self.recalled_at = read_datetime(get("recalled_at"))
            self.deleted_at = read_datetime(get("deleted_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
