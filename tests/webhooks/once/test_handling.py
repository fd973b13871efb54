"""`once` and `async_once`: what happens to a claim when steps or handlers fail or are cancelled."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from orbitconnect.webhooks import once as package
from orbitconnect.webhooks.once import (
    AsyncClaimStore,
    Claim,
    ClaimStore,
    EventBusy,
    LeaseLost,
    MemoryStore,
    OnceError,
    StoreError,
    ThreadedStore,
    as_async,
    async_once,
    once,
    stored_key,
)


@dataclass
class Event:
    dedupe_key: str


class Watched(MemoryStore):
    """Fails at the step that the test chooses, and records its calls."""

    def __init__(self, **failures: int) -> None:
        super().__init__()
        self.failures = failures
        self.calls: list[str] = []

    def _step(self, name: str) -> None:
        self.calls.append(name)
        if self.failures.get(name, 0) > 0:
            self.failures[name] -= 1
            raise StoreError(f"{name} went wrong.")

    def claim(self, key: str, /) -> Claim:
        self._step("claim")
        return super().claim(key)

    def commit(self, key: str, token: str, /) -> None:
        self._step("commit")
        super().commit(key, token)

    def release(self, key: str, token: str, /) -> None:
        self._step("release")
        super().release(key, token)


class Slow:
    """An asynchronous store with one slow step."""

    def __init__(self, slow: str, error: Exception | None = None) -> None:
        self.store = Watched()
        self.slow = slow
        self.error = error
        self.entered = asyncio.Event()
        self.go_on = asyncio.Event()

    async def _step(self, name: str) -> None:
        if name == self.slow:
            self.entered.set()
            await self.go_on.wait()
            if self.error:
                raise self.error

    async def claim(self, key: str, /) -> Claim:
        claim = self.store.claim(key)
        await self._step("claim")
        return claim

    async def commit(self, key: str, token: str, /) -> None:
        await self._step("commit")
        self.store.commit(key, token)

    async def release(self, key: str, token: str, /) -> None:
        await self._step("release")
        self.store.release(key, token)


def handle(store: ClaimStore, event: Any, error: BaseException | None = None) -> Claim:
    with once(store, event) as mine:
        if mine and error:
            raise error
        return mine


async def async_handle(store: ClaimStore | AsyncClaimStore, event: Any, error: BaseException | None = None) -> Claim:
    async with async_once(store, event) as mine:
        if mine and error:
            raise error
        return mine


@pytest.fixture(params=["once", "async_once", "async_once, threads"])
def run(request: pytest.FixtureRequest) -> Any:
    """Provide a function that handles an event with `once` or `async_once`."""
    if request.param == "once":
        return handle
    wrapped = ThreadedStore if "threads" in request.param else as_async
    return lambda store, event, error=None: asyncio.run(async_handle(wrapped(store), event, error))


@pytest.mark.parametrize("event", ["evt_1", Event("evt_1")], ids=["key", "event"])
def test_handled_once(run: Any, event: Any) -> None:
    store = Watched()
    assert run(store, event)
    assert run(store, event).status == "handled"
    assert not run(store, "evt_1")
    assert store.calls == ["claim", "commit", "claim", "claim"]


@pytest.mark.parametrize("error", [RuntimeError("handler"), KeyboardInterrupt(), SystemExit(1)], ids=repr)
def test_the_event_is_released_whatever_the_handler_raises(run: Any, error: BaseException) -> None:
    store = Watched()
    with pytest.raises(type(error)):
        run(store, "evt_1", error)
    assert store.calls == ["claim", "release"]
    assert run(store, "evt_1")


def test_busy_is_an_error(run: Any) -> None:
    """The event must be delivered again, because the other worker may fail."""
    store = Watched()
    assert store.claim("evt_1")
    with pytest.raises(EventBusy, match="503"):
        run(store, "evt_1")
    assert store.calls == ["claim", "claim"]
    assert issubclass(EventBusy, OnceError)


def test_another_worker_takes_over_while_the_handler_runs(run: Any) -> None:
    now = [0.0]

    class TakenOver(MemoryStore):
        def commit(self, key: str, token: str, /) -> None:
            now[0] = 301
            self.other = self.claim(key)
            super().commit(key, token)

    store = TakenOver(clock=lambda: now[0])
    with pytest.raises(LeaseLost, match="evt_1"):
        run(store, "evt_1")
    assert store.other


def test_a_claim_fails(run: Any) -> None:
    with pytest.raises(StoreError, match="claim went wrong"):
        run(Watched(claim=1), "evt_1", RuntimeError("never reached"))


def test_a_failed_commit_is_retried(run: Any) -> None:
    store = Watched(commit=1)
    assert run(store, "evt_1")
    assert run(store, "evt_1").status == "handled"


def test_both_commits_fail(run: Any) -> None:
    store = Watched(commit=2)
    with pytest.raises(StoreError, match=r"'evt_1' was handled, but .* commit went wrong"):
        run(store, "evt_1")
    assert store.calls == ["claim", "commit", "commit"]
    assert store.claim("evt_1").status == "busy"


def test_a_release_fails(run: Any, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RuntimeError, match="handler"), caplog.at_level(logging.WARNING, "orbitconnect.webhooks"):
        run(Watched(release=1), "evt_1", RuntimeError("handler"))
    assert "'evt_1' was not handled, and stays claimed" in caplog.text


def test_invalid_keys(run: Any) -> None:
    store = Watched()
    with pytest.raises(ValueError, match="key is empty"):
        run(store, "")
    with pytest.raises(TypeError, match="key must be a string"):
        run(store, Event(None))  # type: ignore[arg-type]
    assert stored_key("evt_1") == "7d4e5a76eae6d8c165410ac19fe6756521ba86ed96752d0126b1953b155af052"


# Cancellation.


async def cancelled(store: Slow) -> None:
    """Handle an event, and cancel the task during the slow step, which then continues."""
    task = asyncio.create_task(
        async_handle(store, "evt_1", RuntimeError("handler") if store.slow == "release" else None)
    )
    await asyncio.wait_for(store.entered.wait(), 30)
    task.cancel()
    await asyncio.sleep(0)
    store.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_without_an_asyncio_event_loop() -> None:
    entering = async_once(MemoryStore(), "evt_1").__aenter__()
    with pytest.raises(RuntimeError, match=r"asyncio event loop.*trio\.to_thread\.run_sync"):
        entering.send(None)


async def test_cancelled_while_claiming() -> None:
    store = Slow("claim")
    await cancelled(store)
    assert store.store.calls == ["claim", "release"]
    assert store.store.claim("evt_1")


async def test_cancelled_while_handling() -> None:
    store, entered = Watched(), asyncio.Event()

    async def work() -> None:
        async with async_once(store, "evt_1"):
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.wait_for(entered.wait(), 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert store.calls == ["claim", "release"]


async def test_cancelled_while_committing() -> None:
    """The handler has already succeeded, so the event counts as handled."""
    store = Slow("commit")
    await cancelled(store)
    assert store.store.claim("evt_1").status == "handled"


async def test_cancelled_while_releasing() -> None:
    store = Slow("release")
    await cancelled(store)
    assert store.store.claim("evt_1")


@pytest.mark.parametrize("step", ["claim", "commit"])
async def test_cancelled_and_the_store_fails(step: str, caplog: pytest.LogCaptureFixture) -> None:
    await cancelled(Slow(step, StoreError("It went away.")))
    assert "It went away." in caplog.text


async def test_a_timeout_around_a_store_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orbitconnect.webhooks.once.steps._CANCELLATION_WAITS", 0.05)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await async_handle(Slow("claim"), "evt_1")


# The package.


def test_as_async_accepts_any_store() -> None:
    threaded = ThreadedStore(MemoryStore())
    assert as_async(threaded) is threaded

    class Mine:
        def claim(self, key: str, /) -> Claim:
            return Claim("mine", key)

        def commit(self, key: str, token: str, /) -> None: ...

        def release(self, key: str, token: str, /) -> None: ...

    assert isinstance(as_async(Mine()), ThreadedStore)
    assert asyncio.run(async_handle(Mine(), "evt_1")) == Claim("mine", "evt_1")


def test_importing_the_package_loads_no_driver_and_no_asyncio() -> None:
    script = """
import sys
import orbitconnect.webhooks
import orbitconnect.webhooks.once as package
drivers = {"sqlite3", "redis", "sqlalchemy", "psycopg", "asyncio", "httpx"}
assert not drivers & set(sys.modules), drivers & set(sys.modules)
package.MemoryStore
package.once
import orbitconnect.webhooks.receiver
assert not drivers & set(sys.modules), drivers & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(("name", "driver"), [("RedisStore", "redis"), ("AsyncSQLAlchemyStore", "sqlalchemy")])
def test_a_driver_that_is_not_installed(name: str, driver: str) -> None:
    script = f"""
import sys
for module in [name for name in sys.modules if name.partition(".")[0] == {driver!r}]:
    del sys.modules[module]
sys.modules[{driver!r}] = None
from orbitconnect.webhooks import once
assert hasattr(once, {name!r})
try:
    once.{name}("client or engine")
except ImportError as error:
    assert "[{driver}]" in str(error), error
else:
    raise AssertionError
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_every_exported_name_exists() -> None:
    assert all(hasattr(package, name) for name in package.__all__)
    with pytest.raises(AttributeError):
        getattr(package, "nothing")  # noqa: B009
