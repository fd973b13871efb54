"""What users put on a message: reactions and the pin."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.message import Message
from orbitconnect_api.models.react_to_message_body import ReactToMessageBody

from ..handlers import Call, handles
from .membership import membership
from .message_rows import check_not_recalled, find_message, message, messages_from, next_change


@handles(operations.REACT_TO_MESSAGE)
def react_to_message(call: Call, message_id: str) -> Message:
    """Adds a reaction, or takes away the one that the user has made with the same word.

    It returns the message, which there is in both cases.
    """
    row, _ = find_message(call, message_id)
    check_not_recalled(row, "reacted to")
    body = ReactToMessageBody.from_dict(call.body)
    removed = call.store.run(
        "DELETE FROM reactions WHERE message_id = ? AND user_id = ? AND reaction_type = ?",
        (message_id, call.actor_id, body.reaction_type),
    )
    if not removed:
        call.store.run(
            "INSERT INTO reactions (id, message_id, user_id, reaction_type, created_at) VALUES (?, ?, ?, ?, ?)",
            (call.new_id("rct"), message_id, call.actor_id, body.reaction_type, call.now),
        )
    call.store.run(
        "UPDATE messages SET reactions = reactions + ?, updated_at = ? WHERE id = ?",
        (-1 if removed else 1, next_change(call, row["conversation_id"]), message_id),
    )
    return message(call, message_id)


@handles(operations.PIN_MESSAGE)
def pin_message(call: Call, message_id: str) -> Message:
    """Pins a message, for all participants. Any of them can; who was first stays named."""
    row, _ = find_message(call, message_id)
    check_not_recalled(row, "pinned")
    if row["pinned_at"] is None:
        instant = next_change(call, row["conversation_id"])
        call.store.run(
            "UPDATE messages SET pinned_at = ?, pin_order = ?, pinned_by = ?, updated_at = ? WHERE id = ?",
            (call.now, instant, call.actor_id, instant, message_id),
        )
    return message(call, message_id)


@handles(operations.UNPIN_MESSAGE)
def unpin_message(call: Call, message_id: str) -> None:
    """Takes the pin away; any participant can."""
    row, _ = find_message(call, message_id)
    if row["pinned_at"] is not None:
        instant = next_change(call, row["conversation_id"])
        call.store.run(
            "UPDATE messages SET pinned_at = NULL, pin_order = NULL, pinned_by = NULL, updated_at = ? WHERE id = ?",
            (instant, message_id),
        )


@handles(operations.GET_PINNED_MESSAGES)
def list_pinned(call: Call, conversation_id: str) -> list[Message]:
    """The conversation's pinned messages, the one pinned last first."""
    membership(call, conversation_id)
    clauses = " WHERE conversation_id = ? AND pin_order IS NOT NULL ORDER BY pin_order DESC"
    return messages_from(call.store, clauses, (conversation_id,))
