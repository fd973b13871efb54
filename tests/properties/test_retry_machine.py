"""When a client's calls fail at random, unsafe calls are not retried, and the waits and retries are limited."""

from __future__ import annotations

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from orbitconnect._pipeline.outcome import Answer, Failure
from orbitconnect._pipeline.retry import (
    BACKOFF_CAP,
    LONGEST_RETRY_AFTER,
    QUOTA_CAPACITY,
    RETRY_COST,
    SUCCESS_REFUND,
    TIMEOUT_COST,
    Retry,
    RetryQuota,
    next_retry,
    retry_after,
)
from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import RetryClass
from tests.pipeline.harness import FakeClock
from tests.properties.strategies import examples

TIMEOUT = 30.0
classes: st.SearchStrategy[RetryClass] = st.sampled_from(["safe", "idempotency-key", "never"])
failures = st.builds(
    Failure, st.just("x"), sent=st.booleans(), timeout=st.booleans(), hopeless=st.sampled_from([False, False, True])
)
waits = st.none() | st.sampled_from(
    ["0", "3", "59.9", "60", "61", "1e3", "soon", "Wed, 15 Nov 2023 00:00:00 GMT", "-1"]
)
answers = st.builds(
    lambda status, wait, cut_short: Answer(
        status, httpx.Headers({} if wait is None else {RETRY_AFTER_HEADER: wait}), b"", "flaw", cut_short
    ),
    st.integers(100, 999) | st.sampled_from([200, 408, 409, 429, 500, 501, 503, 505]),
    waits,
    st.booleans(),
)


class _Call:
    """A call in progress."""

    def __init__(self, retry: RetryClass, max_retries: int) -> None:
        self.retry: RetryClass = retry
        self.max_retries = max_retries
        self.attempt = 1
        self.left = TIMEOUT
        self.may_have_arrived = False
        self.paid: Retry | None = None


class Client(RuleBasedStateMachine):
    """Concurrent calls that share a retry quota, like the calls made with one client."""

    def __init__(self) -> None:
        super().__init__()
        self.quota = RetryQuota()
        self.clock = FakeClock()
        self.chance = 1.0
        self.clock.random = lambda: self.chance  # type: ignore[method-assign]
        self.calls: list[_Call] = []
        self.taken = self.given_back = 0

    @rule(retry=classes, max_retries=st.integers(0, 10))
    def begin(self, retry: RetryClass, max_retries: int) -> None:
        self.calls.append(_Call(retry, max_retries))

    @precondition(lambda self: self.calls)
    @rule(
        which=st.integers(0, 100),
        outcome=failures | answers,
        chance=st.floats(0, 1, exclude_max=True),
        seconds=st.floats(0, 10),
    )
    def fail(self, which: int, outcome: Answer | Failure, chance: float, seconds: float) -> None:
        call = self.calls[which % len(self.calls)]
        call.left -= seconds
        self.chance = chance
        self._fail(call, outcome)

    @precondition(lambda self: self.calls)
    @rule(which=st.integers(0, 100))
    def succeed(self, which: int) -> None:
        call = self.calls.pop(which % len(self.calls))
        before = self.quota.left
        self.quota.give_back(SUCCESS_REFUND if call.paid is None else call.paid.cost)
        self.given_back += self.quota.left - before

    @rule(number=st.integers(1, 200), retry=classes)
    def outage(self, number: int, retry: RetryClass) -> None:
        """All calls in progress fail for a while."""
        before = self.quota.left
        for _ in range(number):
            call = _Call(retry, 2)
            self.calls.append(call)
            while call in self.calls:
                self._fail(call, Failure("refused", sent=False))
        assert before - self.quota.left <= min(before, number * 2 * RETRY_COST)

    @invariant()
    def the_quota_balances(self) -> None:
        assert 0 <= self.quota.left <= QUOTA_CAPACITY
        assert self.quota.left == QUOTA_CAPACITY - self.taken + self.given_back

    def _fail(self, call: _Call, outcome: Answer | Failure) -> None:
        call.may_have_arrived |= isinstance(outcome, Answer) or outcome.sent
        before = self.quota.left
        retry = next_retry(
            call.retry,
            outcome,
            attempt=call.attempt,
            max_retries=call.max_retries,
            seconds_left=call.left,
            clock=self.clock,
            quota=self.quota,
        )
        if retry is None:
            assert self.quota.left == before
            self.calls.remove(call)
            return
        assert call.attempt <= call.max_retries
        assert not (call.retry == "never" and call.may_have_arrived)
        self._check_delay(retry, outcome, call)
        timed_out = isinstance(outcome, Failure) and outcome.timeout
        assert retry.cost == before - self.quota.left == (TIMEOUT_COST if timed_out else RETRY_COST)
        self.taken += retry.cost
        call.attempt += 1
        call.left -= retry.delay
        call.paid = retry

    def _check_delay(self, retry: Retry, outcome: Answer | Failure, call: _Call) -> None:
        asked = None
        if isinstance(outcome, Answer):
            asked = retry_after(outcome.headers.get(RETRY_AFTER_HEADER), self.clock.time())
        assert (asked or 0.0) <= retry.delay <= max(BACKOFF_CAP, asked or 0.0) <= LONGEST_RETRY_AFTER
        assert retry.delay < call.left


TestRetries = Client.TestCase
TestRetries.settings = examples(100)
