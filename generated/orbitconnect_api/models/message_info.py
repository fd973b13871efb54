"""The model MessageInfo."""

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
    read_datetime,
    read_int,
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_models,
)
from .message_receipt import MessageReceipt


@define(eq=False, repr=False, kw_only=True)
class MessageInfo(Model):
    """The delivery status of a message, for each recipient.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        message_id: The message's id.
        conversation_id: The id of the message's conversation.
        sender_id: The id of the user who sent the message.
        status: The status that all recipients have reached.
        recipient_count: The number of recipients. The sender does not count.
        delivered_count: The number of recipients that the message was delivered to, including those who have read it.
        read_count: The number of recipients who have read the message.
        recipients: The delivery status for each recipient.
        sent_at: When the message was sent.
    """

    message_id: str | None = None
    conversation_id: str | None = None
    sender_id: str | None = None
    status: Literal["delivered", "read", "sent"] | str | None = None
    recipient_count: int | None = None
    delivered_count: int | None = None
    read_count: int | None = None
    recipients: list[MessageReceipt] | None = None
    sent_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("message_id", "message_id", None, read_str),
        Field("conversation_id", "conversation_id", None, read_str),
        Field("sender_id", "sender_id", None, read_str),
        Field("status", "status", None, read_str),
        Field("recipient_count", "recipient_count", None, read_int),
        Field("delivered_count", "delivered_count", None, read_int),
        Field("read_count", "read_count", None, read_int),
        Field("recipients", "recipients", write_models, read_list),
        Field("sent_at", "sent_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.message_id = value if type(value := get("message_id")) is str or value is None else read_str(value)
        self.conversation_id = (
            value if type(value := get("conversation_id")) is str or value is None else read_str(value)
        )
        self.sender_id = value if type(value := get("sender_id")) is str or value is None else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.recipient_count = (
            value if type(value := get("recipient_count")) is int or value is None else read_int(value)
        )
        self.delivered_count = (
            value if type(value := get("delivered_count")) is int or value is None else read_int(value)
        )
        self.read_count = value if type(value := get("read_count")) is int or value is None else read_int(value)
        self.recipients = (
            read_models(MessageReceipt, value)
            if (value := get("recipients"))
            else []
            if isinstance(value, list)
            else None
        )
        try:
            self.sent_at = (
                value if (value := get("sent_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.sent_at = read_datetime(get("sent_at"))
        self._raw = src_dict
        return self
