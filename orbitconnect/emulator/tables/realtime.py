"""The tables of sessions, their transitions and events."""

from typing import Final, NamedTuple

TABLES: Final = """
CREATE TABLE sessions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The state says which of the three the session is about now.
    conversation_id TEXT,
    call_id TEXT,
    meeting_id TEXT,
    context_updated_at INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    ended_by TEXT,
    ended_at INTEGER
);
CREATE INDEX sessions_by_creator ON sessions (created_by);
CREATE INDEX sessions_by_conversation ON sessions (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX sessions_by_call ON sessions (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX sessions_by_meeting ON sessions (meeting_id) WHERE meeting_id IS NOT NULL;
CREATE TABLE session_transitions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL,
    type TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    context_id TEXT,
    triggered_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX transitions_by_session ON session_transitions (session_id);
CREATE TABLE session_events (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX session_events_in_order ON session_events (session_id, sequence);
"""


class SessionRow(NamedTuple):
    """A row of `sessions`."""

    n: int
    id: str
    type: str
    state: str
    conversation_id: str | None
    call_id: str | None
    meeting_id: str | None
    context_updated_at: int
    last_sequence: int
    created_by: str
    created_at: int
    updated_at: int
    ended_by: str | None
    ended_at: int | None


class SessionTransitionRow(NamedTuple):
    """A row of `session_transitions`."""

    n: int
    id: str
    session_id: str
    type: str
    from_state: str
    to_state: str
    context_id: str | None
    triggered_by: str
    created_at: int


class SessionEventRow(NamedTuple):
    """A row of `session_events`."""

    n: int
    id: str
    session_id: str
    sequence: int
    event_type: str
    payload: str
    created_by: str
    created_at: int
