"""The emulator's state: an SQLite database, in memory or in a file. All state is in it, except the bytes of files."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Final, NamedTuple, TypeVar

from .contents import check_contents
from .ids import Ids, new_key, secret
from .tables import TABLES
from .tables.upgrades import UPGRADES

MEMORY: Final = ":memory:"

Value = str | bytes | float | None
"""The values that a column can hold. `float` includes `int` and `bool`."""

Values = Sequence[Value] | Mapping[str, Value]
"""The values of a statement: a sequence for `?`, a mapping for `:name`. Python 3.12 deprecates `?1`."""

RowT = TypeVar("RowT", bound=NamedTuple)
ValueT = TypeVar("ValueT", bound=Value)

_APPLICATION_ID: Final = 0x4F524254  # "ORBT". Distinguishes the database from those of other programs.
_SCHEMA_VERSION: Final = 4
_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_COMMENT: Final = re.compile(r"--[^\n]*")
_JOURNAL_MODES: Final = slice(18, 20)
"""The bytes of the database header that contain the write and read versions."""

_SCHEMA: Final = f"""
BEGIN;
CREATE TABLE emulator (
    key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    openings INTEGER NOT NULL
);
{TABLES}PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_SCHEMA_VERSION};
COMMIT;
"""


class Store:
    """The database. Callers must hold the emulator's lock."""

    def __init__(self, path: str | os.PathLike[str] = MEMORY, seed: int | str | None = None) -> None:
        """Open the database, or create it.

        Args:
            path: The file, or `:memory:`.
            seed: The seed of ids and secrets. With None, a new database gets a random key and an existing one keeps
                its key.

        Raises:
            ValueError: If the file is not a database of this version of the emulator.
        """
        name = os.fspath(path)
        try:
            self._db: Final = sqlite3.connect(
                name, timeout=0.2, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            self._prepare(in_memory=name == MEMORY)
            key, counter, openings = self._identity(seed)
        except (sqlite3.DatabaseError, ValueError) as error:
            if hasattr(self, "_db"):
                self._db.close()
            raise ValueError(f"{name} cannot be used as the emulator's database: {error}.") from None
        self._checked: Final = set[tuple[type[NamedTuple], str]]()
        """The queries whose columns have been compared with the fields of their row class."""
        self.next_job: int | None = None
        """The time at which the next job is due, or an earlier time, in microseconds. None if there is no job."""
        self.next_delivery: int | None = None
        """The time at which the next webhook delivery is due, or an earlier time, in microseconds. None if no delivery
        is pending."""
        self.has_fan_outs: bool = False
        """Whether an event may have deliveries that have not been created yet."""
        self.look_for_work()
        self.key: bytes = key
        self.ids: Ids = Ids(key, counter)
        # The counter of request ids is not stored with every request, so each opening of the database uses its own key.
        self.request_ids: Ids = Ids(secret(key, b"requests %d" % openings))

    def _prepare(self, *, in_memory: bool) -> None:
        db = self._db
        if not in_memory:
            is_new = db.execute("SELECT 1 FROM sqlite_master").fetchone() is None
            if not is_new:
                check_database(db)
            # A second process would generate the same ids.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            # This is fast, and no completed request is lost if the process is killed.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            if is_new:
                db.executescript(_SCHEMA)
            return
        # Faster than running the schema, because test suites create an emulator for each test.
        with opened(_empty_database()) as empty:
            empty.backup(db)

    def _identity(self, seed: int | str | None) -> tuple[bytes, int, int]:
        known = self._db.execute("SELECT key, counter, openings FROM emulator").fetchone()
        if known is None:
            key, counter, openings = new_key(seed, os.urandom(32)), 0, 1
            self._db.execute("INSERT INTO emulator VALUES (?, ?, ?)", (key, counter, openings))
        else:
            key, counter, openings = known[0] if seed is None else new_key(seed, b""), known[1], known[2] + 1
            self._db.execute("UPDATE emulator SET key = ?, openings = ?", (key, openings))
        return key, counter, openings

    def look_for_work(self) -> None:
        """Look up what is pending: jobs, deliveries and fan-outs."""
        self.look_for_jobs()
        self.look_for_deliveries()
        self.look_for_fan_outs()

    def look_for_jobs(self) -> None:
        """Look up the time at which the next job is due."""
        self.next_job = self._db.execute("SELECT min(due_at) FROM jobs").fetchone()[0]

    def look_for_deliveries(self) -> None:
        """Look up the time at which the next delivery is due."""
        query = "SELECT min(next_attempt_at) FROM deliveries WHERE next_attempt_at IS NOT NULL"
        self.next_delivery = self._db.execute(query).fetchone()[0]

    def look_for_fan_outs(self) -> None:
        """Look up whether a fan-out is not complete."""
        self.has_fan_outs = self.exists("SELECT 1 FROM fan_outs LIMIT 1")

    def expect_delivery(self, due_at: int) -> None:
        """Record that a delivery is due at a time, in microseconds."""
        if self.next_delivery is None or due_at < self.next_delivery:
            self.next_delivery = due_at

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Run a block in a transaction. If the block raises, its changes and the ids that it used are rolled back."""
        before = self.ids.counter
        is_committing = False
        # A test's time limit or Ctrl-C can interrupt this at any line.
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            if self.ids.counter != before:
                self._db.execute("UPDATE emulator SET counter = ?", (self.ids.counter,))
            is_committing = True
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            elif is_committing:
                raise
            self.ids.counter = before
            raise

    def run(self, statement: str, values: Values = ()) -> int:
        """Execute a statement. Returns the number of changed rows."""
        return self._db.execute(statement, values).rowcount

    def one(self, row: type[RowT], query: str, values: Values = ()) -> RowT:
        """Return the first row of a query that must return one.

        Args:
            row: The class of the row: its fields are the columns of the query, in the same order.
            query: The SQL.
            values: The values of its placeholders.

        Raises:
            LookupError: If there is no row.
        """
        found = self.one_or_none(row, query, values)
        if found is None:
            raise LookupError(f"The query has no row: {query}")
        return found

    def one_or_none(self, row: type[RowT], query: str, values: Values = ()) -> RowT | None:
        """Return the first row of a query, or None if there is no row. The arguments are those of `one`."""
        found = self._select(row, query, values).fetchone()
        return None if found is None else row._make(found)

    def all(self, row: type[RowT], query: str, values: Values = ()) -> list[RowT]:
        """Return all rows of a query. The arguments are those of `one`."""
        return [row._make(found) for found in self._select(row, query, values)]

    def exists(self, query: str, values: Values = ()) -> bool:
        """Whether a query returns a row."""
        return self._db.execute(query, values).fetchone() is not None

    def scalar(self, kind: type[ValueT], query: str, values: Values = ()) -> ValueT | None:
        """Return the first column of the first row of a query, or None if there is no row or the column is null.

        Args:
            kind: The type of the value.
            query: The SQL.
            values: The values of its placeholders.
        """
        found = self._db.execute(query, values).fetchone()
        return None if found is None or found[0] is None else _checked(kind, found[0])

    def scalars(self, kind: type[ValueT], query: str, values: Values = ()) -> list[ValueT]:
        """Return the first column of all rows of a query; none of them is null. The arguments are those of `scalar`."""
        return [_checked(kind, found[0]) for found in self._db.execute(query, values)]

    def count(self, query: str, values: Values = ()) -> int:
        """Return the result of a counting query."""
        return self.scalar(int, query, values) or 0

    def _select(self, row: type[NamedTuple], query: str, values: Values) -> sqlite3.Cursor:
        cursor = self._db.execute(query, values)
        if (row, query) not in self._checked:
            columns = tuple(column[0] for column in cursor.description)
            if columns != row._fields:
                raise TypeError(f"{row.__name__} has the fields {row._fields}, but the query returns {columns}.")
            self._checked.add((row, query))
        return cursor

    def copy(self) -> bytes:
        """Serialize the database. No transaction may be open."""
        data = bytearray(self._db.serialize())
        # SQLite cannot open a database in memory if its header says that it has a write-ahead log.
        data[_JOURNAL_MODES] = b"\x01\x01"
        return bytes(data)

    def replace(self, database: bytes, request_ids: int = 0) -> None:
        """Replace the contents with those of another database, in one transaction.

        Args:
            database: A database from `copy`, or one accepted by `check_database`.
            request_ids: How many request ids have been used.
        """
        with opened(database) as source:
            source.backup(self._db)
        key, counter, openings = self._db.execute("SELECT key, counter, openings FROM emulator").fetchone()
        self.key = key
        self.ids = Ids(key, counter)
        self.request_ids = Ids(secret(key, b"requests %d" % openings), request_ids)
        self.look_for_work()

    def close(self) -> None:
        """Close the database. Closing it again does nothing."""
        self._db.close()

    def __del__(self) -> None:
        # An emulator that is dropped without being closed loses no data, so Python does not need to warn.
        if hasattr(self, "_db"):
            self._db.close()


def _checked(kind: type[ValueT], value: object) -> ValueT:
    if not isinstance(value, kind):
        raise TypeError(f"The query returns {type(value).__name__}, not {kind.__name__}.")
    return value


@contextmanager
def opened(database: bytes) -> Generator[sqlite3.Connection]:
    """Open a serialized database in memory.

    Raises:
        ValueError: If the bytes are not a complete database.
    """
    check_size(database[:_HEADER], len(database))
    with closing(sqlite3.connect(MEMORY)) as db:
        db.deserialize(database)
        yield db


def check_size(header: bytes, size: int) -> None:
    """Check a database's header, and that the database is as large as the header says, without reading the rest.

    Args:
        header: The first 100 bytes.
        size: The size of the database in bytes.

    Raises:
        ValueError: If the header or the size is wrong.
    """
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise ValueError("it is not an SQLite database")
    page_size, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    # 65536 does not fit into two bytes and is written as 1.
    if (0x10000 if page_size == 1 else page_size) * pages != size:
        raise ValueError("its size differs from the size in its header")


def check_database(db: sqlite3.Connection) -> bool:
    """Check that the emulator created a database, and that its contents are valid. Upgrade it if it is older.

    Returns:
        Whether it was upgraded.

    Raises:
        ValueError: If the database was created by another program or by a version that cannot be upgraded, or its
            contents are invalid. Close the connection: the transaction of the upgrade is still open.
    """
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if application != _APPLICATION_ID:
        raise ValueError("it is the database of another program")
    if version != _SCHEMA_VERSION and version not in UPGRADES:
        raise ValueError(
            f"it was made by another version of the emulator (its schema is {version}, this one's is "
            f"{_SCHEMA_VERSION}). Open it with that version, or use another file"
        )
    upgrades = [UPGRADES[older] for older in range(version, _SCHEMA_VERSION)]
    try:
        # `executescript` would commit a transaction that is open before it.
        db.executescript("".join(("BEGIN;", *(upgrade.tables for upgrade in upgrades))))
        if _tables(db) != _own_tables():
            raise ValueError("it was made by another version of the emulator: it has other tables")
        for statement in "".join(upgrade.rows for upgrade in upgrades).split(";"):
            db.execute(statement)
        check_contents(db)
        if upgrades:
            db.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        db.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise ValueError(f"it cannot be read: {error}") from None
    return bool(upgrades)


def _tables(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """The database's schema without comments, because comments can differ between releases."""
    schema = db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
    return [(kind, name, " ".join(_COMMENT.sub("", sql).split())) for kind, name, sql in schema]


@cache
def _own_tables() -> list[tuple[str, str, str]]:
    with opened(_empty_database()) as db:
        return _tables(db)


@cache
def _empty_database() -> bytes:
    with closing(sqlite3.connect(MEMORY)) as db:
        db.executescript(_SCHEMA)
        return db.serialize()
