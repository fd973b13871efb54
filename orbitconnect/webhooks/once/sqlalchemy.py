"""`SQLAlchemyStore` and `AsyncSQLAlchemyStore`: handled events in the database of an engine that you have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from ..._extras import how_to_install
from ..._later import Later
from .protocol import DEFAULT_KEEP, DEFAULT_LEASE, Claim, StoreError, store_error
from .sql import DATABASES, DEFAULT_TABLE, Database, SQLClaims, Values

try:
    from sqlalchemy import Connection, Engine, TextClause, text
    from sqlalchemy.exc import SQLAlchemyError
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

_Result = TypeVar("_Result")


class _Session:
    """Runs statements over one connection, each in a transaction of its own unless the connection has one already."""

    def __init__(self, connection: Connection, *, commits: bool) -> None:
        self._connection = connection
        self._commits = commits

    def row(self, statement: str, values: Values, /) -> Sequence[Any] | None:
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def rows(self, statement: str, values: Values, /) -> Sequence[Sequence[Any]]:
        return self._run(lambda: self._connection.execute(_clause(statement), values).all())

    def change(self, statement: str, values: Values, /) -> int:
        return self._run(lambda: self._connection.execute(_clause(statement), values).rowcount)

    def _run(self, work: Callable[[], _Result]) -> _Result:
        if not self._commits:
            return work()
        with self._connection.begin():
            return work()


class SQLAlchemyStore:
    """Handled events in a table of PostgreSQL, MySQL, MariaDB or SQLite, over a SQLAlchemy 2 engine.

    It is safe with threads. After a fork the engine needs `engine.dispose(close=False)`, as it always does. The time is
    the database's. The isolation has to be the database's usual one, or read committed.

    Args:
        engine: Stays yours to dispose of. Give it `pool_pre_ping=True` and time limits.
        table: The table's name, with its schema before a dot if need be. `create_table` makes it.
        lease: Seconds after which a claim can be taken over.
        keep: Seconds that a handled event is remembered.
        clock: Seconds since any point, the same for all workers, in place of the database's clock.

    Raises:
        ValueError: If the engine is for another database, the table's name is none, or a duration is not positive.

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
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._engine = engine
        self._claims = SQLClaims(_database(engine.dialect.name), table=table, lease=lease, keep=keep, clock=clock)

    def create_table(self) -> None:
        """Makes the table where there is none.

        Raises:
            StoreError: If that fails, as where the user may not create tables.
        """
        self._run("create its table", self._claims.create_table)

    def claim(self, key: str, /) -> Claim:
        """Claims an event; see `ClaimStore.claim`."""
        return self._run("claim", lambda session: self._claims.claim(session, key))

    def commit(self, key: str, token: str, /) -> None:
        """Notes that an event was handled; see `ClaimStore.commit`."""
        self._run("commit", lambda session: self._claims.commit(session, key, token))

    def commit_within(self, connection: Connection, key: str, token: str) -> None:
        """Notes that an event was handled in a transaction of yours, with what handling it wrote to the same database.

        Either both come about or neither: the event is handled once, even if the process dies at any point. The later
        commit of `once` changes nothing.

        Args:
            connection: The connection with the transaction; `session.connection()` in the ORM. Committing is yours.
            key: The event's key.
            token: The claim's token.

        Raises:
            LeaseLost: If the claim is no longer that of the token. Roll back.
        """
        self._claims.commit(_Session(connection, commits=False), key, token)

    def release(self, key: str, token: str, /) -> None:
        """Gives a claim back; see `ClaimStore.release`."""
        self._run("release", lambda session: self._claims.release(session, key, token))

    def prune(self, limit: int = 1000) -> int:
        """Removes keys that are no longer remembered. Claims do that on the way, a few at a time.

        Args:
            limit: How many at most.

        Returns:
            How many were removed.
        """
        return self._run("prune", lambda session: self._claims.prune(session, limit))

    def _run(self, step: str, work: Callable[[_Session], _Result]) -> _Result:
        try:
            with self._engine.connect() as connection:
                return work(_Session(connection, commits=True))
        except (SQLAlchemyError, OSError) as error:
            failure = _failure(step, error)
        raise failure


class AsyncSQLAlchemyStore:
    """`SQLAlchemyStore` for asyncio.

    Args:
        engine: Stays yours to dispose of. Give it `pool_pre_ping=True` and time limits.
        table: The table's name, with its schema before a dot if need be. `create_table` makes it.
        lease: Seconds after which a claim can be taken over.
        keep: Seconds that a handled event is remembered.
        clock: Seconds since any point, the same for all workers, in place of the database's clock.

    Raises:
        ValueError: If the engine is for another database, the table's name is none, or a duration is not positive.

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
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._engine = engine
        self._claims = SQLClaims(_database(engine.dialect.name), table=table, lease=lease, keep=keep, clock=clock)

    async def create_table(self) -> None:
        """Makes the table where there is none; see `SQLAlchemyStore.create_table`."""
        await self._run("create its table", self._claims.create_table)

    async def claim(self, key: str, /) -> Claim:
        """Claims an event; see `ClaimStore.claim`."""
        return await self._run("claim", lambda session: self._claims.claim(session, key))

    async def commit(self, key: str, token: str, /) -> None:
        """Notes that an event was handled; see `ClaimStore.commit`."""
        await self._run("commit", lambda session: self._claims.commit(session, key, token))

    async def commit_within(self, connection: engines.AsyncConnection, key: str, token: str) -> None:
        """Notes that an event was handled in a transaction of yours; see `SQLAlchemyStore.commit_within`."""
        await connection.run_sync(lambda within: self._claims.commit(_Session(within, commits=False), key, token))

    async def release(self, key: str, token: str, /) -> None:
        """Gives a claim back; see `ClaimStore.release`."""
        await self._run("release", lambda session: self._claims.release(session, key, token))

    async def prune(self, limit: int = 1000) -> int:
        """Removes keys that are no longer remembered; see `SQLAlchemyStore.prune`."""
        return await self._run("prune", lambda session: self._claims.prune(session, limit))

    async def _run(self, step: str, work: Callable[[_Session], _Result]) -> _Result:
        try:
            async with self._engine.connect() as connection:
                return await connection.run_sync(lambda sync: work(_Session(sync, commits=True)))
        except (SQLAlchemyError, OSError) as error:
            failure = _failure(step, error)
        raise failure


@lru_cache(maxsize=256)
def _clause(statement: str) -> TextClause:
    return text(statement)


def _failure(step: str, error: Exception) -> StoreError:
    # SQLAlchemy's own words add the statement and its values to those of the driver.
    return store_error(step, getattr(error, "orig", None) or error)


def _database(dialect: str) -> Database:
    if dialect == "mariadb":
        return "mysql"
    for known in DATABASES:
        if known == dialect:
            return known
    raise ValueError(f"The engine must be for PostgreSQL, MySQL, MariaDB or SQLite, not {dialect!r}.")
