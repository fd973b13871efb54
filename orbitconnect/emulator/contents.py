"""Checks the contents of an untrusted database before the emulator uses them.

SQLite stores text in an integer column and accepts every row that its constraints allow. The emulator's code relies on
more: that times can be represented, that JSON text is valid, that ids refer to rows.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from .clock import LATEST, to_microseconds
from .ids import KEY_BYTES
from .json_text import decode_json
from .tables.jobs import JOB_KINDS

_EARLIEST: Final = -62_135_596_800_000_000
"""The start of the year 1, in microseconds."""
_END: Final = 253_402_300_799_999_999
"""The end of the year 9999, in microseconds."""
_LATEST: Final = to_microseconds(LATEST) + 86_400_000_000
"""One day after the latest time of the emulator's clock, in microseconds."""
_AHEAD: Final = frozenset(
    {"scheduled_at", "period_start", "period_end", "due_at", "expires_at", "job_due_at", "next_attempt_at"}
    | {"paused_until"}
)
"""Times that can be in the future, since nothing is computed from them. All other times are in the past."""
_LARGEST: Final = 2**60
"""The largest absolute value allowed in a column. Sums of such numbers still fit into 64 bits."""

_JSON: Final = frozenset({"metadata", "context", "extra", "payload", "data", "options"})
_OTHER_TIMES: Final = frozenset({"paused_until", "period_start", "period_end"})

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
"""The table to whose ids a column refers."""
_SESSION_TABLES: Final = frozenset({"session_transitions", "session_events"})
"""The tables whose `session_id` is a session's id. In other tables, `session_id` is the id of a call or a meeting."""

_INCONSISTENCIES: Final = (
    ("media", "status = 'processing' AND (job_started_at IS NULL OR job_due_at IS NULL)"),
    ("media", "file_id IS NOT NULL AND size IS NULL"),
)
"""Tables, each with a condition that is true for inconsistent rows."""

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
    """The type in the schema."""

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def check_contents(db: sqlite3.Connection) -> None:
    """Check every row of a database that has the emulator's tables.

    Args:
        db: The database.

    Raises:
        ValueError: If the emulator could fail with these contents.
    """
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise ValueError("it is corrupt")
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
    for table, condition in _INCONSISTENCIES:
        if db.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1").fetchone() is not None:
            raise ValueError(f"a row of {table} is inconsistent")
    _check_search(db)


def file_ids(db: sqlite3.Connection) -> set[str]:
    """The ids of the files that the media and upload parts of a database refer to."""
    query = "SELECT file_id FROM media WHERE file_id IS NOT NULL UNION SELECT file_id FROM upload_parts"
    return {file_id for (file_id,) in db.execute(query)}


def _check_identity(db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT key, counter, openings FROM emulator LIMIT 2").fetchall()
    if len(rows) != 1:
        raise ValueError("its table emulator does not have exactly one row")
    key, counter, openings = rows[0]
    if not isinstance(key, bytes) or len(key) != KEY_BYTES:
        raise ValueError("its key for generating ids is invalid")
    if not all(isinstance(count, int) and 0 <= count <= _LARGEST for count in (counter, openings)):
        raise ValueError("its counters are invalid")


def _columns(db: sqlite3.Connection) -> Iterable[_Column]:
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'message_texts*'")
    for (table,) in tables.fetchall():
        if table == "emulator" or table.startswith("sqlite_"):
            continue
        if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None:
            continue  # An empty table is valid.
        for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
            yield _Column(table, name, kind)


def _check_type(db: sqlite3.Connection, column: _Column) -> None:
    names = ", ".join(f"'{name}'" for name in (*_TYPES[column.kind], "null"))
    if _finds(db, column, f"typeof({column.name}) NOT IN ({names})"):
        raise ValueError(f"{column} contains a value that is not {column.kind}")


def _check_range(db: sqlite3.Connection, column: _Column) -> None:
    if column.name.endswith("_at") or column.name in _OTHER_TIMES:
        latest = _END if column.name in _AHEAD else _LATEST
        if _finds(db, column, f"{column.name} NOT BETWEEN {_EARLIEST} AND {latest}"):
            raise ValueError(f"{column} contains a time that is out of range")
    elif column.name.startswith("is_"):
        _check_values(db, column, (0, 1))
    elif column.kind == "REAL":
        # Compared with the largest finite number.
        if _finds(db, column, f"abs({column.name}) > 1.7976931348623157e308"):
            raise ValueError(f"{column} contains an infinite number")
    elif _finds(db, column, f"abs({column.name}) > {_LARGEST}"):
        raise ValueError(f"{column} contains a number that is out of range")


def _check_text(db: sqlite3.Connection, column: _Column) -> None:
    check = _text_check(column)
    # As bytes, because reading text that is not UTF-8 raises an error.
    query = f"SELECT CAST({column.name} AS BLOB) FROM {column.table} WHERE {column.name} IS NOT NULL"
    for (value,) in db.execute(query):
        try:
            text = value.decode()
            is_valid = check is None or check(text)
        except UnicodeDecodeError:
            is_valid = False
        if not is_valid:
            raise ValueError(f"{column} contains invalid text")


def _text_check(column: _Column) -> Callable[[str], object] | None:
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
        raise ValueError(f"{column} refers to an id that is not in {target}")


def _check_values(db: sqlite3.Connection, column: _Column, allowed: tuple[str | int, ...]) -> None:
    if _finds(db, column, f"{column.name} NOT IN ({', '.join('?' * len(allowed))})", allowed):
        raise ValueError(f"{column} contains an unknown value")


def _check_search(db: sqlite3.Connection) -> None:
    """Compare the messages with their full-text index, if the database has one."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'message_texts'").fetchone() is not None:
        db.execute("INSERT INTO message_texts (message_texts, rank) VALUES ('integrity-check', 1)")


def _finds(db: sqlite3.Connection, column: _Column, condition: str, values: tuple[str | int, ...] = ()) -> bool:
    query = f"SELECT 1 FROM {column.table} WHERE {column.name} IS NOT NULL AND {condition} LIMIT 1"
    return db.execute(query, values).fetchone() is not None
