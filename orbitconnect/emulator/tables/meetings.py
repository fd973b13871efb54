"""The tables of meetings and their participants."""

from typing import Final, NamedTuple

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
-- One row per user on the list of a meeting, including users who have left or were removed.
CREATE TABLE meeting_participants (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    meeting_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    is_muted INTEGER NOT NULL DEFAULT 0,
    -- Increases when the user is removed or gets another role. Earlier tokens become invalid.
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


class MeetingRow(NamedTuple):
    """A row of `meetings`."""

    n: int
    id: str
    title: str
    description: str | None
    status: str
    host_id: str
    screen_sharer_id: str | None
    scheduled_at: int | None
    started_at: int | None
    ended_at: int | None
    created_by: str
    created_at: int
    updated_at: int


class MeetingParticipantRow(NamedTuple):
    """A row of `meeting_participants`."""

    n: int
    id: str
    meeting_id: str
    user_id: str
    role: str
    status: str
    is_muted: int
    token_epoch: int
    joined_at: int | None
    left_at: int | None
    created_by: str
    created_at: int
    updated_at: int
