"""`DBAPIStore`: handled events in PostgreSQL, MySQL or SQLite, over any DB-API 2.0 driver."""

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
    """What is needed of a DB-API cursor."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        ...

    def execute(self, operation: str, parameters: Values | Sequence[str | float], /) -> object:
        """Runs a statement."""
        ...

    def fetchall(self) -> Sequence[Row]:
        """The rows of the last statement."""
        ...

    def close(self) -> object:
        """Ends it."""
        ...


class Connection(Protocol):
    """What is needed of a DB-API connection."""

    def cursor(self) -> object:
        """A `Cursor`."""
        ...

    def commit(self) -> object:
        """Commits the transaction."""
        ...

    def rollback(self) -> object:
        """Rolls the transaction back."""
        ...

    def close(self) -> object:
        """Ends it, or gives it back to its pool."""
        ...


class DBAPISession:
    """Runs statements over one connection.

    Args:
        connection: The connection.
        paramstyle: How its driver writes placeholders.
        commits: Whether each statement is a transaction of its own.
    """

    def __init__(self, connection: Connection, paramstyle: ParameterStyle, *, commits: bool) -> None:
        self._connection = connection
        self._paramstyle: ParameterStyle = paramstyle
        self._commits = commits

    def row(self, statement: str, values: Values, /) -> Row | None:
        """The first row."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def rows(self, statement: str, values: Values, /) -> Sequence[Row]:
        """All rows."""
        return self._run(statement, values, lambda cursor: cursor.fetchall())

    def change(self, statement: str, values: Values, /) -> int:
        """Runs a statement that changes rows, and says how many."""
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
                with suppress(Exception):  # A connection that broke cannot do that either; the first error counts.
                    self._connection.rollback()
            raise
        return found


class DBAPIStore(TableStore):
    """Handled events in a table of PostgreSQL, MySQL, MariaDB or SQLite, over any DB-API 2.0 driver.

    Each call takes a connection, and closes it. Opening one takes milliseconds, so pass a pool's function where it
    counts: a pool whose connections go back at `close()`, such as SQLAlchemy's `engine.raw_connection`. It is safe with
    threads and after a fork if `connect` is. The isolation has to be the database's usual one, or read committed.

    Args:
        connect: Opens a connection, with a time limit on connecting and on statements.
        database: `"postgresql"`, `"mysql"` (MariaDB, too) or `"sqlite"`.
        paramstyle: The driver's `paramstyle`: `psycopg.paramstyle`, `sqlite3.paramstyle` ...
        table: The table's name, with its schema before a dot if need be. `create_table` makes it.
        lease: Seconds after which a claim can be taken over.
        keep: Seconds that a handled event is remembered.
        timeout: Seconds after which a claim, a commit or a release is given up with a `StoreError`. Each of them runs
            in a thread for that, except over SQLite, where the timeout of `sqlite3.connect` applies.
        clock: Seconds since any point, the same for all workers. Left out, the database's clock counts: the right one
            wherever workers run on several machines.

    Raises:
        ValueError: If the table's name is none, a duration is not positive, or a word is not one of those listed.

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
        """Makes the table where there is none.

        Raises:
            StoreError: If that fails, as where the user may not create tables.
        """
        self._run("create its table", self._claims.create_table, is_limited=False)

    def commit_within(self, connection: Connection, key: str, token: str) -> None:
        """Notes that an event was handled in a transaction of yours, with what handling it wrote to the same database.

        Either both come about or neither: the event is handled once, even if the process dies at any point. The later
        commit of `once` changes nothing.

        Args:
            connection: The connection with the transaction. Committing it is yours.
            key: The event's key.
            token: The claim's token.

        Raises:
            LeaseLost: If the claim is no longer that of the token. Roll back.

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
        except Exception as error:  # noqa: BLE001  # A driver's exceptions have no class in common with another's.
            failure = store_error(step, error, is_connecting=is_connecting)
        raise failure


@lru_cache(maxsize=256)
def _translated(statement: str, paramstyle: ParameterStyle) -> tuple[str, tuple[str, ...]]:
    """A statement with the driver's placeholders, and the names that they stand for, in order."""
    return _PLACEHOLDER.sub(_PLACEHOLDERS[paramstyle], statement), tuple(_PLACEHOLDER.findall(statement))


def _checked_style(paramstyle: str) -> ParameterStyle:
    for known in _PLACEHOLDERS:
        if known == paramstyle:
            return known
    raise ValueError(f"paramstyle must be one of {', '.join(_PLACEHOLDERS)}, not {paramstyle!r}.")
