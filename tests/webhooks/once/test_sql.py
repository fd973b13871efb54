"""The SQL stores: the table, its size, and the application's transactions."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from orbitconnect.webhooks.once import (
    AsyncSQLAlchemyStore,
    DBAPIStore,
    LeaseLost,
    MemoryStore,
    SQLAlchemyStore,
    SQLiteStore,
    StoreError,
    once,
)
from tests.webhooks.once.backends import Backend


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def rows(backend: Backend) -> int:
    table = "orbitconnect_handled_events" if backend.kind == "sqlite" else backend.name
    statement = f"SELECT count(*) FROM {table}"
    if "postgresql" in backend.kind:
        with psycopg.connect(backend.address) as connection:
            found = connection.execute(statement).fetchone()
    else:
        database = sqlite3.connect(backend.address)
        found = database.execute(statement).fetchone()
        database.close()
    assert found is not None
    return int(found[0])


@pytest.fixture(params=["sqlite", "dbapi sqlite", "sqlalchemy sqlite", "dbapi postgresql", "sqlalchemy postgresql"])
def table(request: pytest.FixtureRequest, make_backend: Callable[[str], Backend]) -> Backend:
    return make_backend(request.param)


def test_the_table_does_not_grow(table: Backend) -> None:
    clock = Clock()
    with table.opened(clock=clock, lease=10, keep=100) as store:
        for number in range(120):
            claim = store.claim(f"evt_{number}")
            if number % 3:  # The other events belong to workers that died.
                store.commit(f"evt_{number}", claim.token)
            clock.now += 5
        # Events of the last 100 s plus a lease, one every 5 s, and the events that accumulate between two prunings.
        assert rows(table) <= 22 + 16 + 1


def test_prune(table: Backend) -> None:
    clock = Clock()
    with table.opened(clock=clock, lease=10, keep=100) as opened:
        store: Any = opened
        for number in range(10):
            store.commit(f"evt_{number}", store.claim(f"evt_{number}").token)
            clock.now += 1
        assert store.claim("evt_claimed")
        assert store.prune() == 0
        clock.now += 1000
        assert store.prune(limit=3) == 3
        assert rows(table) == 8
        assert store.claim("evt_9")
        # This claim did not prune the table, because only every 16th claim does.
        assert store.prune() == 7
        assert store.claim("evt_9").status == "busy"


def test_pruning_spares_an_event_that_is_claimed_meanwhile(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "events.db"
    worker = SQLiteStore(path, clock=clock)

    class Claiming(sqlite3.Cursor):
        """Lets the other worker claim the event after the list of expired events was read."""

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if statement.startswith("DELETE"):
                assert worker.claim("evt_1")
            return super().execute(statement, *values)

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> sqlite3.Cursor:  # type: ignore[override]  # The stores pass no factory.
            return Claiming(self)

    pruning = DBAPIStore(
        lambda: sqlite3.connect(path, factory=Connection),
        database="sqlite",
        paramstyle=sqlite3.paramstyle,
        table="orbitconnect_handled_events",
        clock=clock,
    )
    with worker:
        assert worker.claim("evt_1")
        clock.now += 1e6
        assert pruning.prune() == 0
        assert worker.claim("evt_1").status == "busy"


def test_a_claim_stands_if_pruning_fails(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "events.db"
    clock = Clock()
    with SQLiteStore(path, clock=clock) as store:
        store.commit("evt_1", store.claim("evt_1").token)
        database = sqlite3.connect(path)
        database.execute(
            "CREATE TRIGGER keep BEFORE DELETE ON orbitconnect_handled_events BEGIN SELECT RAISE(ABORT, 'kept'); END"
        )
        database.close()
    clock.now += 1e9
    with SQLiteStore(path, clock=clock) as store:
        assert store.claim("evt_2")
        assert store.claim("evt_2").status == "busy"
    assert "Old handled events could not be removed: StoreError" not in caplog.text
    assert "kept" in caplog.text


@pytest.mark.parametrize(
    "name", ["", "1st", "a b", "a;DROP TABLE b", 'a"', "a.b.c", ".a", "a.", "ä", "a\n", "x" * 51, "handled-events"]
)
def test_an_invalid_table_name_is_rejected(name: str) -> None:
    with pytest.raises(ValueError, match="table must be a name"):
        DBAPIStore(sqlite3.connect, database="sqlite", paramstyle="qmark", table=name)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="table must be a name"):
        SQLAlchemyStore(create_engine("sqlite://"), table=name)


def test_unknown_databases_and_placeholder_styles_are_rejected() -> None:
    with pytest.raises(ValueError, match="database must be one of postgresql, mysql, sqlite"):
        DBAPIStore(sqlite3.connect, database="oracle", paramstyle="qmark")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="paramstyle must be one of qmark"):
        DBAPIStore(sqlite3.connect, database="sqlite", paramstyle="?")  # type: ignore[arg-type]
    for path in ("", ":memory:"):
        with pytest.raises(ValueError, match="MemoryStore"):
            SQLiteStore(path)


@pytest.mark.parametrize("paramstyle", ["qmark", "named"])
def test_placeholder_styles(tmp_path: Path, paramstyle: str) -> None:
    path = tmp_path / "events.db"
    store = DBAPIStore(
        lambda: sqlite3.connect(path), database="sqlite", paramstyle=paramstyle, table="main.handled", clock=Clock()
    )
    with pytest.raises(StoreError, match="no such table"):
        store.claim("evt_1")
    store.create_table()
    store.create_table()
    store.commit("evt_1", store.claim("evt_1").token)
    assert store.claim("evt_1").status == "handled"


@pytest.mark.parametrize("paramstyle", ["format", "pyformat"])
def test_placeholder_styles_with_percent_signs(postgres_address: str, paramstyle: str) -> None:
    store = DBAPIStore(
        lambda: psycopg.connect(postgres_address),
        database="postgresql",
        paramstyle=paramstyle,
        table=f"public.handled_{paramstyle}",
    )
    store.create_table()
    store.commit("evt_1", store.claim("evt_1").token)
    assert store.claim("evt_1").status == "handled"


def test_several_workers_create_the_table_at_once(make_backend: Callable[[str], Backend]) -> None:
    backend = make_backend("dbapi postgresql")

    def create(_: int) -> None:
        with backend.opened():
            pass

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(create, range(8)))
    assert rows(backend) == 0


def test_connections_are_closed(tmp_path: Path) -> None:
    opened: list[sqlite3.Connection] = []

    def connect() -> sqlite3.Connection:
        opened.append(sqlite3.connect(tmp_path / "events.db"))
        return opened[-1]

    store = DBAPIStore(connect, database="sqlite", paramstyle="qmark")
    with pytest.raises(StoreError):
        store.claim("evt_1")
    store.create_table()
    store.release("evt_1", store.claim("evt_1").token)
    with pytest.raises(LeaseLost):
        store.commit("evt_1", "")
    assert len(opened) == 5
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_with_the_pool_of_an_engine(make_backend: Callable[[str], Backend]) -> None:
    backend = make_backend("dbapi postgresql")
    engine = create_engine("postgresql+psycopg://", connect_args=conninfo_to_dict(backend.address), pool_size=1)
    store = DBAPIStore(engine.raw_connection, database="postgresql", paramstyle="pyformat", table=backend.name)
    store.create_table()
    store.commit("evt_1", store.claim("evt_1").token)
    assert store.claim("evt_1").status == "handled"
    engine.dispose()


def test_an_sqlite_store_that_is_never_closed(tmp_path: Path) -> None:
    """Python 3.13 warns if a connection is collected before it is closed."""
    store = SQLiteStore(tmp_path / "events.db")
    claim = store.claim("evt_1")
    connection = store._connection
    assert connection is not None
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
    with SQLiteStore(tmp_path / "events.db") as store:
        store.commit("evt_1", claim.token)
        store.close()
        assert store.claim("evt_1").status == "handled"


LEFT_OPEN = """
import sys
from orbitconnect.webhooks.once import SQLiteStore
store = SQLiteStore(sys.argv[1])
store.claim("evt_1")
connection = store._connection
class Probe:
    def __del__(self):
        try:
            connection.execute("SELECT 1")
        except Exception as error:
            print(error)
probe = Probe()
"""


def test_an_sqlite_store_that_is_open_at_the_end_of_the_process(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", LEFT_OPEN, str(tmp_path / "events.db")]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stderr == ""
    assert ended.stdout == "Cannot operate on a closed database.\n"


# Inside one of the application's transactions.


@pytest.fixture
def ledger(postgres_address: str) -> Iterator[Callable[[], int]]:
    """Provide a table of the application, and a function that counts its rows."""
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute("CREATE TABLE ledger (entry TEXT)")

        def count() -> int:
            found = connection.execute("SELECT count(*) FROM ledger").fetchone()
            assert found is not None
            return int(found[0])

        yield count
        connection.execute("DROP TABLE ledger")


INSERT = "INSERT INTO ledger VALUES ('paid')"


def test_commit_within_a_transaction(make_backend: Callable[[str], Backend], ledger: Callable[[], int]) -> None:
    backend = make_backend("dbapi postgresql")
    with backend.opened() as opened:
        assert isinstance(opened, DBAPIStore)
        for fails in (True, False):
            connection = psycopg.connect(backend.address)
            try:
                with once(opened, "evt_1") as mine, connection:
                    assert mine
                    connection.execute(INSERT)
                    opened.commit_within(connection, "evt_1", mine.token)
                    if fails:
                        raise RuntimeError
            except RuntimeError:
                assert ledger() == 0
        assert ledger() == 1
        assert opened.claim("evt_1").status == "handled"

        # A worker that dies after the commit of the transaction has nothing left to do.
        claim = opened.claim("evt_2")
        with psycopg.connect(backend.address) as connection:
            opened.commit_within(connection, "evt_2", claim.token)
        assert opened.claim("evt_2").status == "handled"

        with psycopg.connect(backend.address) as connection:
            connection.execute(INSERT)
            with pytest.raises(LeaseLost):
                opened.commit_within(connection, "evt_2", MemoryStore().claim("evt_2").token)
            connection.rollback()
        assert ledger() == 1

        # If the database has lost a claim, the claim is recorded together with the application's own work.
        with psycopg.connect(backend.address) as connection:
            connection.execute(INSERT)
            opened.commit_within(connection, "evt_lost", MemoryStore().claim("evt_lost").token)
        assert ledger() == 2
        assert opened.claim("evt_lost").status == "handled"


def test_commit_within_a_transaction_of_sqlalchemy(
    make_backend: Callable[[str], Backend], ledger: Callable[[], int]
) -> None:
    backend = make_backend("sqlalchemy postgresql")
    engine = create_engine("postgresql+psycopg://", connect_args=conninfo_to_dict(backend.address))
    store = SQLAlchemyStore(engine, table=backend.name)
    store.create_table()
    for fails in (True, False):
        try:
            with once(store, "evt_1") as mine, engine.begin() as connection:
                connection.execute(text(INSERT))
                store.commit_within(connection, "evt_1", mine.token)
                if fails:
                    raise RuntimeError
        except RuntimeError:
            assert ledger() == 0
    assert ledger() == 1
    with engine.connect() as connection:
        connection.execute(text(INSERT))
        with pytest.raises(LeaseLost):
            store.commit_within(connection, "evt_1", "token")
    assert ledger() == 1
    engine.dispose()


async def test_commit_within_a_transaction_of_async_sqlalchemy(
    make_backend: Callable[[str], Backend], ledger: Callable[[], int]
) -> None:
    backend = make_backend("async sqlalchemy postgresql")
    engine = create_async_engine("postgresql+psycopg://", connect_args=conninfo_to_dict(backend.address))
    try:
        store = AsyncSQLAlchemyStore(engine, table=backend.name)
        await store.create_table()
        claim = await store.claim("evt_1")
        async with engine.begin() as connection:
            await connection.execute(text(INSERT))
            await store.commit_within(connection, "evt_1", claim.token)
        assert await asyncio.to_thread(ledger) == 1
        assert (await store.claim("evt_1")).status == "handled"
        assert await store.prune() == 0
    finally:
        await engine.dispose()


def test_an_engine_for_another_database() -> None:
    class Dialect:
        name = "oracle"

    class Engine:
        dialect = Dialect

    with pytest.raises(ValueError, match="not 'oracle'"):
        SQLAlchemyStore(Engine())  # type: ignore[arg-type]
