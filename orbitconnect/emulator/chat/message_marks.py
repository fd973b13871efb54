"""What users put on a message: reactions and the pin."""

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
from .membership import membership
from .message_rows import (
    announce,
    check_not_recalled,
    find_message,
    message,
    messages_from,
    next_change,
    reaction_from,
)

_REACTION: Final = "SELECT * FROM reactions"


@handles(operations.REACT_TO_MESSAGE)
def react_to_message(context: RequestContext, message_id: str) -> Message:
    """Adds a reaction, or takes away the one that the user has made with the same word.

    It returns the message, which there is in both cases.
    """
    row, _ = find_message(context, message_id)
    check_not_recalled(row, "reacted to")
    body = ReactToMessageBody.from_dict(context.body)
    place = (message_id, context.actor_id, body.reaction_type)
    known = context.store.one_or_none(
        ReactionRow, f"{_REACTION} WHERE message_id = ? AND user_id = ? AND reaction_type = ?", place
    )
    if known is None:
        reaction_id = context.new_id("rct")
        context.store.run(
            "INSERT INTO reactions (id, message_id, user_id, reaction_type, created_at) VALUES (?, ?, ?, ?, ?)",
            (reaction_id, *place, context.now),
        )
        event, change = events.MESSAGE_REACTION_ADDED, 1
        reaction = reaction_from(context.store.one(ReactionRow, f"{_REACTION} WHERE id = ?", (reaction_id,)))
    else:
        context.store.run("DELETE FROM reactions WHERE id = ?", (known.id,))
        event, change = events.MESSAGE_REACTION_REMOVED, -1
        reaction = reaction_from(known)
    context.store.run(
        "UPDATE messages SET reactions = reactions + ?, updated_at = ? WHERE id = ?",
        (change, next_change(context, row.conversation_id), message_id),
    )
    emit(context, event, MessageReactionEventData(message_id, row.conversation_id, reaction))
    return message(context, message_id)


@handles(operations.PIN_MESSAGE)
def pin_message(context: RequestContext, message_id: str) -> Message:
    """Pins a message, for all participants. Any of them can; who was first stays named."""
    row, _ = find_message(context, message_id)
    check_not_recalled(row, "pinned")
    if row.pinned_at is not None:
        return message(context, message_id)
    instant = next_change(context, row.conversation_id)
    context.store.run(
        "UPDATE messages SET pinned_at = ?, pin_order = ?, pinned_by = ?, updated_at = ? WHERE id = ?",
        (context.now, instant, context.actor_id, instant, message_id),
    )
    return announce(context, events.MESSAGE_PINNED, row)


@handles(operations.UNPIN_MESSAGE)
def unpin_message(context: RequestContext, message_id: str) -> None:
    """Takes the pin away; any participant can."""
    row, _ = find_message(context, message_id)
    if row.pinned_at is not None:
        instant = next_change(context, row.conversation_id)
        context.store.run(
            "UPDATE messages SET pinned_at = NULL, pin_order = NULL, pinned_by = NULL, updated_at = ? WHERE id = ?",
            (instant, message_id),
        )
        announce(context, events.MESSAGE_UNPINNED, row)


@handles(operations.GET_PINNED_MESSAGES)
def list_pinned(context: RequestContext, conversation_id: str) -> list[Message]:
    """The conversation's pinned messages, the one pinned last first."""
    membership(context, conversation_id)
    clauses = " WHERE conversation_id = ? AND pin_order IS NOT NULL ORDER BY pin_order DESC"
    return messages_from(context.store, clauses, (conversation_id,))
