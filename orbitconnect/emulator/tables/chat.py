"""The tables of users, conversations and messages."""

import sqlite3
from contextlib import closing
from typing import Final, NamedTuple

_TABLES: Final = """
CREATE TABLE users (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    external_id TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    metadata TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE conversations (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    -- The two users of a direct conversation, sorted.
    pair TEXT,
    metadata TEXT NOT NULL,
    context TEXT,
    reference_id TEXT,
    -- Fields that the contract does not name.
    extra TEXT NOT NULL DEFAULT '{}',
    last_sequence INTEGER NOT NULL DEFAULT 0,
    -- Increases with every message in any conversation. Orders conversations even if the clock stands still.
    activity INTEGER NOT NULL,
    -- The time of the last change to a message. The next change is later, whatever the clock says.
    changed_at INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX conversations_by_pair ON conversations (pair);
CREATE INDEX conversations_by_reference ON conversations (reference_id);
CREATE INDEX conversations_by_activity ON conversations (activity);
-- One row per membership: a user who leaves and joins again has two.
CREATE TABLE participants (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    added_by TEXT,
    unread INTEGER NOT NULL DEFAULT 0,
    last_read_sequence INTEGER,
    last_read_at INTEGER,
    -- The membership covers the messages after the first sequence number, up to the second.
    joined_sequence INTEGER NOT NULL,
    left_sequence INTEGER,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    updated_at INTEGER NOT NULL
);
CREATE INDEX participants_by_conversation ON participants (conversation_id, user_id);
CREATE UNIQUE INDEX present_participants ON participants (user_id, conversation_id) WHERE left_at IS NULL;
CREATE TABLE messages (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    sender_id TEXT NOT NULL,
    content TEXT,
    -- The case-folded content, for searching.
    folded TEXT,
    type TEXT NOT NULL,
    metadata TEXT NOT NULL,
    reply_to TEXT,
    forwarded_from TEXT,
    pinned_by TEXT,
    pinned_at INTEGER,
    -- Orders pinned messages even if the clock stands still.
    pin_order INTEGER,
    recipients INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    reactions INTEGER NOT NULL DEFAULT 0,
    edited_at INTEGER,
    recalled_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX messages_in_order ON messages (conversation_id, sequence);
CREATE UNIQUE INDEX messages_by_change ON messages (conversation_id, updated_at);
CREATE INDEX pinned_messages ON messages (conversation_id, pin_order) WHERE pin_order IS NOT NULL;
-- The messages that a user deleted. All other users still see them.
CREATE TABLE deletions (
    message_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)
) WITHOUT ROWID;
CREATE INDEX deletions_in_order ON deletions (conversation_id, user_id, sequence);
CREATE INDEX deletions_by_change ON deletions (conversation_id, user_id, updated_at);
CREATE TABLE receipts (
    message_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    delivered_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (message_id, user_id)
) WITHOUT ROWID;
CREATE TABLE reactions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    message_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    reaction_type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (message_id, user_id, reaction_type)
);
-- The message that was sent with an idempotency key, and a hash of its content.
CREATE TABLE sendings (
    conversation_id TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    message_id TEXT NOT NULL,
    PRIMARY KEY (conversation_id, sender_id, key)
) WITHOUT ROWID;
"""

ADDED: Final = """
CREATE INDEX active_users ON users (n) WHERE is_active;
"""

_SEARCH: Final = """
-- The trigrams of every message, so that a search does not scan all messages.
CREATE VIRTUAL TABLE message_texts USING fts5 (
    folded, content = 'messages', content_rowid = 'n', tokenize = 'trigram case_sensitive 1'
);
CREATE TRIGGER text_added AFTER INSERT ON messages BEGIN
    INSERT INTO message_texts (rowid, folded) VALUES (new.n, new.folded);
END;
CREATE TRIGGER text_changed AFTER UPDATE OF folded ON messages BEGIN
    INSERT INTO message_texts (message_texts, rowid, folded) VALUES ('delete', old.n, old.folded);
    INSERT INTO message_texts (rowid, folded) VALUES (new.n, new.folded);
END;
"""


def _has_search() -> bool:
    """Whether this Python's SQLite can index trigrams. This depends on how SQLite was built."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE probe USING fts5 (text, tokenize = 'trigram')")
        except sqlite3.OperationalError:
            return False
    return True


HAS_SEARCH: Final = _has_search()
TABLES: Final = _TABLES + _SEARCH if HAS_SEARCH else _TABLES


class UserRow(NamedTuple):
    """A row of `users`."""

    n: int
    id: str
    external_id: str
    display_name: str
    metadata: str
    is_active: int
    created_at: int
    updated_at: int


class ConversationRow(NamedTuple):
    """A row of `conversations`."""

    n: int
    id: str
    type: str
    pair: str | None
    metadata: str
    context: str | None
    reference_id: str | None
    extra: str
    last_sequence: int
    activity: int
    changed_at: int
    created_by: str
    created_at: int
    updated_at: int


class ParticipantRow(NamedTuple):
    """A row of `participants`."""

    n: int
    id: str
    conversation_id: str
    user_id: str
    role: str
    added_by: str | None
    unread: int
    last_read_sequence: int | None
    last_read_at: int | None
    joined_sequence: int
    left_sequence: int | None
    joined_at: int
    left_at: int | None
    updated_at: int


class MessageRow(NamedTuple):
    """A row of `messages`."""

    n: int
    id: str
    conversation_id: str
    sequence: int
    sender_id: str
    content: str | None
    folded: str | None
    type: str
    metadata: str
    reply_to: str | None
    forwarded_from: str | None
    pinned_by: str | None
    pinned_at: int | None
    pin_order: int | None
    recipients: int
    delivered: int
    read: int
    reactions: int
    edited_at: int | None
    recalled_at: int | None
    created_at: int
    updated_at: int


class DeletionRow(NamedTuple):
    """A row of `deletions`."""

    message_id: str
    user_id: str
    conversation_id: str
    sequence: int
    deleted_at: int
    updated_at: int


class ReactionRow(NamedTuple):
    """A row of `reactions`."""

    n: int
    id: str
    message_id: str
    user_id: str
    reaction_type: str
    created_at: int


class SendingRow(NamedTuple):
    """A row of `sendings`."""

    conversation_id: str
    sender_id: str
    key: str
    fingerprint: str
    message_id: str
