"""The table of events."""

from typing import Final

TABLES: Final = """
CREATE TABLE events (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source TEXT NOT NULL,
    data TEXT NOT NULL,
    last_replayed_at INTEGER,
    created_at INTEGER NOT NULL
);
"""
