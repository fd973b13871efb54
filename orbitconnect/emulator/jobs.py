"""What falls due later, such as a file that is processed or a call that nobody answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import evolve

from .failure import LOG
from .handlers import Context, all_handlers
from .ids import Ids, secret
from .store import Store

Job = Callable[[Context, str], None]
"""Takes the context, whose `now` is the instant at which it fell due, and the id of what it is about."""

_jobs: Final[dict[str, Job]] = {}


def performs(kind: str) -> Callable[[Job], Job]:
    """Registers a function for a kind of job."""

    def register(job: Job) -> Job:
        if _jobs.setdefault(kind, job) is not job:
            raise ValueError(f"There is a job {kind} already.")
        return job

    return register


def all_kinds() -> frozenset[str]:
    """The kinds of jobs that there are."""
    all_handlers()  # They come with the handlers.
    return frozenset(_jobs)


def schedule(context: Context, kind: str, subject: str, due_at: int) -> None:
    """Has a job done at an instant, in microseconds."""
    store = context.store
    values = (context.new_id("job"), due_at, kind, subject)
    store.run("INSERT INTO jobs (id, due_at, kind, subject) VALUES (?, ?, ?, ?)", values)
    if store.next_job is None or due_at < store.next_job:
        store.next_job = due_at


def cancel(context: Context, kind: str, subject: str) -> None:
    """Drops the jobs of a kind that are about something."""
    context.store.run("DELETE FROM jobs WHERE subject = ? AND kind = ?", (subject, kind))


def run_next(store: Store, context_at: Callable[[int], Context], until: int) -> bool:
    """Run the oldest job that is due at `until`. Each job is a transaction of its own.

    A job that fails changes nothing, and is dropped: it would fail again with every request that comes.

    Returns:
        Whether there was one.
    """
    if store.next_job is None or store.next_job > until:
        return False
    row = store.one("SELECT * FROM jobs WHERE due_at <= ? ORDER BY due_at, n LIMIT 1", (until,))
    if row is not None:
        try:
            with store.transaction():
                _drop(store, row)
                own_ids = Ids(secret(store.key, row["id"].encode()))
                _jobs[row["kind"]](evolve(context_at(row["due_at"]), ids=own_ids), row["subject"])
        except Exception as error:  # noqa: BLE001  # Whatever it is, the requests that come must be answered.
            LOG.error("The job %s of %s failed, and is dropped.", row["kind"], row["subject"], exc_info=error)
            with store.transaction():
                _drop(store, row)
    store.look_for_jobs()
    return row is not None


def _drop(store: Store, job: Any) -> None:
    store.run("DELETE FROM jobs WHERE n = ?", (job["n"],))
