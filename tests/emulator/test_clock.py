"""Frozen, running and advanced clocks, and the jobs that run while they advance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, RunningClock
from orbitconnect.emulator.clock import from_microseconds, to_microseconds
from orbitconnect.emulator.composition import all_jobs
from orbitconnect.emulator.context import Context
from orbitconnect.emulator.control.clock_steps import advance_in_steps
from orbitconnect.emulator.jobs import JOBS, schedule
from orbitconnect.testing import WebhookInbox
from orbitconnect_api.models.webhook import Webhook
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import newest_attempts

DONE: list[tuple[str, datetime, datetime]] = []
CLOCK: list[Any] = []
KIND: Final = "call-timeout"
"""A kind of job that these tests handle with their own function."""


def note(context: Context, subject: str) -> None:
    """Record the job's due time and the time of the clock when it ran."""
    DONE.append((subject, from_microseconds(context.now), CLOCK[0].now()))
    if subject == "again" and len(DONE) < 3:
        schedule(context, KIND, "again", context.now + 60_000_000)


@pytest.fixture(autouse=True)
def noted(emulator: CheckedEmulator, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime, datetime]]:
    DONE.clear()
    CLOCK[:] = [emulator.clock]
    all_jobs()
    monkeypatch.setitem(JOBS, KIND, note)
    return DONE


def plan(emulator: Emulator, subject: str, seconds: float) -> None:
    now = to_microseconds(emulator.clock.now())
    with emulator._store.transaction():
        schedule(emulator._context(now), KIND, subject, now + round(seconds * 1_000_000))


class TestAdvance:
    def test_jobs_run_in_order_and_on_time(self, emulator: CheckedEmulator, clock: ManualClock) -> None:
        start = clock.now()
        for subject, seconds in (("c", 90), ("a", 30), ("b", 30), ("d", 91)):
            plan(emulator, subject, seconds)
        assert emulator.next_due() == to_microseconds(start + timedelta(seconds=30))
        assert emulator.advance(90) == start + timedelta(seconds=90) == clock.now()
        times = [start + timedelta(seconds=seconds) for seconds in (30, 30, 90)]
        assert list(zip("abc", times, times, strict=True)) == DONE
        emulator.advance(timedelta(seconds=1))
        assert len(DONE) == 4
        assert emulator.next_due() is None

    def test_jobs_that_follow_from_jobs_run(self, emulator: CheckedEmulator, clock: ManualClock) -> None:
        start = clock.now()
        plan(emulator, "again", 60)
        emulator.advance(150)
        assert [at - start for _, at, _ in DONE] == [timedelta(minutes=1), timedelta(minutes=2)]
        emulator.advance(30)
        assert len(DONE) == 3

    def test_overdue_jobs_run_first(self, emulator: CheckedEmulator, clock: ManualClock) -> None:
        plan(emulator, "late", 5)
        clock.advance(10)
        emulator.advance(0)
        assert [subject for subject, *_ in DONE] == ["late"]

    def test_jobs_and_deliveries_are_interleaved(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        start = clock.now()
        inbox.answer(500, times=2)
        orbit.webhooks.publish("order.paid", {})
        plan(emulator, "between", 60)
        emulator.advance(timedelta(hours=1))
        assert len(inbox.received) == 3
        times = [attempt.attempted_at - start for attempt in newest_attempts(orbit, registered) if attempt.attempted_at]
        assert times[0] == timedelta()
        assert timedelta(seconds=4) < times[1] <= timedelta(seconds=5)
        assert timedelta(minutes=4) < times[2] < timedelta(minutes=6)
        assert [at - start for _, at, _ in DONE] == [timedelta(minutes=1)]

    def test_the_clock_cannot_go_back(self, emulator: CheckedEmulator, clock: ManualClock) -> None:
        before = clock.now()
        for step in (-1, timedelta(microseconds=-1)):
            with pytest.raises(ValueError, match="only be advanced"):
                emulator.advance(step)
        assert clock.now() == before

    def test_custom_clock(self) -> None:
        class Fixed:
            def now(self) -> datetime:
                return datetime(2026, 1, 1, tzinfo=UTC)

        with Emulator(clock=Fixed()) as emulator:
            with pytest.raises(TypeError, match=r"Fixed must have advance\(\)"):
                emulator.advance(1)
            emulator.restore(emulator.snapshot())
            emulator.reset()
            assert emulator.snapshot().clock is None

    def test_something_that_stays_due_does_not_block(self, clock: ManualClock) -> None:
        due = to_microseconds(clock.now()) + 5
        settled: list[datetime] = []
        advance_in_steps(clock, 10, lambda: due, lambda: settled.append(clock.now()))
        assert 2 <= len(settled) <= 4

    def test_running_clock(self) -> None:
        with Emulator() as emulator:
            CLOCK[:] = [emulator.clock]
            before = emulator.clock.now()
            plan(emulator, "a", 3600)
            plan(emulator, "b", 7200)
            after = emulator.advance(timedelta(hours=3))
            assert timedelta(hours=3) <= after - before < timedelta(hours=3, minutes=1)
            (_, first, then), (_, second, later) = DONE
            assert first <= then < second <= later < after


class TestRunningClock:
    def test_freezing_and_resuming(self) -> None:
        clock = RunningClock()
        assert not clock.is_frozen
        stands = clock.freeze()
        assert clock.is_frozen
        assert clock.now() == stands == clock.freeze()
        assert clock.advance(60) == clock.now() == stands + timedelta(minutes=1)
        clock.resume()
        assert not clock.is_frozen
        assert stands + timedelta(minutes=1) <= clock.now() < stands + timedelta(minutes=2)
        clock.resume()
        assert clock.now() >= stands + timedelta(minutes=1)

    def test_restoring(self) -> None:
        clock = RunningClock()
        clock.advance(timedelta(days=1))
        ahead = clock.state()
        stands = clock.freeze()
        frozen = clock.state()
        clock.restore(RunningClock().state())
        assert clock.now() - datetime.now(UTC) < timedelta(hours=1)
        clock.restore(ahead)
        assert clock.now() >= stands
        assert not clock.is_frozen
        clock.restore(frozen)
        assert clock.now() == stands

    def test_manual_clock(self) -> None:
        clock = RunningClock()
        stands = clock.freeze()
        with Emulator(clock=clock) as emulator:
            orbit = emulator.client()
            assert orbit.users.create(external_id="a", display_name="A").created_at == stands
            emulator.advance(5)
            assert orbit.users.create(external_id="b", display_name="B").created_at == stands + timedelta(seconds=5)
