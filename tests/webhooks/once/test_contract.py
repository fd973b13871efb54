"""The behavior that all stores have in common."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from orbitconnect.webhooks.once import Claim, ClaimStore, LeaseLost, MemoryStore
from tests.webhooks.once.backends import REDIS, SHARED, Backend

SOON = 0.05


def eventually_mine(store: ClaimStore, key: str) -> Claim:
    """Claim repeatedly until the claim succeeds."""
    gives_up = time.monotonic() + 30
    while not (claim := store.claim(key)):
        assert time.monotonic() < gives_up, claim
        time.sleep(0.01)
    return claim


def at_once(count: int, work: Callable[[], Any]) -> list[Any]:
    """Return the results of calls that start at the same moment."""
    barrier = threading.Barrier(count)

    def wait_and_work() -> Any:
        barrier.wait(60)
        return work()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(wait_and_work) for _ in range(count)]]


def test_claim_and_commit(store: ClaimStore) -> None:
    assert isinstance(store, ClaimStore)
    claim = store.claim("evt_1")
    assert claim
    assert claim.status == "mine"
    assert len(claim.token) == 32
    assert store.claim("evt_1") == Claim("busy")
    assert store.claim("evt_2")
    store.commit("evt_1", claim.token)
    assert store.claim("evt_1") == Claim("handled")
    assert not store.claim("evt_1")


def test_a_second_commit_changes_nothing(store: ClaimStore) -> None:
    claim = store.claim("evt_1")
    for _ in range(3):
        store.commit("evt_1", claim.token)
    assert store.claim("evt_1").status == "handled"


def test_release(store: ClaimStore) -> None:
    first = store.claim("evt_1")
    store.release("evt_1", first.token)
    store.release("evt_1", first.token)
    second = store.claim("evt_1")
    assert second
    assert second.token != first.token
    store.release("evt_1", first.token)
    assert store.claim("evt_1").status == "busy"


def test_a_handled_event_is_not_released(store: ClaimStore) -> None:
    claim = store.claim("evt_1")
    store.commit("evt_1", claim.token)
    store.release("evt_1", claim.token)
    assert store.claim("evt_1").status == "handled"


@pytest.mark.parametrize("token", ["", "f" * 32, "0' OR '1'='1"], ids=repr)
def test_an_invalid_token_commits_and_releases_nothing(store: ClaimStore, token: str) -> None:
    claim = store.claim("evt_1")
    with pytest.raises(LeaseLost, match="evt_1"):
        store.commit("evt_1", token)
    store.release("evt_1", token)
    assert store.claim("evt_1").status == "busy"
    store.commit("evt_1", claim.token)


def test_a_busy_claim_commits_nothing(store: ClaimStore) -> None:
    """The token of a busy claim is empty."""
    with pytest.raises(LeaseLost, match="evt_1"):
        store.commit("evt_1", Claim("busy").token)
    assert store.claim("evt_1")


def test_a_lost_claim_is_recorded_if_nobody_took_over(store: ClaimStore) -> None:
    """A server without persistence loses its claims when it restarts."""
    elsewhere = MemoryStore().claim("evt_1")
    store.commit("evt_1", elsewhere.token)
    store.commit("evt_1", elsewhere.token)
    assert store.claim("evt_1").status == "handled"
    store.release("evt_1", elsewhere.token)
    assert store.claim("evt_1").status == "handled"


def test_a_lost_claim_is_not_recorded_if_somebody_took_over(store: ClaimStore) -> None:
    elsewhere = MemoryStore().claim("evt_1")
    taken = store.claim("evt_1")
    with pytest.raises(LeaseLost, match="Another worker took over 'evt_1'"):
        store.commit("evt_1", elsewhere.token)
    store.commit("evt_1", taken.token)
    with pytest.raises(LeaseLost):
        store.commit("evt_1", elsewhere.token)


def test_only_one_of_several_lost_claims_is_recorded(store: ClaimStore) -> None:
    tokens = [MemoryStore().claim("evt_1").token for _ in range(4)]
    outcomes: list[str] = []

    def commit() -> None:
        token = tokens.pop()
        try:
            store.commit("evt_1", token)
            outcomes.append("recorded")
        except LeaseLost:
            outcomes.append("lost")

    at_once(4, commit)
    assert sorted(outcomes) == ["lost"] * 3 + ["recorded"]
    assert store.claim("evt_1").status == "handled"


def test_an_expired_claim_that_was_taken_over(backend: Backend) -> None:
    with backend.opened(lease=1) as store:
        crashed = store.claim("evt_1")
        assert store.claim("evt_1").status == "busy"
        second = eventually_mine(store, "evt_1")
        assert second.token != crashed.token
        with pytest.raises(LeaseLost, match="evt_1"):
            store.commit("evt_1", crashed.token)
        store.release("evt_1", crashed.token)
        store.commit("evt_1", second.token)
        with pytest.raises(LeaseLost):
            store.commit("evt_1", crashed.token)
        assert store.claim("evt_1").status == "handled"


def test_an_expired_claim_that_nobody_took_over(backend: Backend) -> None:
    lease = 2 if backend.kind in REDIS else SOON
    with backend.opened(lease=lease) as store:
        claim = store.claim("evt_1")
        time.sleep(lease * 1.05)
        store.commit("evt_1", claim.token)
        assert store.claim("evt_1").status == "handled"


def test_handled_events_are_forgotten(backend: Backend) -> None:
    with backend.opened(keep=SOON) as store:
        first = store.claim("evt_1")
        store.commit("evt_1", first.token)
        second = eventually_mine(store, "evt_1")
        with pytest.raises(LeaseLost):
            store.commit("evt_1", first.token)
        store.commit("evt_1", second.token)


ODD_KEYS = [
    "e",
    "E",
    "e ",
    " e",
    "é",
    "e\u0301",
    "\x00",
    "e\x00",
    "a\nb",
    "%s%(key)s:key?",
    "'; --",
    "🎉" * 3,
    "\ud800",
    "x" * 10_000,
    "x" * 10_001,
]


def test_any_two_texts_are_different_keys(store: ClaimStore) -> None:
    claims = {key: store.claim(key) for key in ODD_KEYS}
    assert all(claims.values())
    for key, claim in claims.items():
        assert store.claim(key).status == "busy"
        store.commit(key, claim.token)
    assert {store.claim(key).status for key in ODD_KEYS} == {"handled"}


@pytest.mark.parametrize(("key", "error"), [("", ValueError), (None, TypeError), (b"evt_1", TypeError), (1, TypeError)])
def test_an_invalid_key_is_rejected(store: ClaimStore, key: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="key"):
        store.claim(key)
    with pytest.raises(error, match="key"):
        store.commit(key, "token")
    with pytest.raises(error, match="key"):
        store.release(key, "token")


def test_one_of_several_workers_gets_the_claim(store: ClaimStore) -> None:
    for number in range(10):
        claims = at_once(8, lambda number=number: store.claim(f"evt_{number}"))
        assert sorted(claim.status for claim in claims) == ["busy"] * 7 + ["mine"]


@pytest.mark.parametrize("kind", SHARED)
def test_one_of_several_workers_takes_over(make_backend: Callable[[str], Backend], kind: str) -> None:
    backend = make_backend(kind)
    keys = [f"evt_{number}" for number in range(5)]
    with backend.opened(lease=SOON) as crashed:
        assert all(crashed.claim(key) for key in keys)
    time.sleep(SOON)
    with backend.opened() as store:
        for key in keys:
            claims = at_once(8, lambda key=key: store.claim(key))
            assert sorted(claim.status for claim in claims) == ["busy"] * 7 + ["mine"]


def test_an_expired_claim_still_protects_against_an_older_one() -> None:
    now = [0.0]
    store = MemoryStore(lease=10, clock=lambda: now[0])
    slow = store.claim("evt_1")
    now[0] = 11
    assert store.claim("evt_1")
    now[0] = 22  # The second claim has expired, too, and this claim prunes.
    assert store.claim("evt_2")
    with pytest.raises(LeaseLost):
        store.commit("evt_1", slow.token)


def test_one_of_several_workers_takes_over_in_memory() -> None:
    now = [0.0]
    store = MemoryStore(clock=lambda: now[0])
    assert store.claim("evt_1")
    now[0] = 301.0
    claims = at_once(8, lambda: store.claim("evt_1"))
    assert sorted(claim.status for claim in claims) == ["busy"] * 7 + ["mine"]


def test_only_one_worker_commits_after_a_take_over(backend: Backend) -> None:
    """The slow worker and the worker that took over commit at the same moment."""
    with backend.opened(lease=SOON) as store:
        slow = store.claim("evt_1")
        quick = eventually_mine(store, "evt_1")
        outcomes = []
        lock = threading.Lock()
        tokens = [slow.token, quick.token]

        def commit() -> None:
            with lock:
                token = tokens.pop()
            try:
                store.commit("evt_1", token)
                outcomes.append(token)
            except LeaseLost:
                pass

        at_once(2, commit)
        assert outcomes == [quick.token]


def test_the_workers_clock_does_not_count(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    with backend.opened() as store:
        claim = store.claim("evt_1")
        real = time.time
        for wrong in (10 * 86400, -10 * 86400):
            monkeypatch.setattr(time, "time", lambda wrong=wrong: real() + wrong)
            assert store.claim("evt_1").status == "busy"
        store.commit("evt_1", claim.token)
        monkeypatch.setattr(time, "time", lambda: real() + 10 * 86400)
        assert store.claim("evt_1").status == "handled"


@pytest.mark.parametrize("name", ["lease", "keep"])
@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_an_invalid_duration_is_rejected(make_backend: Callable[[str], Backend], name: str, seconds: float) -> None:
    for kind in ("memory", "sqlite", "dbapi sqlite", "sqlalchemy sqlite"):
        with pytest.raises(ValueError, match=name), make_backend(kind).opened(**{name: seconds}):
            pass
