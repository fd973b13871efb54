"""Looking through messages: search and sync."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.message import Message

from ..clock import to_microseconds
from ..handlers import Call, handles
from ..validation import read_instant
from .membership import membership
from .message_rows import messages_from, page_size


@handles(operations.SEARCH_MESSAGES)
def search_messages(call: Call, conversation_id: str, q: str, limit: int = 20) -> list[Message]:
    """The conversation's messages that hold the text, whatever the case of its letters; newest first."""
    membership(call, conversation_id)
    clauses = " WHERE conversation_id = ? AND instr(folded, ?) ORDER BY sequence DESC LIMIT ?"
    return messages_from(call.store, clauses, (conversation_id, q.casefold(), page_size(limit)))


@handles(operations.SEARCH_MESSAGES_GLOBALLY)
def search_globally(call: Call, q: str, limit: int = 20) -> list[Message]:
    """The same in all conversations of the acting user."""
    clauses = (
        " WHERE instr(folded, ?) AND EXISTS (SELECT 1 FROM participants p WHERE p.user_id = ?"
        " AND p.conversation_id = m.conversation_id AND p.left_at IS NULL) ORDER BY m.n DESC LIMIT ?"
    )
    return messages_from(call.store, clauses, (q.casefold(), call.actor_id, page_size(limit)))


@handles(operations.SYNC_MESSAGES)
def sync_messages(call: Call, conversation_id: str, since: str, limit: int = 100) -> list[Message]:
    """The conversation's messages that were sent or changed at the instant or later, oldest change first."""
    membership(call, conversation_id)
    instant = read_instant(since)
    assert instant is not None  # The query was checked.
    clauses = " WHERE conversation_id = ? AND updated_at >= ? ORDER BY updated_at LIMIT ?"
    return messages_from(call.store, clauses, (conversation_id, to_microseconds(instant), page_size(limit)))
