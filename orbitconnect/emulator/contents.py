"""Checks a database that comes from outside, before anything of it is used.

SQLite keeps text in an integer column and takes any row that its constraints let through. The emulator's code relies on
more than these say: that instants lie in the years that there are, that JSON can be read, that ids lead somewhere.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from .clock import LATEST, to_microseconds
from .ids import KEY_BYTES
from .json_text import decode_json
from .tables.jobs import JOB_KINDS

_EARLIEST: Final = -62_135_596_800_000_000
"""The beginning of the year 1, in microseconds."""
_END: Final = 253_402_300_799_999_999
"""The end of the year 9999, in microseconds."""
_LATEST: Final = to_microseconds(LATEST) + 86_400_000_000
"""The end of the emulator's time, and a day."""
_AHEAD: Final = frozenset(
    {"scheduled_at", "period_start", "period_end", "due_at", "expires_at", "job_due_at", "next_attempt_at"}
    | {"paused_until"}
)
"""Instants that may lie beyond that: nothing is computed from them. All others are of something that has happened."""
_LARGEST: Final = 2**60
"""The largest number of a column: nothing that is added to it leads out of 64 bits."""

_JSON: Final = frozenset({"metadata", "context", "extra", "payload", "data", "options"})
_INSTANTS: Final = frozenset({"paused_until", "period_start", "period_end"})

_ID: Final = re.compile(r"[a-z]+_[0-9a-f]{16}", re.ASCII)
_FILE_ID: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HEADER_VALUE: Final = re.compile(r"[ -~]+", re.ASCII)

_USER: Final = "users"
_REFERENCES: Final = {
    **dict.fromkeys(("user_id", "sender_id", "caller_id", "callee_id", "host_id", "screen_sharer_id"), _USER),
    **dict.fromkeys(("created_by", "added_by", "pinned_by", "started_by", "stopped_by", "triggered_by"), _USER),
    "conversation_id": "conversations",
    "message_id": "messages",
    "reply_to": "messages",
    "forwarded_from": "messages",
    "call_id": "calls",
    "meeting_id": "meetings",
    "media_id": "media",
    "upload_id": "uploads",
    "recording_id": "recordings",
    "webhook_id": "webhooks",
    "event_id": "events",
    "delivery_id": "deliveries",
    "transaction_id": "transactions",
    "usage_event_id": "usage_events",
    "invoice_id": "invoices",
}
"""The table in which a column's values are ids."""
_SESSION_TABLES: Final = frozenset({"session_transitions", "session_events"})
"""Where `session_id` is that of a session. Elsewhere it can be a call or a meeting."""

_FLAWS: Final = (
    ("media", "status = 'processing' AND (job_started_at IS NULL OR job_due_at IS NULL)"),
    ("media", "file_id IS NOT NULL AND size IS NULL"),
)
"""Rows that do not fit together."""

_VALUES: Final = {("jobs", "kind"): JOB_KINDS, ("sessions", "state"): ("chat", "call", "meeting")}

_TYPES: Final = {
    "INTEGER": ("integer",),
    "REAL": ("real",),
    "NUMERIC": ("integer", "real"),
    "TEXT": ("text",),
    "BLOB": ("blob",),
}


class _Column(NamedTuple):
    table: str
    name: str
    kind: str
    """The type that the schema declares."""

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def check_contents(db: sqlite3.Connection) -> None:
    """Check every row of a database that has the emulator's own tables.

    Args:
        db: The database.

    Raises:
        ValueError: If the emulator could not work with it.
    """
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise ValueError("it is damaged")
    _check_identity(db)
    for column in _columns(db):
        _check_type(db, column)
        if column.kind == "TEXT":
            _check_text(db, column)
        elif column.kind != "BLOB":
            _check_range(db, column)
        _check_reference(db, column)
        allowed = _VALUES.get(column[:2])
        if allowed is not None:
            _check_values(db, column, allowed)
    for table, condition in _FLAWS:
        if db.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1").fetchone() is not None:
            raise ValueError(f"a row of {table} does not fit together")
    _check_search(db)


def file_ids(db: sqlite3.Connection) -> set[str]:
    """The ids of the media's files that a database names."""
    query = "SELECT file_id FROM media WHERE file_id IS NOT NULL UNION SELECT file_id FROM upload_parts"
    return {file_id for (file_id,) in db.execute(query)}


def _check_identity(db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT key, counter, openings FROM emulator LIMIT 2").fetchall()
    if len(rows) != 1:
        raise ValueError("it does not say what its ids are made of")
    key, counter, openings = rows[0]
    if not isinstance(key, bytes) or len(key) != KEY_BYTES:
        raise ValueError("the key of its ids is none")
    if not all(isinstance(count, int) and 0 <= count <= _LARGEST for count in (counter, openings)):
        raise ValueError("its ids are not counted")


def _columns(db: sqlite3.Connection) -> Iterable[_Column]:
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'message_texts*'")
    for (table,) in tables.fetchall():
        if table == "emulator" or table.startswith("sqlite_"):
            continue
        if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None:
            continue  # Nothing in it can be wrong.
        for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
            yield _Column(table, name, kind)


def _check_type(db: sqlite3.Connection, column: _Column) -> None:
    names = ", ".join(f"'{name}'" for name in (*_TYPES[column.kind], "null"))
    if _finds(db, column, f"typeof({column.name}) NOT IN ({names})"):
        raise ValueError(f"{column} holds something else than the type {column.kind}")


def _check_range(db: sqlite3.Connection, column: _Column) -> None:
    if column.name.endswith("_at") or column.name in _INSTANTS:
        latest = _END if column.name in _AHEAD else _LATEST
        if _finds(db, column, f"{column.name} NOT BETWEEN {_EARLIEST} AND {latest}"):
            raise ValueError(f"{column} holds an instant beyond all dates")
    elif column.name.startswith("is_"):
        _check_values(db, column, (0, 1))
    elif column.kind == "REAL":
        # The largest number there is; what is above it is infinite.
        if _finds(db, column, f"abs({column.name}) > 1.7976931348623157e308"):
            raise ValueError(f"{column} holds an infinite number")
    elif _finds(db, column, f"abs({column.name}) > {_LARGEST}"):
        raise ValueError(f"{column} holds a number beyond all measure")


def _check_text(db: sqlite3.Connection, column: _Column) -> None:
    check = _text_check(column)
    # As bytes, since text that is no UTF-8 could not be fetched.
    query = f"SELECT CAST({column.name} AS BLOB) FROM {column.table} WHERE {column.name} IS NOT NULL"
    for (value,) in db.execute(query):
        try:
            text = value.decode()
            fits = check is None or check(text)
        except UnicodeDecodeError:
            fits = False
        if not fits:
            raise ValueError(f"{column} holds text that the emulator would not have written")


def _text_check(column: _Column) -> Callable[[str], Any] | None:
    if column.name in _JSON:
        return _is_json_object
    if column.name == "id":
        return _ID.fullmatch
    if column.name == "file_id":
        return _FILE_ID.fullmatch
    if column.name == "url":
        return _is_url
    return _HEADER_VALUE.fullmatch if column.name == "mime_type" else None


def _is_json_object(text: str) -> bool:
    with suppress(ValueError):
        return isinstance(decode_json(text.encode()), dict)
    return False


def _is_url(text: str) -> bool:
    try:
        return urlsplit(text).scheme in ("http", "https")
    except ValueError:
        return False


def _check_reference(db: sqlite3.Connection, column: _Column) -> None:
    target = _REFERENCES.get(column.name)
    if column.name == "session_id" and column.table in _SESSION_TABLES:
        target = "sessions"
    if target is not None and _finds(db, column, f"{column.name} NOT IN (SELECT id FROM {target})"):
        raise ValueError(f"{column} names something that is not in {target}")


def _check_values(db: sqlite3.Connection, column: _Column, allowed: tuple[Any, ...]) -> None:
    if _finds(db, column, f"{column.name} NOT IN ({', '.join('?' * len(allowed))})", allowed):
        raise ValueError(f"{column} holds a value that the emulator does not know")


def _check_search(db: sqlite3.Connection) -> None:
    """Compare the index of the messages' texts, if there is one, with the messages."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'message_texts'").fetchone() is not None:
        db.execute("INSERT INTO message_texts (message_texts, rank) VALUES ('integrity-check', 1)")


def _finds(db: sqlite3.Connection, column: _Column, condition: str, values: tuple[Any, ...] = ()) -> bool:
    query = f"SELECT 1 FROM {column.table} WHERE {column.name} IS NOT NULL AND {condition} LIMIT 1"
    return db.execute(query, values).fetchone() is not None
