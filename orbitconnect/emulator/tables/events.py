"""The tables of what has happened and of what falls due later."""

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
CREATE TABLE jobs (
    n INTEGER PRIMARY KEY,
    -- What the ids are made of that the job takes: when it runs must not change those that requests take.
    id TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL
);
CREATE INDEX jobs_by_time ON jobs (due_at, n);
CREATE INDEX jobs_by_subject ON jobs (subject, kind);
"""
