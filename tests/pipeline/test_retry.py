from __future__ import annotations

import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect._pipeline import retry
from orbitconnect._pipeline.outcome import Answer, Failure
from orbitconnect._pipeline.retry import RetryQuota, backoff, may_repeat, next_retry, retry_after
from orbitconnect_api.types import RetryClass
from tests.for_each import for_each
from tests.pipeline.harness import FakeClock
from tests.properties.strategies import examples

NOT_SENT = Failure("refused", sent=False)
AMBIGUOUS = Failure("reset", sent=True)
NOW = 1_700_000_000.0


def answered(status: int, **headers: str) -> Answer:
    return Answer(status, httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()}), b"")


@for_each(
    ("outcome", "safe", "never"),
    [
        (NOT_SENT, True, True),
        (AMBIGUOUS, True, False),
        (Failure("late", sent=True, timeout=True), True, False),
        (Failure("illegal", sent=True, hopeless=True), False, False),
        *((answered(status), True, False) for status in (408, 429, 500, 502, 503, 504, 507, 520, 599)),
        *(
            (answered(status), False, False)
            for status in (100, 301, 302, 400, 401, 403, 404, 409, 418, 422, 425, 460, 501, 505, 600)
        ),
        (Answer(200, {}, b"", "breaks off", cut_short=True), True, False),
        (Answer(299, {}, b"", "breaks off", cut_short=True), True, False),
        (Answer(300, {}, b"", "breaks off", cut_short=True), False, False),
        (Answer(200, {}, b"", "too large"), False, False),
    ],
)
def test_each_retry_class_retries_only_safe_outcomes(outcome: Answer | Failure, safe: bool, never: bool) -> None:
    assert may_repeat("safe", outcome) is safe
    assert may_repeat("idempotency-key", outcome) is safe
    assert may_repeat("never", outcome) is never


def decide(outcome: Answer | Failure = AMBIGUOUS, kind: RetryClass = "safe", **options: Any) -> retry.Retry | None:
    given: dict[str, Any] = {"attempt": 1, "max_retries": 2, "seconds_left": 30.0, "quota": RetryQuota(), **options}
    return next_retry(kind, outcome, clock=FakeClock(), **given)


def test_delay_doubles_up_to_a_cap() -> None:
    assert [backoff(attempt, 1.0) for attempt in (1, 2, 3, 4, 5, 6, 1_000_000)] == [0.5, 1, 2, 4, 8, 8, 8]
    assert backoff(3, 0.0) == 0


def test_retries_are_limited_in_number() -> None:
    assert decide(attempt=2) is not None
    assert decide(attempt=3) is None
    assert decide(max_retries=0) is None


def test_there_is_no_retry_after_the_deadline() -> None:
    assert decide(seconds_left=0.6) == retry.Retry(0.5, retry.RETRY_COST)
    assert decide(seconds_left=0.5) is None
    assert decide(seconds_left=-1.0) is None
    assert decide(answered(503, retry_after="10"), seconds_left=9.0) is None


@for_each(
    ("value", "delay"),
    [
        ("7", 7.0),
        ("1.5", 1.5),
        ("0", 0.5),
        ("60", 60.0),
        ("60.0", 60.0),
        ("60.001", None),
        ("61", None),
        ("99999999999", None),
        (formatdate(NOW + 20, usegmt=True), 20.0),
        (formatdate(NOW + 3600, usegmt=True), None),
        (formatdate(NOW - 3600, usegmt=True), 0.5),
        *((nonsense, 0.5) for nonsense in ("-5", "nan", "inf", "-inf", "1e400", "soon", "", "Mon, 99 Foo 2026")),
        *(
            (nonsense, 0.5)
            for nonsense in ("1_0", "+9", "9e0", "infinity", "0x9", "9 9", ".", "9.", ".9", "9,9", "9" * 400)
        ),
    ],
)
def test_a_valid_retry_after_is_respected_up_to_a_minute(value: str, delay: float | None) -> None:
    made = decide(answered(429, retry_after=value), seconds_left=1e9)
    assert (made and made.delay) == delay


def test_digits_of_other_scripts_are_not_seconds() -> None:
    assert retry_after("\u0669", NOW) is None


@examples(100)
@given(st.text())
def test_any_retry_after_is_read_or_ignored(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds < float("inf")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs tzset")
def test_a_date_without_a_zone_is_utc_in_every_local_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert retry_after("Tue, 14 Nov 2023 22:13:30 -0000", NOW) == 10
        assert retry_after("Tue, 14 Nov 2023 23:13:30 +0100", NOW) == 10
    finally:
        monkeypatch.undo()
        time.tzset()


def test_quota_stops_a_client_that_only_fails() -> None:
    quota = RetryQuota()
    assert sum(decide(quota=quota) is not None for _ in range(1_000)) == 100
    quota = RetryQuota()
    late = Failure("late", sent=True, timeout=True)
    assert sum(decide(late, quota=quota) is not None for _ in range(1_000)) == 50


def test_a_retry_after_a_timeout_costs_more() -> None:
    quota = RetryQuota()
    made = decide(Failure("late", sent=True, timeout=True), quota=quota)
    assert made is not None
    assert quota.left == retry.QUOTA_CAPACITY - retry.TIMEOUT_COST
    quota.give_back(made.cost)
    assert quota.left == retry.QUOTA_CAPACITY
    quota.give_back(made.cost)
    assert quota.left == retry.QUOTA_CAPACITY


def test_a_retry_that_is_not_made_costs_nothing() -> None:
    quota = RetryQuota()
    decide(seconds_left=0.1, quota=quota)
    decide(kind="never", quota=quota)
    assert quota.left == retry.QUOTA_CAPACITY


def test_quota_is_exact_across_threads() -> None:
    quota = RetryQuota()
    taken: list[bool] = []
    threads = [
        threading.Thread(target=lambda: taken.extend([quota.take(retry.RETRY_COST) for _ in range(50)]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == retry.QUOTA_CAPACITY // retry.RETRY_COST
    assert quota.left == 0


def in_a_child_process(quota: RetryQuota, step: Callable[[], object]) -> None:
    """Run a function in a process that was forked while another thread held the lock. It must not wait for the lock."""
    quota._lock.acquire()
    quota._pid -= 1
    thread = threading.Thread(target=step, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_quota_works_after_a_fork_while_its_lock_was_held() -> None:
    quota = RetryQuota()
    in_a_child_process(quota, lambda: quota.take(retry.RETRY_COST))
    assert quota.left == retry.QUOTA_CAPACITY - retry.RETRY_COST
    quota.give_back(retry.RETRY_COST)
    assert quota.left == retry.QUOTA_CAPACITY


def test_a_success_after_a_fork_while_the_lock_was_held_restores_nothing() -> None:
    quota = RetryQuota()
    quota.take(retry.RETRY_COST)
    in_a_child_process(quota, lambda: quota.give_back(retry.RETRY_COST))
    assert quota.left == retry.QUOTA_CAPACITY - retry.RETRY_COST
