"""What holds for every store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from orbitconnect.webhooks.once import Claim, ClaimStore, LeaseLost, MemoryStore
from tests.webhooks.once.places import REDIS, SHARED, Place

SOON = 0.05


def eventually_mine(store: ClaimStore, key: str) -> Claim:
    """Claims until it is given."""
    gives_up = time.monotonic() + 30
    while not (claim := store.claim(key)):
        assert time.monotonic() < gives_up, claim
        time.sleep(0.01)
    return claim


def at_once(count: int, work: Callable[[], Any]) -> list[Any]:
    """What came of calls that begin at the same moment."""
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


def test_what_was_handled_is_not_released(store: ClaimStore) -> None:
    claim = store.claim("evt_1")
    store.commit("evt_1", claim.token)
    store.release("evt_1", claim.token)
    assert store.claim("evt_1").status == "handled"


@pytest.mark.parametrize("token", ["", "f" * 32, "0' OR '1'='1"], ids=repr)
def test_a_token_that_is_none(store: ClaimStore, token: str) -> None:
    claim = store.claim("evt_1")
    with pytest.raises(LeaseLost, match="evt_1"):
        store.commit("evt_1", token)
    store.release("evt_1", token)
    assert store.claim("evt_1").status == "busy"
    store.commit("evt_1", claim.token)


def test_a_claim_that_is_not_the_callers_commits_nothing(store: ClaimStore) -> None:
    """Its token is empty, whatever the store holds."""
    with pytest.raises(LeaseLost, match="evt_1"):
        store.commit("evt_1", Claim("busy").token)
    assert store.claim("evt_1")


def test_a_claim_that_was_lost_and_not_taken_is_still_recorded(store: ClaimStore) -> None:
    """As after a restart of a server without persistence: the store knows nothing of the claim."""
    elsewhere = MemoryStore().claim("evt_1")
    store.commit("evt_1", elsewhere.token)
    store.commit("evt_1", elsewhere.token)
    assert store.claim("evt_1").status == "handled"
    store.release("evt_1", elsewhere.token)
    assert store.claim("evt_1").status == "handled"


def test_a_claim_that_was_lost_and_taken_is_not(store: ClaimStore) -> None:
    elsewhere = MemoryStore().claim("evt_1")
    taken = store.claim("evt_1")
    with pytest.raises(LeaseLost, match="Another worker took over 'evt_1'"):
        store.commit("evt_1", elsewhere.token)
    store.commit("evt_1", taken.token)
    with pytest.raises(LeaseLost):
        store.commit("evt_1", elsewhere.token)


def test_one_of_many_records_what_was_lost(store: ClaimStore) -> None:
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


def test_a_claim_that_was_taken_over(place: Place) -> None:
    with place.opened(lease=1) as store:
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


def test_a_lease_that_ran_out_and_that_nobody_took_over(place: Place) -> None:
    lease = 2 if place.kind in REDIS else SOON
    with place.opened(lease=lease) as store:
        claim = store.claim("evt_1")
        time.sleep(lease * 1.05)
        store.commit("evt_1", claim.token)
        assert store.claim("evt_1").status == "handled"


def test_handled_events_are_forgotten(place: Place) -> None:
    with place.opened(keep=SOON) as store:
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


def test_any_text_is_a_key_of_its_own(store: ClaimStore) -> None:
    claims = {key: store.claim(key) for key in ODD_KEYS}
    assert all(claims.values())
    for key, claim in claims.items():
        assert store.claim(key).status == "busy"
        store.commit(key, claim.token)
    assert {store.claim(key).status for key in ODD_KEYS} == {"handled"}


@pytest.mark.parametrize(("key", "error"), [("", ValueError), (None, TypeError), (b"evt_1", TypeError), (1, TypeError)])
def test_what_is_no_key(store: ClaimStore, key: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="key"):
        store.claim(key)
    with pytest.raises(error, match="key"):
        store.commit(key, "token")
    with pytest.raises(error, match="key"):
        store.release(key, "token")


def test_one_of_many_gets_the_claim(store: ClaimStore) -> None:
    for number in range(10):
        claims = at_once(8, lambda number=number: store.claim(f"evt_{number}"))
        assert sorted(claim.status for claim in claims) == ["busy"] * 7 + ["mine"]


@pytest.mark.parametrize("kind", SHARED)
def test_one_of_many_takes_over(make_place: Callable[[str], Place], kind: str) -> None:
    place = make_place(kind)
    keys = [f"evt_{number}" for number in range(5)]
    with place.opened(lease=SOON) as crashed:
        assert all(crashed.claim(key) for key in keys)
    time.sleep(SOON)
    with place.opened() as store:
        for key in keys:
            claims = at_once(8, lambda key=key: store.claim(key))
            assert sorted(claim.status for claim in claims) == ["busy"] * 7 + ["mine"]


def test_one_of_many_takes_over_in_memory() -> None:
    now = [0.0]
    store = MemoryStore(clock=lambda: now[0])
    assert store.claim("evt_1")
    now[0] = 301.0
    claims = at_once(8, lambda: store.claim("evt_1"))
    assert sorted(claim.status for claim in claims) == ["busy"] * 7 + ["mine"]


def test_one_of_two_commits_after_a_take_over(place: Place) -> None:
    """The slow worker and the one that took over commit at the same moment: never both."""
    with place.opened(lease=SOON) as store:
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


def test_the_clock_of_a_worker_does_not_count(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with place.opened() as store:
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
def test_durations_that_are_none(make_place: Callable[[str], Place], name: str, seconds: float) -> None:
    for kind in ("memory", "sqlite", "dbapi sqlite", "sqlalchemy sqlite"):
        with pytest.raises(ValueError, match=name), make_place(kind).opened(**{name: seconds}):
            pass
