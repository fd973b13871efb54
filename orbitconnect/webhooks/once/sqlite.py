"""`SQLiteStore`: handled events in a file, for all processes of one machine."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from ..._pipeline.clock import monotonic
from ._sync.table import TableStore
from .dbapi import DBAPISession
from .durations import DEFAULT_KEEP, DEFAULT_LEASE, DEFAULT_TIMEOUT, checked_seconds
from .failures import store_error
from .limits import Late
from .sql import DEFAULT_TABLE, Session, SQLClaims

_Result = TypeVar("_Result")

_RETRY_PAUSE: Final = 0.01


class SQLiteStore(TableStore):
    """Handled events in an SQLite file, for all threads and processes of one machine.

    Times are measured by the machine's clock. The file and its companions `-wal` and `-shm` are created when they are
    first needed. They must be on a local disk, because locks do not work on network file systems. Committed events
    survive a crash, even a crash of the whole machine.

    A store has one connection, which its threads use in turn. Before a fork, the connection is closed, and both
    processes then open their own. `close()` and the end of a `with` block also close it. Otherwise, the connection is
    closed when the store is garbage-collected or the process ends.

    Args:
        path: The file. Its folder must exist.
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default.
        timeout: How long to wait for other threads of this process, in seconds, and then again for other processes that
            are writing. After that, the step fails with a `StoreError`. 5 by default.
        clock: Returns the time in seconds, measured from a fixed point that is the same for all processes. The
            machine's clock by default.

    Raises:
        ValueError: If the path is `:memory:` or empty, or a number is not positive.

    Example:
        ```python
        store = SQLiteStore("handled.db")
        with once(store, event) as mine:
            if mine:
                handle(event)
        ```
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        timeout: float = DEFAULT_TIMEOUT,
        clock: Callable[[], float] | None = None,
    ) -> None:
        if str(path) in {"", ":memory:"}:
            raise ValueError("path must name a file. For a single process, use a MemoryStore.")
        self._path = Path(path).absolute()
        self._timeout = checked_seconds("timeout", timeout)
        self._claims = SQLClaims("sqlite", table=DEFAULT_TABLE, lease=lease, keep=keep, clock=clock)
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._closing: weakref.finalize[[], SQLiteStore] | None = None
        _stores.add(self)

    def close(self) -> None:
        """Close the file. A later call opens it again."""
        with self._lock:
            self._connection = None
            if self._closing:
                self._closing()
                self._closing = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _run(
        self,
        step: str,
        work: Callable[[Session], _Result],
        *,
        late: Late[_Result] | None = None,
        is_limited: bool = True,
    ) -> _Result:
        if not self._lock.acquire(timeout=self._timeout):
            raise store_error(f"{step} in {self._path}", TimeoutError("other threads of this process kept it busy"))
        try:
            if self._connection is None:
                connection = self._connection = self._opened()
                self._closing = weakref.finalize(self, connection.close)
            return work(DBAPISession(self._connection, "qmark", commits=True))
        except Exception as error:  # noqa: BLE001  # Whatever it is, the store has failed.
            failure = store_error(f"{step} in {self._path}", error)
        finally:
            self._lock.release()
        raise failure

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._timeout, isolation_level=None, check_same_thread=False, cached_statements=32
        )
        try:
            self._switch_to_wal(connection)
            self._claims.create_table(DBAPISession(connection, "qmark", commits=True))
        except BaseException:
            connection.close()
            raise
        return connection

    def _switch_to_wal(self, connection: sqlite3.Connection) -> None:
        """Switch to the mode in which readers and writers do not block each other.

        The loop is needed because SQLite's own timeout does not apply if another process switches at the same time.
        """
        gives_up = monotonic() + self._timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").close()
                return
            except sqlite3.OperationalError:
                if monotonic() > gives_up:
                    raise
            time.sleep(_RETRY_PAUSE)


# SQLite's locks belong to a process, not to a connection, so a connection that survives a fork can damage the file.
_stores: weakref.WeakSet[SQLiteStore] = weakref.WeakSet()
_locked: list[SQLiteStore] = []


def _before_fork() -> None:
    for store in list(_stores):
        store._lock.acquire()  # pyright: ignore[reportPrivateUsage]  # The class of this module.
        _locked.append(store)
        store.close()


def _after_fork() -> None:
    while _locked:
        _locked.pop()._lock.release()  # pyright: ignore[reportPrivateUsage]  # The class of this module.


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)
