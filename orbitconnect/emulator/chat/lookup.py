"""Looking through messages: search and sync."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import operations
from orbitconnect_api.models.message import Message

from ..clock import to_microseconds
from ..context import RequestContext
from ..registry import handles
from ..tables.chat import HAS_SEARCH
from ..validation import read_instant
from .membership import membership
from .message_rows import messages_from, page_size

_WITH_TEXT: Final = " JOIN message_texts t ON t.rowid = m.n WHERE t.folded MATCH ? AND instr(m.folded, ?)"
_LONG: Final = 1000
"""From that many messages on, the index finds a text sooner than looking through the conversation does."""

_PIECES: Final = 8
"""More of them hardly narrow it down, and a query has its limits."""


@handles(operations.SEARCH_MESSAGES)
def search_messages(context: RequestContext, conversation_id: str, q: str, limit: int = 20) -> list[Message]:
    """The conversation's messages that hold the text, whatever the case of its letters; newest first."""
    stay = membership(context, conversation_id)
    text = q.casefold()
    if stay.last_sequence > _LONG and _is_indexed(text):
        clauses = f"{_WITH_TEXT} AND m.conversation_id = ? ORDER BY t.rowid DESC LIMIT ?"
        return messages_from(context.store, clauses, (_parts(text), text, conversation_id, page_size(limit)))
    clauses = " WHERE conversation_id = ? AND instr(folded, ?) ORDER BY sequence DESC LIMIT ?"
    return messages_from(context.store, clauses, (conversation_id, text, page_size(limit)))


@handles(operations.SEARCH_MESSAGES_GLOBALLY)
def search_globally(context: RequestContext, q: str, limit: int = 20) -> list[Message]:
    """The same in all conversations of the acting user."""
    text = q.casefold()
    is_indexed = _is_indexed(text)
    found, values = (_WITH_TEXT, (_parts(text), text)) if is_indexed else (" WHERE instr(m.folded, ?)", (text,))
    clauses = (  # Both beginnings are ours.
        f"{found} AND EXISTS (SELECT 1 FROM participants p WHERE p.user_id = ?"
        " AND p.conversation_id = m.conversation_id AND p.left_at IS NULL) ORDER BY m.n DESC LIMIT ?"
    )
    return messages_from(context.store, clauses, (*values, context.actor_id, page_size(limit)))


def _is_indexed(text: str) -> bool:
    """Whether the index finds a text: it knows of three letters in a row, and of no NUL."""
    return HAS_SEARCH and len(text) >= 3 and "\0" not in text


def _parts(text: str) -> str:
    """What the index is asked for: some pieces of three letters of the text, in its query language.

    That they stand together is seen from the message itself, which is quicker than having the index compare places.
    """
    starts = [*range(0, len(text) - 2, 3)][:_PIECES]
    pieces = dict.fromkeys(text[start : start + 3] for start in (*starts, len(text) - 3))
    return " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


@handles(operations.SYNC_MESSAGES)
def sync_messages(context: RequestContext, conversation_id: str, since: str, limit: int = 100) -> list[Message]:
    """The conversation's messages that were sent or changed at the instant or later, oldest change first."""
    membership(context, conversation_id)
    instant = read_instant(since)
    assert instant is not None  # The query was checked.
    clauses = " WHERE conversation_id = ? AND updated_at >= ? ORDER BY updated_at LIMIT ?"
    return messages_from(context.store, clauses, (conversation_id, to_microseconds(instant), page_size(limit)))
