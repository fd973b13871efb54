"""Messages in the store: finding them, timing their changes, and building the API's models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from orbitconnect_api.models.message import Message
from orbitconnect_api.models.message_event_data import MessageEventData
from orbitconnect_api.models.reaction import Reaction
from orbitconnect_api.types import EventType

from ..clock import from_microseconds, time_or_none
from ..context import RequestContext
from ..json_text import from_json
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import conflict, not_found
from ..rules import PARTICIPANTS_ONLY, RECALLED_IS_FINAL
from ..store import Store, Value
from ..tables.chat import DeletionRow, MessageRow, ReactionRow
from .membership import Membership, find_membership

MAX_PAGE: Final = 200
"""The maximum number of entries on a page, regardless of the requested limit."""

NOT_DELETED: Final = " AND NOT EXISTS (SELECT 1 FROM deletions d WHERE d.message_id = m.id AND d.user_id = ?)"
"""Excludes the messages that a user deleted."""

_LARGEST: Final = 2**63 - 1

SENT: Final = "sent"
DELIVERED: Final = "delivered"
READ: Final = "read"


def find_message(
    context: RequestContext, message_id: str, *, even_deleted: bool = False
) -> tuple[MessageRow, Membership]:
    """Return a message and the acting user's membership of its conversation.

    Raises:
        Refusal: If the message does not exist, the user deleted it, or the user is not a participant in the
            conversation.
    """
    row = context.store.one_or_none(MessageRow, "SELECT * FROM messages WHERE id = ?", (message_id,))
    if row is None or (not even_deleted and has_deleted(context, message_id)):
        raise not_found("message")
    membership = find_membership(context, row.conversation_id)
    if membership is None:
        raise not_found("message", PARTICIPANTS_ONLY)
    return row, membership


def has_deleted(context: RequestContext, message_id: str) -> bool:
    """Whether the acting user has deleted a message."""
    query = "SELECT 1 FROM deletions WHERE message_id = ? AND user_id = ?"
    return context.store.exists(query, (message_id, context.actor_id))


def check_not_recalled(row: MessageRow, action: str) -> None:
    """Check that a message was not recalled.

    Raises:
        Refusal: If it was.
    """
    if row.recalled_at is not None:
        raise conflict(f"A recalled message cannot be {action}.", RECALLED_IS_FINAL)


def next_updated_at(context: RequestContext, conversation_id: str) -> int:
    """The `updated_at` for a change to a message, different for each change in the conversation.

    The result is the emulator's time, or one microsecond after the conversation's last change if the clock stands still
    or was set back. A client that synchronizes from the last `updated_at` it has seen misses nothing and always makes
    progress.
    """
    changed_at = context.store.scalar(int, "SELECT changed_at FROM conversations WHERE id = ?", (conversation_id,))
    updated_at = max(context.now, (changed_at or 0) + 1)
    context.store.run("UPDATE conversations SET changed_at = ? WHERE id = ?", (updated_at, conversation_id))
    return updated_at


def message_model(context: RequestContext, message_id: str) -> Message:
    """The API's model of a message, as the acting user sees it."""
    deleted = deleted_from(context, " AND d.message_id = ?", (message_id,))
    return deleted[0] if deleted else messages_from(context.store, " WHERE m.id = ?", (message_id,))[0]


def deleted_from(context: RequestContext, clauses: str, values: Sequence[Value]) -> list[Message]:
    """The API's models of messages that the acting user deleted. They have no content.

    Args:
        context: The request.
        clauses: Further conditions of the query from `deletions d`.
        values: The values of their placeholders.
    """
    store, query = context.store, f"SELECT d.* FROM deletions d WHERE d.user_id = ?{clauses}"
    found: list[Message] = []
    for deletion in store.all(DeletionRow, query, (context.actor_id, *values)):
        row = store.one(MessageRow, "SELECT * FROM messages WHERE id = ?", (deletion.message_id,))
        left = row._replace(content=None, metadata="{}", pinned_at=None, pinned_by=None, updated_at=deletion.updated_at)
        found.append(_model(left, [], deletion.deleted_at))
    return found


def emit_message_event(context: RequestContext, event: EventType, row: MessageRow) -> Message:
    """Emit an event about the acting user's action on a message, and return the message."""
    changed = message_model(context, row.id)
    emit(
        context,
        event,
        MessageEventData(
            message_id=row.id,
            conversation_id=row.conversation_id,
            app_user_id=context.actor_id,
            message=changed,
        ),
    )
    return changed


def messages_from(store: Store, clauses: str, values: Sequence[Value]) -> list[Message]:
    """The API's models of the messages that a query finds.

    Args:
        store: The store.
        clauses: The part of the query after `FROM messages m`.
        values: The values of its placeholders.
    """
    rows = store.all(MessageRow, f"SELECT m.* FROM messages m{clauses}", values)
    reactions: dict[str, list[Reaction]] = {}
    with_reactions = [row.id for row in rows if row.reactions]
    if with_reactions:
        found = store.all(
            ReactionRow,
            "SELECT * FROM reactions WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY n",
            (json.dumps(with_reactions),),
        )
        for reaction in found:
            reactions.setdefault(reaction.message_id, []).append(reaction_from(reaction))
    return [_model(row, reactions.get(row.id, [])) for row in rows]


def page_size(limit: int) -> int:
    """The number of entries on a page, given the requested limit."""
    return min(limit, MAX_PAGE)


def storable(number: int) -> int:
    """Clamp a number to the largest integer of SQLite. No sequence number is larger."""
    return min(number, _LARGEST)


def message_status(recipients: int, delivered: int, read: int) -> str:
    """The status of a message, from the number of recipients it was delivered to and read by."""
    if not recipients or delivered < recipients:
        return SENT
    return READ if read >= recipients else DELIVERED


def _model(row: MessageRow, reactions: list[Reaction], deleted_at: int | None = None) -> Message:
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        sender_id=row.sender_id,
        content=row.content,
        type=row.type,
        metadata=from_json(row.metadata),
        sequence=row.sequence,
        reply_to_message_id=row.reply_to,
        forwarded_from_message_id=row.forwarded_from,
        reactions=reactions,
        is_pinned=row.pinned_at is not None,
        pinned_by_user_id=row.pinned_by,
        pinned_at=time_or_none(row.pinned_at),
        status=message_status(row.recipients, row.delivered, row.read),
        edited_at=time_or_none(row.edited_at),
        recalled_at=time_or_none(row.recalled_at),
        deleted_at=time_or_none(deleted_at),
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Message),
    )


def reaction_from(row: ReactionRow) -> Reaction:
    """The API's model of a reaction."""
    return Reaction(
        id=row.id,
        message_id=row.message_id,
        app_user_id=row.user_id,
        reaction_type=row.reaction_type,
        created_at=from_microseconds(row.created_at),
        _raw=nulls(Reaction),
    )
