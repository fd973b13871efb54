"""Rate limits: off by default, and measured with the emulator's clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from orbitconnect import OrbitServer, RateLimitError
from orbitconnect.emulator import ManualClock, RateLimit
from orbitconnect.emulator.control import rate_limits
from orbitconnect.emulator.rules import RULE_HEADER
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[CheckedEmulator]:
    with CheckedEmulator(clock=clock, seed=1, rate_limit=RateLimit(requests=3, seconds=10)) as emulator:
        yield emulator


def statuses(wire: Wire, count: int, **more: Any) -> list[int]:
    return [wire("GET", "/app-users", **more).status_code for _ in range(count)]


def test_unlimited_by_default(clock: ManualClock) -> None:
    with CheckedEmulator(clock=clock) as emulator:
        assert emulator.rate_limit is None
        assert statuses(Wire(emulator), 500) == [200] * 500


def test_exceeding_the_limit(emulator: CheckedEmulator, orbit: OrbitServer, wire: Wire, clock: ManualClock) -> None:
    for _ in range(3):
        orbit.users.list()
        clock.advance(1.5)
    with pytest.raises(RateLimitError) as caught:
        orbit.users.list()
    # The first request was made 4.5 s ago. The remaining time is rounded up.
    assert (caught.value.status, caught.value.code, caught.value.retry_after) == (429, "rate_limited", 6)
    assert caught.value.message == "More than 3 requests in 10 s. Try again in 6 s."
    response = wire("GET", "/app-users", key="sk_test_emulator")
    assert (response.status_code, response.headers[RULE_HEADER]) == (429, "rate-limit; inferred")
    assert response.headers["retry-after"] == "6"


def test_retry_after_is_exact(wire: Wire, clock: ManualClock) -> None:
    assert statuses(wire, 5) == [200, 200, 200, 429, 429]
    clock.advance(timedelta(seconds=10, microseconds=-1))
    assert wire("GET", "/app-users").headers["retry-after"] == "1"
    clock.advance(timedelta(microseconds=1))
    # Refused requests do not count.
    assert statuses(wire, 4) == [200, 200, 200, 429]


def test_the_window_slides(wire: Wire, clock: ManualClock) -> None:
    for expected in ([200], [200], [200], [429]):
        assert statuses(wire, 1) == expected
        clock.advance(3)
    assert statuses(wire, 2) == [200, 429]


def test_each_key_has_its_own_limit(wire: Wire) -> None:
    assert statuses(wire, 4) == [200, 200, 200, 429]
    assert statuses(wire, 1, key="sk_test_another") == [200]


def test_requests_without_a_key_do_not_count(wire: Wire) -> None:
    assert statuses(wire, 5, key="nonsense") == [401] * 5
    assert statuses(wire, 4) == [200, 200, 200, 429]


def test_refused_requests_change_nothing(emulator: CheckedEmulator, orbit: OrbitServer, clock: ManualClock) -> None:
    for name in "abc":
        orbit.users.create(external_id=name, display_name=name)
    with pytest.raises(RateLimitError):
        orbit.users.create(external_id="d", display_name="d")
    clock.advance(10)
    assert len(orbit.users.list()) == 3


def test_setting_and_removing_the_limit(emulator: CheckedEmulator, wire: Wire) -> None:
    assert statuses(wire, 4)[-1] == 429
    emulator.rate_limit = None
    assert statuses(wire, 4) == [200] * 4
    emulator.rate_limit = RateLimit(1)
    assert emulator.rate_limit == RateLimit(requests=1, seconds=1.0)
    assert statuses(wire, 2) == [200, 429]


def test_snapshots_keep_the_count(emulator: CheckedEmulator, wire: Wire) -> None:
    statuses(wire, 1)
    snapshot = emulator.snapshot()
    for _ in range(2):
        emulator.restore(snapshot)
        assert statuses(wire, 3) == [200, 200, 429]


def test_the_number_of_keys_is_bounded(
    emulator: CheckedEmulator, wire: Wire, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_MOST_KEYS", 5)
    limiter = emulator._limiter
    assert limiter is not None
    for number in range(12):
        statuses(wire, 1, key=f"sk_test_{number}")
        clock.advance(1)
    assert len(limiter.state()) == 5
    clock.advance(60)
    statuses(wire, 1, key="sk_test_last")
    assert list(limiter.state()) == ["sk_test_last"]


@pytest.mark.parametrize("numbers", [{"requests": 0}, {"requests": 1, "seconds": 0}])
def test_invalid_limits(numbers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        RateLimit(**numbers)
