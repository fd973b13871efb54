"""The tables of media: files, uploads, grants of access, and recordings."""

from typing import Final, NamedTuple

TABLES: Final = """
CREATE TABLE media (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    mime_type TEXT NOT NULL,
    filename TEXT,
    -- The case-folded name and type, for searching.
    folded TEXT NOT NULL,
    status TEXT NOT NULL,
    -- The id in the file store, which is the SHA-256 of the bytes.
    file_id TEXT,
    size INTEGER,
    duration REAL,
    width INTEGER,
    height INTEGER,
    error_code TEXT,
    error_message TEXT,
    job_id TEXT,
    job_started_at INTEGER,
    job_ended_at INTEGER,
    -- When the job ends.
    job_due_at INTEGER,
    recording_id TEXT,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    uploaded_at INTEGER,
    ready_at INTEGER,
    deleted_at INTEGER
);
CREATE INDEX media_by_creator ON media (created_by);
CREATE INDEX media_by_recording ON media (recording_id) WHERE recording_id IS NOT NULL;
-- Upload sessions.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    media_id TEXT NOT NULL,
    -- Null if the file is uploaded as a whole.
    part_size INTEGER,
    max_size INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    closed_at INTEGER
) WITHOUT ROWID;
CREATE INDEX uploads_by_media ON uploads (media_id);
CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (upload_id, number)
) WITHOUT ROWID;
CREATE TABLE media_access (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    media_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    access_type TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (media_id, user_id, access_type)
);
CREATE INDEX media_access_by_user ON media_access (user_id, media_id);
CREATE TABLE recordings (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    session_type TEXT,
    session_id TEXT,
    status TEXT NOT NULL,
    media_id TEXT,
    options TEXT NOT NULL,
    started_by TEXT NOT NULL,
    stopped_by TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    updated_at INTEGER NOT NULL
);
CREATE INDEX recordings_by_session ON recordings (session_id, session_type);
CREATE INDEX recordings_by_starter ON recordings (started_by);
-- A call or meeting has at most one active recording.
CREATE UNIQUE INDEX running_recordings ON recordings (session_id, session_type)
    WHERE ended_at IS NULL AND session_id IS NOT NULL;
"""


class MediaRow(NamedTuple):
    """A row of `media`."""

    n: int
    id: str
    mime_type: str
    filename: str | None
    folded: str
    status: str
    file_id: str | None
    size: int | None
    duration: float | None
    width: int | None
    height: int | None
    error_code: str | None
    error_message: str | None
    job_id: str | None
    job_started_at: int | None
    job_ended_at: int | None
    job_due_at: int | None
    recording_id: str | None
    created_by: str
    created_at: int
    updated_at: int
    uploaded_at: int | None
    ready_at: int | None
    deleted_at: int | None


class UploadPartRow(NamedTuple):
    """A row of `upload_parts`."""

    upload_id: str
    number: int
    file_id: str
    size: int


class MediaAccessRow(NamedTuple):
    """A row of `media_access`."""

    n: int
    id: str
    media_id: str
    user_id: str
    access_type: str
    created_by: str
    created_at: int


class RecordingRow(NamedTuple):
    """A row of `recordings`."""

    n: int
    id: str
    session_type: str | None
    session_id: str | None
    status: str
    media_id: str | None
    options: str
    started_by: str
    stopped_by: str | None
    started_at: int
    ended_at: int | None
    updated_at: int
