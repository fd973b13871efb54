"""Reactions to messages, and pinned messages."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.message import Message
from orbitconnect_api.models.message_reaction_event_data import MessageReactionEventData
from orbitconnect_api.models.react_to_message_body import ReactToMessageBody

from ..context import RequestContext
from ..outbox import emit
from ..registry import handles
from ..tables.chat import ReactionRow
from .membership import own_membership
from .message_rows import (
    NOT_DELETED,
    check_not_recalled,
    emit_message_event,
    find_message,
    message_model,
    messages_from,
    next_updated_at,
    reaction_from,
)

_REACTION: Final = "SELECT * FROM reactions"


@handles(operations.REACT_TO_MESSAGE)
def react_to_message(context: RequestContext, message_id: str) -> Message:
    """Add a reaction, or remove the acting user's reaction of the same type. Returns the message."""
    row, _ = find_message(context, message_id)
    check_not_recalled(row, "reacted to")
    body = ReactToMessageBody.from_dict(context.body)
    reaction_key = (message_id, context.actor_id, body.reaction_type)
    known = context.store.one_or_none(
        ReactionRow, f"{_REACTION} WHERE message_id = ? AND user_id = ? AND reaction_type = ?", reaction_key
    )
    if known is None:
        reaction_id = context.new_id("rct")
        context.store.run(
            "INSERT INTO reactions (id, message_id, user_id, reaction_type, created_at) VALUES (?, ?, ?, ?, ?)",
            (reaction_id, *reaction_key, context.now),
        )
        event, change = events.MESSAGE_REACTION_ADDED, 1
        reaction = reaction_from(context.store.one(ReactionRow, f"{_REACTION} WHERE id = ?", (reaction_id,)))
    else:
        context.store.run("DELETE FROM reactions WHERE id = ?", (known.id,))
        event, change = events.MESSAGE_REACTION_REMOVED, -1
        reaction = reaction_from(known)
    context.store.run(
        "UPDATE messages SET reactions = reactions + ?, updated_at = ? WHERE id = ?",
        (change, next_updated_at(context, row.conversation_id), message_id),
    )
    emit(
        context,
        event,
        MessageReactionEventData(message_id=message_id, conversation_id=row.conversation_id, reaction=reaction),
    )
    return message_model(context, message_id)


@handles(operations.PIN_MESSAGE)
def pin_message(context: RequestContext, message_id: str) -> Message:
    """Pin a message for all participants. Any participant can. Pinning it again changes nothing."""
    row, _ = find_message(context, message_id)
    check_not_recalled(row, "pinned")
    if row.pinned_at is not None:
        return message_model(context, message_id)
    updated_at = next_updated_at(context, row.conversation_id)
    context.store.run(
        "UPDATE messages SET pinned_at = ?, pin_order = ?, pinned_by = ?, updated_at = ? WHERE id = ?",
        (context.now, updated_at, context.actor_id, updated_at, message_id),
    )
    return emit_message_event(context, events.MESSAGE_PINNED, row)


@handles(operations.UNPIN_MESSAGE)
def unpin_message(context: RequestContext, message_id: str) -> None:
    """Unpin a message. Any participant can."""
    row, _ = find_message(context, message_id)
    if row.pinned_at is not None:
        updated_at = next_updated_at(context, row.conversation_id)
        context.store.run(
            "UPDATE messages SET pinned_at = NULL, pin_order = NULL, pinned_by = NULL, updated_at = ? WHERE id = ?",
            (updated_at, message_id),
        )
        emit_message_event(context, events.MESSAGE_UNPINNED, row)


@handles(operations.GET_PINNED_MESSAGES)
def list_pinned(context: RequestContext, conversation_id: str) -> list[Message]:
    """List the conversation's pinned messages, the most recently pinned first."""
    own_membership(context, conversation_id)
    clauses = f" WHERE conversation_id = ? AND pin_order IS NOT NULL{NOT_DELETED} ORDER BY pin_order DESC"
    return messages_from(context.store, clauses, (conversation_id, context.actor_id))
