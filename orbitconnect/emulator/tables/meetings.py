"""The tables of meetings."""

from typing import Final

TABLES: Final = """
CREATE TABLE meetings (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT,
    status TEXT NOT NULL,
    host_id TEXT NOT NULL,
    screen_sharer_id TEXT,
    scheduled_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
-- A row a user, whether it is in the meeting, was, or is only on the list.
CREATE TABLE meeting_participants (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    meeting_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    is_muted INTEGER NOT NULL DEFAULT 0,
    -- Grows when the user is removed or gets another role: tokens from before are void then.
    token_epoch INTEGER NOT NULL DEFAULT 0,
    joined_at INTEGER,
    left_at INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (meeting_id, user_id)
);
CREATE INDEX meeting_participants_by_user ON meeting_participants (user_id);
"""
