"""Messages: sending, changing and taking them away."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final, Literal

from orbitconnect_api import events, operations
from orbitconnect_api.models.edit_message_body import EditMessageBody
from orbitconnect_api.models.forward_message_body import ForwardMessageBody
from orbitconnect_api.models.message import Message
from orbitconnect_api.models.message_sent_event_data import MessageSentEventData
from orbitconnect_api.models.reply_to_message_body import ReplyToMessageBody
from orbitconnect_api.models.send_message_body import SendMessageBody
from orbitconnect_api.types import Unset

from ..context import RequestContext
from ..json_text import from_json, to_json
from ..outbox import emit
from ..refusals import Refusal, forbidden, invalid_field
from ..registry import handles
from ..rules import IDEMPOTENCY_KEY, SENDER_ONLY
from ..tables.chat import MessageRow, SendingRow
from .membership import OWNER, membership
from .message_rows import (
    announce,
    check_not_recalled,
    find_message,
    message,
    messages_from,
    next_change,
    page_size,
    storable,
)

DEFAULT_TYPE: Final = "text"


@handles(operations.SEND_MESSAGE)
def send_message(context: RequestContext, conversation_id: str) -> Message:
    """Sends a message; a repetition with the same key gets the message that is there already."""
    membership(context, conversation_id)
    body = SendMessageBody.from_dict(context.body)
    type_, metadata = _type(body.type), _metadata(body.metadata)
    if isinstance(body.idempotency_key, Unset):
        return _add(context, conversation_id, body.content, type_, metadata)
    place = (conversation_id, context.actor_id, body.idempotency_key)
    # Of the values: in which order an object's names came is no difference.
    same = json.dumps([body.content, type_, from_json(metadata)], sort_keys=True)
    fingerprint = sha256(same.encode()).hexdigest()
    known = context.store.one_or_none(
        SendingRow, "SELECT * FROM sendings WHERE conversation_id = ? AND sender_id = ? AND key = ?", place
    )
    if known is None:
        sent = _add(context, conversation_id, body.content, type_, metadata)
        context.store.run("INSERT INTO sendings VALUES (?, ?, ?, ?, ?)", (*place, fingerprint, sent.id))
        return sent
    if known.fingerprint != fingerprint:
        raise Refusal(
            409,
            "idempotency_key_reused",
            "The idempotency key was used for another message of this conversation.",
            IDEMPOTENCY_KEY,
        )
    return message(context, known.message_id)


@handles(operations.REPLY_TO_MESSAGE)
def reply_to_message(context: RequestContext, conversation_id: str) -> Message:
    """Sends a message that answers another one of the same conversation."""
    membership(context, conversation_id)
    body = ReplyToMessageBody.from_dict(context.body)
    is_there = context.store.exists(
        "SELECT 1 FROM messages WHERE id = ? AND conversation_id = ? AND deleted_at IS NULL",
        (body.reply_to_message_id, conversation_id),
    )
    if not is_there:
        raise invalid_field(body, "reply_to_message_id", "names no message of this conversation")
    return _add(
        context,
        conversation_id,
        body.content,
        _type(body.type),
        _metadata(body.metadata),
        reply_to=body.reply_to_message_id,
    )


@handles(operations.FORWARD_MESSAGE)
def forward_message(context: RequestContext, message_id: str) -> list[Message]:
    """Sends a copy to each of the conversations, all or none; one that is named twice gets one."""
    row, _ = find_message(context, message_id)
    check_not_recalled(row, "forwarded")
    body = ForwardMessageBody.from_dict(context.body)
    assert row.content is not None  # Only a message that was recalled or deleted has none.
    copies: dict[str, Message] = {}
    for index, target in enumerate(body.target_conversation_ids):
        if target in copies:
            continue
        try:
            membership(context, target)
        except Refusal as refusal:
            flaw = "names no conversation of the acting user"
            raise invalid_field(body, "target_conversation_ids", flaw, rule=refusal.rule, index=index) from None
        copies[target] = _add(context, target, row.content, row.type, row.metadata, forwarded_from=message_id)
    return list(copies.values())


@handles(operations.LIST_MESSAGES)
def list_messages(
    context: RequestContext, conversation_id: str, limit: int = 50, offset: int = 0, after_sequence: int | None = None
) -> list[Message]:
    """The conversation's messages, newest first; those after a sequence oldest first."""
    stay = membership(context, conversation_id)
    if after_sequence is None:
        before = _newest_first(context, conversation_id, stay.last_sequence, offset)
        clauses = " WHERE conversation_id = ? AND sequence <= ? AND deleted_at IS NULL ORDER BY sequence DESC LIMIT ?"
        return messages_from(context.store, clauses, (conversation_id, before, page_size(limit)))
    after = _oldest_first(context, conversation_id, storable(after_sequence), stay.last_sequence, offset)
    clauses = " WHERE conversation_id = ? AND sequence > ? AND deleted_at IS NULL ORDER BY sequence LIMIT ?"
    return messages_from(context.store, clauses, (conversation_id, after, page_size(limit)))


def _newest_first(context: RequestContext, conversation_id: str, last: int, offset: int) -> int:
    """The highest sequence of a page that leaves out so many of the newest messages.

    It is found by counting the deleted ones, which are few; going through all that are left out would take longer and
    longer.
    """
    sequence = last - offset
    while sequence > 0:
        deleted = _count_deleted(context, conversation_id, sequence, last)
        if last - offset - deleted == sequence:
            break
        sequence = last - offset - deleted
    return sequence


def _oldest_first(context: RequestContext, conversation_id: str, after: int, last: int, offset: int) -> int:
    """The sequence after which a page begins that leaves out so many of the messages after another sequence."""
    sequence = after + offset
    while sequence < last:
        deleted = _count_deleted(context, conversation_id, after, sequence)
        if after + offset + deleted == sequence:
            break
        sequence = after + offset + deleted
    return storable(sequence)


def _count_deleted(context: RequestContext, conversation_id: str, after: int, until: int) -> int:
    return context.store.count(
        "SELECT count(*) FROM messages WHERE conversation_id = ? AND sequence > ? AND sequence <= ?"
        " AND deleted_at IS NOT NULL",
        (conversation_id, after, until),
    )


@handles(operations.GET_MESSAGE)
def get_message(context: RequestContext, message_id: str) -> Message:
    """One message."""
    find_message(context, message_id)
    return message(context, message_id)


@handles(operations.EDIT_MESSAGE)
def edit_message(context: RequestContext, message_id: str) -> Message:
    """Replaces a message's content."""
    row, _ = find_message(context, message_id)
    if row.sender_id != context.actor_id:
        raise forbidden("Only the sender can edit a message.", SENDER_ONLY)
    check_not_recalled(row, "edited")
    content = EditMessageBody.from_dict(context.body).content
    if content == row.content and row.edited_at is not None:
        return message(context, message_id)
    context.store.run(
        "UPDATE messages SET content = ?, folded = ?, edited_at = ?, updated_at = ? WHERE id = ?",
        (content, content.casefold(), context.now, next_change(context, row.conversation_id), message_id),
    )
    return announce(context, events.MESSAGE_EDITED, row)


@handles(operations.DELETE_MESSAGE)
def delete_message(context: RequestContext, message_id: str) -> None:
    """Deletes a message: its sender can, and the owner of the group."""
    row, stay = find_message(context, message_id, even_deleted=True)
    if row.sender_id != context.actor_id and stay.role != OWNER:
        raise forbidden("Only the sender and the group's owner can delete a message.", SENDER_ONLY)
    if row.deleted_at is None:
        _withdraw(context, row, "deleted_at")
        announce(context, events.MESSAGE_DELETED, row)


@handles(operations.RECALL_MESSAGE)
def recall_message(context: RequestContext, message_id: str) -> Message:
    """Takes a message back; it keeps its place."""
    row, _ = find_message(context, message_id)
    if row.sender_id != context.actor_id:
        raise forbidden("Only the sender can recall a message.", SENDER_ONLY)
    if row.recalled_at is not None:
        return message(context, message_id)
    _withdraw(context, row, "recalled_at")
    return announce(context, events.MESSAGE_RECALLED, row)


def _add(
    context: RequestContext,
    conversation_id: str,
    content: str,
    type_: str,
    metadata: str,
    *,
    reply_to: str | None = None,
    forwarded_from: str | None = None,
) -> Message:
    """Adds a message at the conversation's end."""
    store, message_id = context.store, context.new_id("msg")
    store.run(
        "UPDATE conversations SET last_sequence = last_sequence + 1, updated_at = ?,"
        " activity = (SELECT max(activity) + 1 FROM conversations) WHERE id = ?",
        (context.now, conversation_id),
    )
    others = store.run(
        "UPDATE participants SET unread = unread + 1 WHERE conversation_id = ? AND user_id != ? AND left_at IS NULL",
        (conversation_id, context.actor_id),
    )
    store.run(
        "INSERT INTO messages (id, conversation_id, sequence, sender_id, content, folded, type, metadata, reply_to,"
        " forwarded_from, recipients, created_at, updated_at)"
        " SELECT ?, id, last_sequence, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM conversations WHERE id = ?",
        (
            *(message_id, context.actor_id, content, content.casefold(), type_, metadata, reply_to, forwarded_from),
            *(others, context.now, next_change(context, conversation_id), conversation_id),
        ),
    )
    sent = message(context, message_id)
    emit(context, events.MESSAGE_SENT, MessageSentEventData(message_id, conversation_id, message=sent))
    return sent


def _withdraw(context: RequestContext, row: MessageRow, column: Literal["recalled_at", "deleted_at"]) -> None:
    """Empties a message that is recalled or deleted: what it said, its pin, and its part in the unread counts."""
    if row.recalled_at is None:
        context.store.run(
            "UPDATE participants SET unread = unread - 1 WHERE conversation_id = ? AND user_id != ?"
            " AND left_at IS NULL AND joined_sequence < ? AND NOT EXISTS (SELECT 1 FROM receipts"
            " WHERE message_id = ? AND user_id = participants.user_id AND read_at IS NOT NULL)",
            (row.conversation_id, row.sender_id, row.sequence, row.id),
        )
    context.store.run(
        "UPDATE messages SET content = NULL, folded = NULL, metadata = '{}', pinned_at = NULL, pinned_by = NULL,"
        f" pin_order = NULL, {column} = ?, updated_at = ? WHERE id = ?",
        (context.now, next_change(context, row.conversation_id), row.id),
    )


def _type(given: str | Unset) -> str:
    return DEFAULT_TYPE if isinstance(given, Unset) else given


def _metadata(given: Any) -> str:
    return "{}" if isinstance(given, Unset) else to_json(given)
