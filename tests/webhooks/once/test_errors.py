"""Every driver exception becomes a `StoreError` that shows no password and never replaces the handler's error."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from typing import Any

import asyncpg
import psycopg
import pytest
import redis
import redis.asyncio
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from orbitconnect.webhooks.once import (
    AsyncRedisStore,
    AsyncSQLAlchemyStore,
    DBAPIStore,
    RedisStore,
    SQLAlchemyStore,
    SQLiteStore,
    StoreError,
    async_once,
    once,
)
from tests.webhooks.once.servers import closed_port

PASSWORD = "hun%zter2"
STEPS: list[tuple[str, ...]] = [("claim", "evt_1"), ("commit", "evt_1", "token"), ("release", "evt_1", "token")]


class DriverError(Exception):
    """An exception of an unknown class."""


def failing(*_: Any, **__: Any) -> Any:
    secret = PASSWORD
    raise DriverError(f"no connection to postgresql://orbit:{secret}@db/orbit, but '{secret}'")


async def async_failing(*_: Any, **__: Any) -> Any:
    failing()


class FailingRedis:
    eval = staticmethod(failing)


class AsyncFailingRedis:
    eval = staticmethod(async_failing)


def store_of(kind: str, error: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    match kind:
        case "dbapi":
            return DBAPIStore(error, database="postgresql", paramstyle="pyformat")
        case "dbapi sqlite":
            return DBAPIStore(error, database="sqlite", paramstyle="qmark")
        case "sqlalchemy":
            return SQLAlchemyStore(create_engine("postgresql+psycopg://", creator=error))
        case "async sqlalchemy":
            engine = create_async_engine(f"postgresql+asyncpg://127.0.0.1:{closed_port()}/db")
            monkeypatch.setattr(asyncpg, "connect", async_failing)
            return AsyncSQLAlchemyStore(engine)
        case "redis":
            return RedisStore(FailingRedis())  # type: ignore[arg-type]
        case _:
            return AsyncRedisStore(AsyncFailingRedis())  # type: ignore[arg-type]


def called(store: Any, step: str, *arguments: str) -> None:
    async def call() -> None:
        result = getattr(store, step)(*arguments)
        if asyncio.iscoroutine(result):
            await result

    asyncio.run(call())


def shows(error: BaseException) -> str:
    """Return what an error tracker collects from this package's frames, including causes and contexts."""
    formatted = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    return formatted.partition("orbitconnect/webhooks/once")[2]  # Exclude this test's own frames.


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
@pytest.mark.parametrize("kind", ["dbapi", "dbapi sqlite", "sqlalchemy", "async sqlalchemy", "redis", "async redis"])
def test_an_unknown_exception_becomes_a_store_error(
    kind: str, step: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match=f"failed to {step[0]}: DriverError: no connection") as caught:
        called(store_of(kind, failing, monkeypatch), *step)
    if "redis" not in kind:  # A Redis store does not open the connection.
        assert PASSWORD not in shows(caught.value)
        assert PASSWORD not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "error", [TypeError("no"), ValueError("no"), RuntimeError("no"), OSError("no"), EOFError("no")]
)
@pytest.mark.parametrize("kind", ["dbapi", "dbapi sqlite", "sqlalchemy", "redis"])
def test_builtin_exceptions_become_store_errors(kind: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(FailingRedis, "eval", staticmethod(fail))
    with pytest.raises(StoreError, match=f"{type(error).__name__}: no"):
        called(store_of(kind, fail, monkeypatch), "claim", "evt_1")


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://orbit:hun%zter2@127.0.0.1/db",
        "postgresql://orbit:hun%zter2@[broken/db",
        "host=127.0.0.1 password=x hun%zter2",
        "orbit:hun%zter2@127.0.0.1",
        "host=127.0.0.1 hun%zter2=x",
        "host=127.0.0.1 password=hun%zter2 port=many",
    ],
)
@pytest.mark.parametrize("driver", ["psycopg", "asyncpg"])
def test_an_invalid_connection_string_is_not_shown(dsn: str, driver: str) -> None:
    def connect() -> Any:
        return psycopg.connect(dsn) if driver == "psycopg" else asyncio.run(asyncpg.connect(dsn, timeout=2))

    with pytest.raises(StoreError) as caught:
        DBAPIStore(connect, database="postgresql", paramstyle="pyformat").claim("evt_1")
    assert "zter2" not in str(caught.value)
    assert "zter2" not in shows(caught.value)


@pytest.fixture
def with_password(postgres_address: str) -> dict[str, str]:
    """Provide the arguments for a login that PostgreSQL rejects."""
    folder = postgres_address.partition("host=")[2].split()[0]
    return {"host": folder, "user": "nobody", "password": PASSWORD, "database": "postgres"}


def test_a_login_that_asyncpg_rejects(with_password: dict[str, str]) -> None:
    """SQLAlchemy 2.0 does not wrap asyncpg's connection errors."""
    url = make_url("postgresql+asyncpg://").set(query={"host": with_password["host"]})
    url = url.set(username=with_password["user"], password=PASSWORD, database="postgres")

    async def claim() -> None:
        engine = create_async_engine(url)
        try:
            await AsyncSQLAlchemyStore(engine).claim("evt_1")
        finally:
            await engine.dispose()

    with pytest.raises(StoreError, match=r"\*\*\*") as caught:
        asyncio.run(claim())
    assert "zter2" not in shows(caught.value)


def test_an_sqlite_connection_that_was_closed_elsewhere(tmp_path: Any) -> None:
    store = SQLiteStore(tmp_path / "events.db")
    store.claim("evt_1")
    store._connection.close()  # type: ignore[union-attr]
    with pytest.raises(StoreError, match="ProgrammingError"):
        store.claim("evt_2")
    store.close()
    assert store.claim("evt_2")
    store.close()


# An application's own store that passes on its driver's exceptions.


class Raw:
    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.steps: list[str] = []

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if name in self.failing:
            raise DriverError(f"{name} of postgresql://orbit:{PASSWORD}@db")

    def claim(self, key: str, /) -> Any:
        from orbitconnect.webhooks.once import Claim

        self._step("claim")
        return Claim("mine", "token")

    def commit(self, key: str, token: str, /) -> None:
        self._step("commit")

    def release(self, key: str, token: str, /) -> None:
        self._step("release")


class AsyncRaw(Raw):
    async def claim(self, key: str, /) -> Any:
        return super().claim(key)

    async def commit(self, key: str, token: str, /) -> None:  # type: ignore[override]
        super().commit(key, token)

    async def release(self, key: str, token: str, /) -> None:  # type: ignore[override]
        super().release(key, token)


def handle(store: Any, error: Exception | None = None) -> None:
    if isinstance(store, AsyncRaw):

        async def handle_async() -> None:
            async with async_once(store, "evt_1"):
                if error:
                    raise error

        asyncio.run(handle_async())
        return
    with once(store, "evt_1"):
        if error:
            raise error


both = pytest.mark.parametrize("kind", [Raw, AsyncRaw])


@both
def test_a_driver_error_in_a_claim(kind: type[Raw]) -> None:
    with pytest.raises(StoreError, match="failed to claim: DriverError") as caught:
        handle(kind("claim"))
    assert PASSWORD not in str(caught.value)
    assert caught.value.__context__ is None


@both
def test_a_driver_error_in_a_commit_is_retried(kind: type[Raw]) -> None:
    store = kind("commit")
    with pytest.raises(StoreError, match="was handled, but could not be recorded as handled") as caught:
        handle(store)
    assert store.steps == ["claim", "commit", "commit"]
    assert PASSWORD not in str(caught.value)
    assert DriverError not in {type(caught.value.__cause__), type(caught.value.__context__)}


@both
def test_a_driver_error_in_a_release_does_not_replace_the_handlers_error(
    kind: type[Raw], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(LookupError, match="of the handler"), caplog.at_level(logging.WARNING, "orbitconnect.webhooks"):
        handle(kind("release"), LookupError("of the handler"))
    assert "'evt_1' was not handled, and stays claimed" in caplog.text
    assert PASSWORD not in caplog.text


@both
def test_the_handlers_error_is_passed_on_unchanged(kind: type[Raw]) -> None:
    error = DriverError("of the handler")
    with pytest.raises(DriverError) as caught:
        handle(kind(), error)
    assert caught.value is error


def test_the_real_drivers_of_redis() -> None:
    port = closed_port()
    with pytest.raises(StoreError, match="ConnectionError"):
        called(RedisStore(redis.Redis(port=port, password=PASSWORD, retry=None)), "claim", "evt_1")
    with pytest.raises(StoreError, match="ConnectionError"):
        called(AsyncRedisStore(redis.asyncio.Redis(port=port, password=PASSWORD, retry=None)), "claim", "evt_1")
