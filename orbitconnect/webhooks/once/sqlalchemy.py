"""`SQLAlchemyStore` and `AsyncSQLAlchemyStore`: handled events in the database of a SQLAlchemy engine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from ..._extras import how_to_install
from ..._later import Later
from ._async.table import AsyncTableStore
from ._sync.table import TableStore
from .durations import DEFAULT_KEEP, DEFAULT_LEASE, DEFAULT_TIMEOUT, checked_seconds
from .failures import lost, store_error
from .keys import stored_key
from .limits import AsyncLate, Late, ThreadLimit, within
from .loops import LoopBound
from .protocol import StoreError
from .sql import DATABASES, DEFAULT_TABLE, Database, Row, Session, SQLClaims, Values

try:
    from sqlalchemy import Connection, Engine, TextClause, text
    from sqlalchemy.pool import NullPool, SingletonThreadPool, StaticPool
except ImportError as _error:
    raise ImportError(
        "SQLAlchemyStore and AsyncSQLAlchemyStore need SQLAlchemy, which is not installed. "
        + how_to_install("sqlalchemy"),
        name=_error.name,
    ) from _error

if TYPE_CHECKING:
    from sqlalchemy.ext import asyncio as engines
else:
    engines = Later("sqlalchemy.ext.asyncio")

_POLLING: Final = 0.01
_Result = TypeVar("_Result")


class _Session:
    """Runs statements on one connection, either each in its own transaction or all in the connection's transaction."""

    def __init__(self, connection: Connection, *, commits: bool) -> None:
        self._connection = connection
        self._commits = commits

    def row(self, statement: str, values: Values, /) -> Row | None:
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def rows(self, statement: str, values: Values, /) -> Sequence[Row]:
        return self._run(lambda: self._connection.execute(_clause(statement), values).all())

    def change(self, statement: str, values: Values, /) -> int:
        return self._run(lambda: self._connection.execute(_clause(statement), values).rowcount)

    def _run(self, work: Callable[[], _Result]) -> _Result:
        if not self._commits:
            return work()
        with self._connection.begin():
            return work()


class SQLAlchemyStore(TableStore):
    """Handled events in a table of PostgreSQL, MySQL, MariaDB or SQLite, with a SQLAlchemy 2 engine.

    Threads can share the store. After a fork, call `engine.dispose(close=False)`, as with any engine. The isolation
    level must be the database's default or read committed.

    Args:
        engine: The engine. The store never disposes of it. Set `pool_pre_ping=True` and the driver's time limits, so
            that the driver also abandons a step that the store has abandoned.
        table: The table's name, optionally qualified with its schema (`schema.table`). `create_table` creates the
            table.
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default.
        timeout: Seconds after which a claim, a commit or a release fails with a `StoreError`. 5 by default. Each step
            runs in a thread, so that the limit can be enforced. In-memory databases have no time limit.
        clock: Returns the time in seconds, measured from a fixed point that is the same for all workers. The database's
            clock by default.

    Raises:
        ValueError: If the engine is for another database, the table's name is not valid, or a duration is not positive.

    Example:
        ```python
        store = SQLAlchemyStore(engine)
        store.create_table()
        with once(store, event) as mine:
            if mine:
                with engine.begin() as connection:
                    connection.execute(update(orders).values(paid=True))
                    store.commit_within(connection, event.dedupe_key, mine.token)
        ```
    """

    def __init__(
        self,
        engine: Engine,
        *,
        table: str = DEFAULT_TABLE,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        timeout: float = DEFAULT_TIMEOUT,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._engine = engine
        self._claims = SQLClaims(_database(engine.dialect.name), table=table, lease=lease, keep=keep, clock=clock)
        limit = ThreadLimit(checked_seconds("timeout", timeout))
        # In another thread, these pools would open another database or raise an exception.
        self._limit = None if isinstance(engine.pool, (SingletonThreadPool, StaticPool)) else limit

    def create_table(self) -> None:
        """Create the table unless it exists.

        Raises:
            StoreError: If that fails, for example because the database user may not create tables.
        """
        self._run("create its table", self._claims.create_table, is_limited=False)

    def commit_within(self, connection: Connection, key: str, token: str) -> None:
        """Record that an event was handled, in the same transaction as the handler's writes to this database.

        Either both are committed or neither is, so the event is handled exactly once, even if the process dies at any
        point. The later commit by `once` changes nothing. The class's example shows the call.

        Args:
            connection: The connection with the transaction; in the ORM, `session.connection()`. The store does not
                commit it; you do.
            key: The event's key.
            token: The claim's token.

        Raises:
            LeaseLost: If another worker has taken over the claim. Roll back.
        """
        if not self._claims.commit(_Session(connection, commits=False), stored_key(key), token):
            raise lost(key)

    def _run(
        self,
        step: str,
        work: Callable[[Session], _Result],
        *,
        late: Late[_Result] | None = None,
        is_limited: bool = True,
    ) -> _Result:
        is_connecting = True

        def run() -> _Result:
            nonlocal is_connecting
            with self._engine.connect() as connection:
                is_connecting = False
                return work(_Session(connection, commits=True))

        try:
            return self._limit.run(run, late) if self._limit and is_limited else run()
        except Exception as error:  # noqa: BLE001  # SQLAlchemy does not wrap every driver's errors.
            failure = _failure(step, error, is_connecting)
        raise failure


class AsyncSQLAlchemyStore(AsyncTableStore):
    """Handled events in a table, with an asynchronous SQLAlchemy 2 engine; see `SQLAlchemyStore`.

    Args:
        engine: The engine. The store never disposes of it. Set `pool_pre_ping=True` and the driver's time limits, so
            that the driver also abandons a step that the store has abandoned. Its pooled connections are closed at the
            end of the first event loop that uses the store; other event loops get their own connections.
        table: The table's name, optionally qualified with its schema (`schema.table`). `create_table` creates the
            table.
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default.
        timeout: Seconds after which a claim, a commit or a release fails with a `StoreError`. 5 by default.
        clock: Returns the time in seconds, measured from a fixed point that is the same for all workers. The database's
            clock by default.

    Raises:
        ValueError: If the engine is for another database, the table's name is not valid, or a duration is not positive.

    Example:
        ```python
        store = AsyncSQLAlchemyStore(async_engine)
        await store.create_table()
        async with async_once(store, event) as mine:
            if mine:
                await handle(event)
        ```
    """

    def __init__(
        self,
        engine: engines.AsyncEngine,
        *,
        table: str = DEFAULT_TABLE,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        timeout: float = DEFAULT_TIMEOUT,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._engine = LoopBound(engine, copy=_with_own_pool, close=_dispose)
        self._claims = SQLClaims(_database(engine.dialect.name), table=table, lease=lease, keep=keep, clock=clock)
        self._timeout = checked_seconds("timeout", timeout)
        self._preparing = threading.Lock()
        self._is_prepared = False

    async def create_table(self) -> None:
        """Create the table unless it exists; see `SQLAlchemyStore.create_table`."""
        await self._run("create its table", self._claims.create_table, is_limited=False)

    async def commit_within(self, connection: engines.AsyncConnection, key: str, token: str) -> None:
        """Record that an event was handled, in your own transaction; see `SQLAlchemyStore.commit_within`."""
        stored = stored_key(key)
        if not await connection.run_sync(
            lambda within: self._claims.commit(_Session(within, commits=False), stored, token)
        ):
            raise lost(key)

    async def _run(
        self,
        step: str,
        work: Callable[[Session], _Result],
        *,
        late: AsyncLate[_Result] | None = None,
        is_limited: bool = True,
    ) -> _Result:
        is_connecting = True

        async def run() -> _Result:
            nonlocal is_connecting
            async with self._engine.client() as engine:
                await self._prepare(engine)
                async with engine.connect() as connection:
                    is_connecting = False
                    try:
                        return await connection.run_sync(lambda sync: work(_Session(sync, commits=True)))
                    except Exception:
                        # If the server is closing a connection, SQLAlchemy 2.0 still returns it to the pool, and the
                        # next attempt would get it.
                        if not _is_for_any_loop(engine):
                            await connection.invalidate()
                        raise

        try:
            return await (within(self._timeout, run(), late) if is_limited else run())
        except Exception as error:  # noqa: BLE001  # SQLAlchemy does not wrap every driver's errors.
            failure = _failure(step, error, is_connecting)
        raise failure

    async def _prepare(self, engine: engines.AsyncEngine) -> None:
        """Open an engine's first connection, for which SQLAlchemy takes a lock that only one event loop can use."""
        if self._is_prepared:
            return
        while not self._preparing.acquire(blocking=False):  # noqa: ASYNC110  # An asyncio lock belongs to a loop, too.
            await asyncio.sleep(_POLLING)
        try:
            async with engine.connect():
                self._is_prepared = True
        finally:
            self._preparing.release()


def _with_own_pool(engine: engines.AsyncEngine) -> engines.AsyncEngine:
    """Return an engine with the same settings and an empty pool."""
    sync = engine.sync_engine
    if _is_for_any_loop(engine):
        return engine
    options = dict(sync.get_execution_options())
    return type(engine)(Engine(sync.pool.recreate(), sync.dialect, sync.url, execution_options=options))


async def _dispose(engine: engines.AsyncEngine) -> None:
    if not _is_for_any_loop(engine):
        await engine.dispose()


def _is_for_any_loop(engine: engines.AsyncEngine) -> bool:
    """Return whether the engine has no pool, or pools the only connection to an in-memory database."""
    return isinstance(engine.pool, (NullPool, StaticPool))


@lru_cache(maxsize=256)
def _clause(statement: str) -> TextClause:
    return text(statement)


def _failure(step: str, error: Exception, is_connecting: bool) -> StoreError:
    # SQLAlchemy's own message adds the statement and its values to the driver's message.
    return store_error(step, getattr(error, "orig", None) or error, is_connecting=is_connecting)


def _database(dialect: str) -> Database:
    if dialect == "mariadb":
        return "mysql"
    for known in DATABASES:
        if known == dialect:
            return known
    raise ValueError(f"The engine must be for PostgreSQL, MySQL, MariaDB or SQLite, not {dialect!r}.")
