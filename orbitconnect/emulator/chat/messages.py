"""Messages: sending, listing, editing, recalling and deleting them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final

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
from ..tables.chat import SendingRow
from .membership import own_membership
from .message_rows import (
    NOT_DELETED,
    check_not_recalled,
    emit_message_event,
    find_message,
    has_deleted,
    message_model,
    messages_from,
    next_updated_at,
    page_size,
    storable,
)

DEFAULT_TYPE: Final = "text"

_UNREAD: Final = (
    " AND user_id != ? AND left_at IS NULL AND joined_sequence < ?"
    " AND user_id NOT IN (SELECT user_id FROM receipts WHERE message_id = ? AND read_at IS NOT NULL)"
    " AND user_id NOT IN (SELECT user_id FROM deletions WHERE message_id = ?)"
)
"""Selects the participants among whose unread messages one message counts."""


@handles(operations.SEND_MESSAGE)
def send_message(context: RequestContext, conversation_id: str) -> Message:
    """Send a message. A repeated idempotency key returns the message that was already sent."""
    own_membership(context, conversation_id)
    body = SendMessageBody.from_dict(context.body)
    type_, metadata = _type(body.type), to_json(body.metadata)
    if isinstance(body.idempotency_key, Unset) or body.idempotency_key is None:
        return _add(context, conversation_id, body.content, type_, metadata)
    sending_key = (conversation_id, context.actor_id, body.idempotency_key)
    values = json.dumps([body.content, type_, from_json(metadata)], sort_keys=True)
    fingerprint = sha256(values.encode()).hexdigest()
    known = context.store.one_or_none(
        SendingRow, "SELECT * FROM sendings WHERE conversation_id = ? AND sender_id = ? AND key = ?", sending_key
    )
    if known is None:
        sent = _add(context, conversation_id, body.content, type_, metadata)
        context.store.run("INSERT INTO sendings VALUES (?, ?, ?, ?, ?)", (*sending_key, fingerprint, sent.id))
        return sent
    if known.fingerprint != fingerprint:
        raise Refusal(
            409,
            "idempotency_key_reused",
            "The idempotency key has already been used for another message in this conversation.",
            IDEMPOTENCY_KEY,
        )
    return message_model(context, known.message_id)


@handles(operations.REPLY_TO_MESSAGE)
def reply_to_message(context: RequestContext, conversation_id: str) -> Message:
    """Send a message that replies to another message in the same conversation."""
    own_membership(context, conversation_id)
    body = ReplyToMessageBody.from_dict(context.body)
    is_there = context.store.exists(
        f"SELECT 1 FROM messages m WHERE id = ? AND conversation_id = ?{NOT_DELETED}",
        (body.reply_to_message_id, conversation_id, context.actor_id),
    )
    if not is_there:
        raise invalid_field(body, "reply_to_message_id", "is not the id of a message in this conversation")
    return _add(
        context,
        conversation_id,
        body.content,
        _type(body.type),
        to_json(body.metadata),
        reply_to=body.reply_to_message_id,
    )


@handles(operations.FORWARD_MESSAGE)
def forward_message(context: RequestContext, message_id: str) -> list[Message]:
    """Send a copy to all of the conversations, or to none. A conversation that is listed twice gets one copy."""
    row, _ = find_message(context, message_id)
    check_not_recalled(row, "forwarded")
    body = ForwardMessageBody.from_dict(context.body)
    assert row.content is not None  # Only recalled messages have no content.
    copies: dict[str, Message] = {}
    for index, target in enumerate(body.target_conversation_ids):
        if target in copies:
            continue
        try:
            own_membership(context, target)
        except Refusal as refusal:
            flaw = "is not the id of a conversation of the acting user"
            raise invalid_field(body, "target_conversation_ids", flaw, rule=refusal.rule, index=index) from None
        copies[target] = _add(context, target, row.content, row.type, row.metadata, forwarded_from=message_id)
    return list(copies.values())


@handles(operations.LIST_MESSAGES)
def list_messages(
    context: RequestContext, conversation_id: str, limit: int = 50, offset: int = 0, after_sequence: int | None = None
) -> list[Message]:
    """List the conversation's messages, newest first. With `after_sequence`, oldest first."""
    membership = own_membership(context, conversation_id)
    actor, size = context.actor_id, page_size(limit)
    if after_sequence is None:
        before = _highest_on_page(context, conversation_id, membership.last_sequence, offset)
        clauses = f" WHERE conversation_id = ? AND sequence <= ?{NOT_DELETED} ORDER BY sequence DESC LIMIT ?"
        return messages_from(context.store, clauses, (conversation_id, before, actor, size))
    after = _last_before_page(context, conversation_id, storable(after_sequence), membership.last_sequence, offset)
    clauses = f" WHERE conversation_id = ? AND sequence > ?{NOT_DELETED} ORDER BY sequence LIMIT ?"
    return messages_from(context.store, clauses, (conversation_id, after, actor, size))


def _highest_on_page(context: RequestContext, conversation_id: str, last: int, offset: int) -> int:
    """The highest sequence number on a page that skips `offset` of the newest messages.

    This counts only the deleted messages, of which there are few. Walking over all skipped messages would take time
    proportional to the offset.
    """
    sequence = last - offset
    while sequence > 0:
        deleted = _count_deleted(context, conversation_id, sequence, last)
        if last - offset - deleted == sequence:
            break
        sequence = last - offset - deleted
    return sequence


def _last_before_page(context: RequestContext, conversation_id: str, after: int, last: int, offset: int) -> int:
    """The sequence number before a page that skips `offset` of the messages after a sequence number."""
    sequence = after + offset
    while sequence < last:
        deleted = _count_deleted(context, conversation_id, after, sequence)
        if after + offset + deleted == sequence:
            break
        sequence = after + offset + deleted
    return storable(sequence)


def _count_deleted(context: RequestContext, conversation_id: str, after: int, until: int) -> int:
    return context.store.count(
        "SELECT count(*) FROM deletions WHERE conversation_id = ? AND user_id = ? AND sequence > ? AND sequence <= ?",
        (conversation_id, context.actor_id, after, until),
    )


@handles(operations.GET_MESSAGE)
def get_message(context: RequestContext, message_id: str) -> Message:
    """Return one message."""
    find_message(context, message_id)
    return message_model(context, message_id)


@handles(operations.EDIT_MESSAGE)
def edit_message(context: RequestContext, message_id: str) -> Message:
    """Replace a message's content."""
    row, _ = find_message(context, message_id)
    if row.sender_id != context.actor_id:
        raise forbidden("Only the sender can edit a message.", SENDER_ONLY)
    check_not_recalled(row, "edited")
    content = EditMessageBody.from_dict(context.body).content
    if content == row.content and row.edited_at is not None:
        return message_model(context, message_id)
    context.store.run(
        "UPDATE messages SET content = ?, folded = ?, edited_at = ?, updated_at = ? WHERE id = ?",
        (content, content.casefold(), context.now, next_updated_at(context, row.conversation_id), message_id),
    )
    return emit_message_event(context, events.MESSAGE_EDITED, row)


@handles(operations.DELETE_MESSAGE)
def delete_message(context: RequestContext, message_id: str) -> None:
    """Delete a message for the acting user. All other participants still see it."""
    row, membership = find_message(context, message_id, even_deleted=True)
    if has_deleted(context, message_id):
        return
    if row.recalled_at is None:
        context.store.run(
            f"UPDATE participants SET unread = unread - 1 WHERE id = ?{_UNREAD}",
            (membership.id, row.sender_id, row.sequence, row.id, row.id),
        )
    context.store.run(
        "INSERT INTO deletions VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(row.id, context.actor_id, row.conversation_id, row.sequence),
            *(context.now, next_updated_at(context, row.conversation_id)),
        ),
    )
    emit_message_event(context, events.MESSAGE_DELETED, row)


@handles(operations.RECALL_MESSAGE)
def recall_message(context: RequestContext, message_id: str) -> Message:
    """Recall a message: remove its content, its metadata and its pin for everyone. It keeps its sequence number."""
    row, _ = find_message(context, message_id)
    if row.sender_id != context.actor_id:
        raise forbidden("Only the sender can recall a message.", SENDER_ONLY)
    if row.recalled_at is not None:
        return message_model(context, message_id)
    context.store.run(
        f"UPDATE participants SET unread = unread - 1 WHERE conversation_id = ?{_UNREAD}",
        (row.conversation_id, row.sender_id, row.sequence, row.id, row.id),
    )
    context.store.run(
        "UPDATE messages SET content = NULL, folded = NULL, metadata = '{}', pinned_at = NULL, pinned_by = NULL,"
        " pin_order = NULL, recalled_at = ?, updated_at = ? WHERE id = ?",
        (context.now, next_updated_at(context, row.conversation_id), row.id),
    )
    return emit_message_event(context, events.MESSAGE_RECALLED, row)


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
    """Append a message to the conversation."""
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
            *(others, context.now, next_updated_at(context, conversation_id), conversation_id),
        ),
    )
    sent = message_model(context, message_id)
    emit(
        context,
        events.MESSAGE_SENT,
        MessageSentEventData(message_id=message_id, conversation_id=conversation_id, message=sent),
    )
    return sent


def _type(given: str | Unset) -> str:
    return DEFAULT_TYPE if isinstance(given, Unset) else given
