"""The table of jobs, and the kinds of jobs that it can hold."""

from typing import Final, Literal, NamedTuple, get_args

JobKind = Literal["call-timeout", "invoice-due", "invoice-issue", "media-processed", "recording-processed"]
JOB_KINDS: Final[tuple[JobKind, ...]] = get_args(JobKind)

TABLES: Final = """
CREATE TABLE jobs (
    n INTEGER PRIMARY KEY,
    -- The job's own ids are derived from it, so that when a job runs does not change the ids that requests get.
    id TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL
);
CREATE INDEX jobs_by_time ON jobs (due_at, n);
CREATE INDEX jobs_by_subject ON jobs (subject, kind);
"""


class JobRow(NamedTuple):
    """A row of `jobs`."""

    n: int
    id: str
    due_at: int
    kind: str
    subject: str
