"""The tables of calls, their signaling, and the measurements of calls and meetings."""

from typing import Final, NamedTuple

TABLES: Final = """
CREATE TABLE calls (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    caller_id TEXT NOT NULL,
    callee_id TEXT NOT NULL,
    accepted_at INTEGER,
    ended_at INTEGER,
    ended_by TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX calls_by_caller ON calls (caller_id);
CREATE INDEX calls_by_callee ON calls (callee_id);
-- A user can be in one call at a time; a ringing call counts.
CREATE UNIQUE INDEX open_calls_by_caller ON calls (caller_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX open_calls_by_callee ON calls (callee_id) WHERE ended_at IS NULL;
-- Offers, answers and ICE candidates.
CREATE TABLE call_signals (
    n INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX call_signals_in_order ON call_signals (call_id, n);
-- Measurements of a connection by a participant. session_id is that of a call or a meeting.
CREATE TABLE measurements (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    bitrate REAL,
    packet_loss REAL,
    jitter REAL,
    rtt REAL,
    created_at INTEGER NOT NULL
);
CREATE INDEX measurements_in_order ON measurements (session_id, n);
"""


class CallRow(NamedTuple):
    """A row of `calls`."""

    n: int
    id: str
    type: str
    status: str
    caller_id: str
    callee_id: str
    accepted_at: int | None
    ended_at: int | None
    ended_by: str | None
    created_at: int
    updated_at: int


class CallSignalRow(NamedTuple):
    """A row of `call_signals`."""

    n: int
    call_id: str
    sender_id: str
    kind: str
    content: str
    created_at: int


class MeasurementRow(NamedTuple):
    """A row of `measurements`."""

    n: int
    id: str
    session_id: str
    user_id: str
    bitrate: float | None
    packet_loss: float | None
    jitter: float | None
    rtt: float | None
    created_at: int
