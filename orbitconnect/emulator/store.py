"""Where the emulator keeps its state: SQLite, in memory or in a file. Nothing else remembers anything."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any, Final

from .ids import Ids, new_key, secret

MEMORY: Final = ":memory:"
_APPLICATION_ID: Final = 0x4F524254  # "ORBT", so that another program's database is recognised.
_SCHEMA_VERSION: Final = 1

# Instants are microseconds since 1970. `n` is the order in which rows came to be. Metadata and the like are JSON.
_SCHEMA: Final = f"""
BEGIN;
CREATE TABLE emulator (
    key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    openings INTEGER NOT NULL
);
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
    -- The two users of a direct conversation, in a fixed order.
    pair TEXT,
    metadata TEXT NOT NULL,
    context TEXT,
    reference_id TEXT,
    -- Fields that the contract does not name.
    extra TEXT NOT NULL DEFAULT '{{}}',
    last_sequence INTEGER NOT NULL DEFAULT 0,
    -- Grows with every message in any conversation: what orders conversations also where the clock stands still.
    activity INTEGER NOT NULL,
    -- The instant of the last change to a message; the next one comes after it, whatever the clock says.
    changed_at INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX conversations_by_pair ON conversations (pair);
CREATE INDEX conversations_by_reference ON conversations (reference_id);
CREATE INDEX conversations_by_activity ON conversations (activity);
-- A row a stay: a user who leaves and comes back has two.
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
    -- Messages after the first and up to the second were sent during the stay.
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
    -- The content as search compares it.
    folded TEXT,
    type TEXT NOT NULL,
    metadata TEXT NOT NULL,
    reply_to TEXT,
    forwarded_from TEXT,
    pinned_by TEXT,
    pinned_at INTEGER,
    -- Which was pinned last, also where the clock stands still.
    pin_order INTEGER,
    recipients INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    reactions INTEGER NOT NULL DEFAULT 0,
    edited_at INTEGER,
    recalled_at INTEGER,
    deleted_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX messages_in_order ON messages (conversation_id, sequence);
-- With all that a list asks for, so that a large offset is passed over without reading the messages.
CREATE INDEX listed_messages ON messages (conversation_id, sequence) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX messages_by_change ON messages (conversation_id, updated_at);
CREATE INDEX pinned_messages ON messages (conversation_id, pin_order) WHERE pin_order IS NOT NULL;
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
-- What was sent under an idempotency key, and what with.
CREATE TABLE sendings (
    conversation_id TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    message_id TEXT NOT NULL,
    PRIMARY KEY (conversation_id, sender_id, key)
) WITHOUT ROWID;
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_SCHEMA_VERSION};
COMMIT;
"""


class Store:
    """The database. Whoever uses it holds the emulator's lock."""

    def __init__(self, path: str | os.PathLike[str] = MEMORY, seed: int | str | None = None) -> None:
        """Opens the database, or makes it where there is none.

        Args:
            path: The file, or `:memory:`.
            seed: What ids and secrets are made of. A file that has a key of its own keeps it where this is None.

        Raises:
            ValueError: If the file is no database of the emulator's, or one of another version.
        """
        name = os.fspath(path)
        try:
            self._db: Final = sqlite3.connect(
                name, timeout=0.2, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            self._prepare(in_memory=name == MEMORY)
            key, counter, openings = self._identity(seed)
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{name} cannot be used as the emulator's database: {error}.") from None
        self._db.row_factory = sqlite3.Row
        self.key: bytes = key
        self.ids: Ids = Ids(key, counter)
        # Not kept at every request, so each opening has a range of its own.
        self.request_ids: Ids = Ids(secret(key, b"requests %d" % openings))

    def _prepare(self, *, in_memory: bool) -> None:
        db = self._db
        if not in_memory:
            is_new = db.execute("SELECT 1 FROM sqlite_master").fetchone() is None
            if not is_new:
                self._check_origin()
            # A second process would give the same ids again.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Fast, and a process that is killed loses nothing that it has answered.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            if not is_new:
                return
        db.executescript(_SCHEMA)

    def _check_origin(self) -> None:
        application, version = (
            self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        if application != _APPLICATION_ID:
            raise ValueError("This is the database of another program.")
        if version != _SCHEMA_VERSION:
            raise ValueError(f"This database was made by another version of the emulator (schema {version}).")

    def _identity(self, seed: int | str | None) -> tuple[bytes, int, int]:
        known = self._db.execute("SELECT key, counter, openings FROM emulator").fetchone()
        if known is None:
            key, counter, openings = new_key(seed, os.urandom(32)), 0, 1
            self._db.execute("INSERT INTO emulator VALUES (?, ?, ?)", (key, counter, openings))
        else:
            key, counter, openings = known[0] if seed is None else new_key(seed, b""), known[1], known[2] + 1
            self._db.execute("UPDATE emulator SET key = ?, openings = ?", (key, openings))
        return key, counter, openings

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Everything in the block happens, or nothing does, the ids that were taken included."""
        before = self.ids.counter
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            if self.ids.counter != before:
                self._db.execute("UPDATE emulator SET counter = ?", (self.ids.counter,))
            self._db.execute("COMMIT")
        except BaseException:
            self.ids.counter = before
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Carries out a statement; returns how many rows it changed."""
        return self._db.execute(statement, values).rowcount

    def run_many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        """Carries out a statement for each of several sets of values."""
        self._db.executemany(statement, values)

    def one(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first row of a query; None where there is none."""
        return self._db.execute(query, values).fetchone()

    def all(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        return self._db.execute(query, values).fetchall()

    def close(self) -> None:
        """Closes the database. A second time does nothing."""
        self._db.close()

    def __del__(self) -> None:
        # There is nothing to lose, so an emulator that was only let go of is no reason for Python to warn.
        if hasattr(self, "_db"):
            self._db.close()
