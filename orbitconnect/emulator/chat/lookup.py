"""Search and synchronization of messages."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import operations
from orbitconnect_api.models.message import Message

from ..clock import to_microseconds
from ..context import RequestContext
from ..formats import read_instant
from ..registry import handles
from ..tables.chat import HAS_SEARCH
from .membership import own_membership
from .message_rows import NOT_DELETED, deleted_from, messages_from, page_size

_WITH_TEXT: Final = " JOIN message_texts t ON t.rowid = m.n WHERE t.folded MATCH ? AND instr(m.folded, ?)"
_OWN: Final = "SELECT conversation_id FROM participants WHERE user_id = ? AND left_at IS NULL"
_OWN_MESSAGES: Final = (
    f"SELECT sum(last_sequence) FROM (SELECT last_sequence FROM conversations WHERE id IN ({_OWN}) LIMIT ?)"
)
"""The number of messages in the acting user's conversations."""

_INDEX_FROM: Final = 1000
"""The number of messages above which the index is faster than scanning the conversations."""

_MAX_TRIGRAMS: Final = 8
"""The maximum number of trigrams in an index query. Further trigrams hardly reduce the matches, and query length is
limited."""


@handles(operations.SEARCH_MESSAGES)
def search_messages(context: RequestContext, conversation_id: str, q: str, limit: int = 20) -> list[Message]:
    """List the conversation's messages that contain the given text, newest first. Case is ignored."""
    membership = own_membership(context, conversation_id)
    text = q.casefold()
    if membership.last_sequence > _INDEX_FROM and _is_indexed(text):
        clauses = f"{_WITH_TEXT} AND m.conversation_id = ?{NOT_DELETED} ORDER BY t.rowid DESC LIMIT ?"
        values = (_index_query(text), text, conversation_id, context.actor_id, page_size(limit))
        return messages_from(context.store, clauses, values)
    clauses = f" WHERE conversation_id = ? AND instr(folded, ?){NOT_DELETED} ORDER BY sequence DESC LIMIT ?"
    return messages_from(context.store, clauses, (conversation_id, text, context.actor_id, page_size(limit)))


@handles(operations.SEARCH_MESSAGES_GLOBALLY)
def search_globally(context: RequestContext, q: str, limit: int = 20) -> list[Message]:
    """Search all conversations of the acting user in the same way."""
    text, actor, size = q.casefold(), context.actor_id, page_size(limit)
    if context.store.count(_OWN_MESSAGES, (actor, _INDEX_FROM)) <= _INDEX_FROM:
        # The plus keeps SQLite from walking over everybody's messages in the order of `n`.
        clauses = f" WHERE m.conversation_id IN ({_OWN}) AND instr(folded, ?){NOT_DELETED} ORDER BY +m.n DESC LIMIT ?"
        return messages_from(context.store, clauses, (actor, text, actor, size))
    found, order = (_WITH_TEXT, "t.rowid") if _is_indexed(text) else (" WHERE instr(m.folded, ?)", "m.n")
    values = (_index_query(text), text) if _is_indexed(text) else (text,)
    is_own = f"EXISTS ({_OWN} AND conversation_id = m.conversation_id)"
    clauses = f"{found} AND {is_own}{NOT_DELETED} ORDER BY {order} DESC LIMIT ?"
    return messages_from(context.store, clauses, (*values, actor, actor, size))


def _is_indexed(text: str) -> bool:
    """Whether the index can find the text. It stores only trigrams, and none that contain a NUL."""
    return HAS_SEARCH and len(text) >= 3 and "\0" not in text


def _index_query(text: str) -> str:
    """The index query for the given text: some of its trigrams.

    The caller checks that the message contains the whole text. This is faster than comparing positions in the index.
    """
    starts = [*range(0, len(text) - 2, 3)][:_MAX_TRIGRAMS]
    trigrams = dict.fromkeys(text[start : start + 3] for start in (*starts, len(text) - 3))
    return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)


@handles(operations.SYNC_MESSAGES)
def sync_messages(context: RequestContext, conversation_id: str, since: str, limit: int = 100) -> list[Message]:
    """List the conversation's messages that were sent or changed since a time, the oldest change first."""
    own_membership(context, conversation_id)
    instant = read_instant(since)
    assert instant is not None  # The query has been validated.
    start, size = to_microseconds(instant), page_size(limit)
    clauses = f" WHERE conversation_id = ? AND updated_at >= ?{NOT_DELETED} ORDER BY updated_at LIMIT ?"
    changed = messages_from(context.store, clauses, (conversation_id, start, context.actor_id, size))
    clauses = " AND d.conversation_id = ? AND d.updated_at >= ? ORDER BY d.updated_at LIMIT ?"
    deleted = deleted_from(context, clauses, (conversation_id, start, size))
    return sorted(changed + deleted, key=lambda message: message.updated_at or instant)[:size]
