"""`DBAPIStore`: handled events in PostgreSQL, MySQL, MariaDB or SQLite, with any DB-API 2.0 driver."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Final, Literal, Protocol, TypeAlias, TypeVar, cast

from ._sync.table import TableStore
from .durations import DEFAULT_KEEP, DEFAULT_LEASE, DEFAULT_TIMEOUT, checked_seconds
from .failures import lost, store_error
from .keys import stored_key
from .limits import Late, ThreadLimit
from .sql import DEFAULT_TABLE, Database, Row, Session, SQLClaims, Values

ParameterStyle: TypeAlias = Literal["qmark", "named", "format", "pyformat"]

_PLACEHOLDERS: Final[dict[ParameterStyle, str]] = {
    "qmark": "?",
    "named": r":\1",
    "format": "%s",
    "pyformat": r"%(\1)s",
}
_PLACEHOLDER: Final = re.compile(r":(\w+)")

_Result = TypeVar("_Result")


class Cursor(Protocol):
    """The part of a DB-API cursor that the store uses."""

    @property
    def rowcount(self) -> int:
        """The number of rows that the last statement changed."""
        ...

    def execute(self, operation: str, parameters: Values | Sequence[str | float], /) -> object:
        """Run a statement."""
        ...

    def fetchall(self) -> Sequence[Row]:
        """Return the rows of the last statement."""
        ...

    def close(self) -> object:
        """Close the cursor."""
        ...


class Connection(Protocol):
    """The part of a DB-API connection that the store uses."""

    def cursor(self) -> object:
        """Return a `Cursor`."""
        ...

    def commit(self) -> object:
        """Commit the transaction."""
        ...

    def rollback(self) -> object:
        """Roll the transaction back."""
        ...

    def close(self) -> object:
        """Close the connection, or return it to its pool."""
        ...


class DBAPISession:
    """Runs statements on one connection.

    Args:
        connection: The connection.
        paramstyle: The placeholder style of its driver.
        commits: Whether each statement is its own transaction.
    """

    def __init__(self, connection: Connection, paramstyle: ParameterStyle, *, commits: bool) -> None:
        self._connection = connection
        self._paramstyle: ParameterStyle = paramstyle
        self._commits = commits

    def row(self, statement: str, values: Values, /) -> Row | None:
        """Return the first row."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def rows(self, statement: str, values: Values, /) -> Sequence[Row]:
        """Return all rows."""
        return self._run(statement, values, lambda cursor: cursor.fetchall())

    def change(self, statement: str, values: Values, /) -> int:
        """Run a statement that changes rows, and return how many rows it changed."""
        return self._run(statement, values, lambda cursor: cursor.rowcount)

    def _run(self, statement: str, values: Values, result: Callable[[Cursor], _Result]) -> _Result:
        text, names = _translated(statement, self._paramstyle)
        parameters = values if self._paramstyle in {"named", "pyformat"} else [values[name] for name in names]
        try:
            cursor = cast("Cursor", self._connection.cursor())
            try:
                cursor.execute(text, parameters)
                found = result(cursor)
            finally:
                cursor.close()
            if self._commits:
                self._connection.commit()
        except BaseException:
            if self._commits:
                with suppress(Exception):  # Fails again if the connection is broken. Report the first error.
                    self._connection.rollback()
            raise
        return found


class DBAPIStore(TableStore):
    """Handled events in a table of PostgreSQL, MySQL, MariaDB or SQLite, with any DB-API 2.0 driver.

    Each call opens a connection and closes it. Opening one takes milliseconds. If that matters, pass a function that
    gets connections from a pool, such as SQLAlchemy's `engine.raw_connection`; `close()` must return them to the pool.
    The store can be shared by threads, and used after a fork, if `connect` can. The isolation level must be the
    database's default or read committed.

    Args:
        connect: Opens a connection. It should set a time limit on connecting and on statements.
        database: `"postgresql"`, `"mysql"` (also for MariaDB) or `"sqlite"`.
        paramstyle: The driver's `paramstyle`, such as `psycopg.paramstyle` or `sqlite3.paramstyle`. `"qmark"`,
            `"named"`, `"format"` and `"pyformat"` are supported.
        table: The table's name, optionally qualified with its schema (`schema.table`). `create_table` creates the
            table.
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default.
        timeout: Seconds after which a claim, a commit or a release fails with a `StoreError`. 5 by default. Each step
            runs in a thread, so that the limit can be enforced. For SQLite, the timeout of `sqlite3.connect` applies
            instead.
        clock: Returns the time in seconds, measured from a fixed point that is the same for all workers. The database's
            clock by default, which is right if workers run on several machines.

    Raises:
        ValueError: If the table's name is not valid, a duration is not positive, or `database` or `paramstyle` is not
            one of the values above.

    Example:
        ```python
        store = DBAPIStore(
            lambda: psycopg.connect(dsn, connect_timeout=5), database="postgresql", paramstyle=psycopg.paramstyle
        )
        store.create_table()
        with once(store, event) as mine:
            if mine:
                handle(event)
        ```
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        database: Database,
        paramstyle: str,
        table: str = DEFAULT_TABLE,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        timeout: float = DEFAULT_TIMEOUT,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._connect = connect
        self._paramstyle: ParameterStyle = _checked_style(paramstyle)
        self._claims = SQLClaims(database, table=table, lease=lease, keep=keep, clock=clock)
        limit = ThreadLimit(checked_seconds("timeout", timeout))
        self._limit = None if database == "sqlite" else limit

    def create_table(self) -> None:
        """Create the table unless it exists.

        Raises:
            StoreError: If that fails, for example because the database user may not create tables.
        """
        self._run("create its table", self._claims.create_table, is_limited=False)

    def commit_within(self, connection: Connection, key: str, token: str) -> None:
        """Record that an event was handled, in the same transaction as the handler's writes to this database.

        Either both are committed or neither is, so the event is handled exactly once, even if the process dies at any
        point. The later commit by `once` changes nothing.

        Args:
            connection: The connection with the transaction. The store does not commit it; you do.
            key: The event's key.
            token: The claim's token.

        Raises:
            LeaseLost: If another worker has taken over the claim. Roll back.

        Example:
            ```python
            with once(store, event) as mine:
                if mine:
                    with psycopg.connect(dsn) as connection:
                        connection.execute("UPDATE ...")
                        store.commit_within(connection, event.dedupe_key, mine.token)
            ```
        """
        session = DBAPISession(connection, self._paramstyle, commits=False)
        if not self._claims.commit(session, stored_key(key), token):
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
            connection = self._connect()
            is_connecting = False
            try:
                return work(DBAPISession(connection, self._paramstyle, commits=True))
            finally:
                connection.close()

        try:
            return self._limit.run(run, late) if self._limit and is_limited else run()
        except Exception as error:  # noqa: BLE001  # Drivers have no exception class in common.
            failure = store_error(step, error, is_connecting=is_connecting)
        raise failure


@lru_cache(maxsize=256)
def _translated(statement: str, paramstyle: ParameterStyle) -> tuple[str, tuple[str, ...]]:
    """Return a statement with the driver's placeholders, and the names of the placeholders in order."""
    return _PLACEHOLDER.sub(_PLACEHOLDERS[paramstyle], statement), tuple(_PLACEHOLDER.findall(statement))


def _checked_style(paramstyle: str) -> ParameterStyle:
    for known in _PLACEHOLDERS:
        if known == paramstyle:
            return known
    raise ValueError(f"paramstyle must be one of {', '.join(_PLACEHOLDERS)}, not {paramstyle!r}.")
