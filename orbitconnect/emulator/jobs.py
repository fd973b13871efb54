"""Jobs: work that is due at a later time, such as finishing the processing of a file or ending an unanswered call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import evolve

from .context import Context
from .failure import LOG
from .ids import Ids, secret
from .store import Store
from .tables.jobs import JobKind, JobRow

Job = Callable[[Context, str], None]
"""Takes the context, whose `now` is the time at which the job was due, and the id of the job's subject."""

JOBS: Final[dict[str, Job]] = {}
"""The registered jobs by kind."""


def performs(kind: JobKind) -> Callable[[Job], Job]:
    """Register a function as the one that performs a kind of job.

    Raises:
        ValueError: If the kind already has a function.
    """

    def register(job: Job) -> Job:
        if JOBS.setdefault(kind, job) is not job:
            raise ValueError(f"{kind} already has a function.")
        return job

    return register


def schedule(context: Context, kind: JobKind, subject: str, due_at: int) -> None:
    """Schedule a job.

    Args:
        context: The context.
        kind: The kind of job.
        subject: The id of what the job is about, such as a call.
        due_at: When the job is due, in microseconds.
    """
    store = context.store
    values = (context.new_id("job"), due_at, kind, subject)
    store.run("INSERT INTO jobs (id, due_at, kind, subject) VALUES (?, ?, ?, ?)", values)
    if store.next_job is None or due_at < store.next_job:
        store.next_job = due_at


def cancel(context: Context, kind: JobKind, subject: str) -> None:
    """Cancel the jobs of this kind and subject."""
    context.store.run("DELETE FROM jobs WHERE subject = ? AND kind = ?", (subject, kind))


def run_next(store: Store, jobs: Mapping[str, Job], context_at: Callable[[int], Context], until: int) -> None:
    """Run the oldest job that is due at `until`, if there is one. Each job runs in a transaction of its own.

    A job that fails changes nothing and is dropped: it would fail again with every request.

    Args:
        store: The store.
        jobs: The function for each kind of job.
        context_at: Creates the context for a job that is due at a given time.
        until: The time in microseconds.
    """
    row = store.one_or_none(JobRow, "SELECT * FROM jobs WHERE due_at <= ? ORDER BY due_at, n LIMIT 1", (until,))
    if row is not None:
        try:
            with store.transaction():
                _drop(store, row)
                own_ids = Ids(secret(store.key, row.id.encode()))
                jobs[row.kind](evolve(context_at(row.due_at), ids=own_ids), row.subject)
        except Exception as error:  # noqa: BLE001  # The requests that follow must be answered, whatever it is.
            LOG.error("The job %s of %s failed and was dropped.", row.kind, row.subject, exc_info=error)
            with store.transaction():
                _drop(store, row)
    store.look_for_jobs()


def _drop(store: Store, job: JobRow) -> None:
    store.run("DELETE FROM jobs WHERE n = ?", (job.n,))
