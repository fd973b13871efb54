"""Decide whether and when to retry a call. No I/O. The only state is the quota, which a client shares with its views.

The operation's retry class decides. An operation of class `never` is retried only if nothing was sent. The others are
also retried if the API may have received the request, and after responses that report a temporary problem.
"""

from __future__ import annotations

import os
import re
import threading
from datetime import UTC
from typing import Final, NamedTuple

from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import RetryClass

from .clock import Clock
from .outcome import Answer, Failure

BACKOFF_BASE: Final = 0.5
"""The upper limit of the first delay, in seconds."""
BACKOFF_CAP: Final = 8.0
"""The upper limit of all delays, in seconds."""
LONGEST_RETRY_AFTER: Final = 60.0
"""In seconds. If the API asks for a longer delay, the call is not retried."""

QUOTA_CAPACITY: Final = 500
RETRY_COST: Final = 5
TIMEOUT_COST: Final = 10
SUCCESS_REFUND: Final = 1

_TEMPORARY_CLIENT_ERRORS: Final = frozenset({408, 429})
_LASTING_SERVER_ERRORS: Final = frozenset({501, 505})
_SECONDS: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
"""`float` also accepts 1_0, 9e0, inf and digits of other scripts."""


class Retry(NamedTuple):
    """A decision to retry."""

    delay: float
    """The delay in seconds."""
    cost: int
    """The cost taken from the quota. A successful attempt returns it."""


class RetryQuota:
    """The retry budget of a client and its views.

    It stops retries when most calls fail, so that a client does not multiply the load on a failing server.
    """

    __slots__ = ("_left", "_lock", "_pid")

    def __init__(self) -> None:
        self._left = QUOTA_CAPACITY
        self._lock = threading.Lock()
        self._pid = os.getpid()

    @property
    def left(self) -> int:
        """The remaining budget."""
        return self._left

    def take(self, cost: int) -> bool:
        """Take the cost of a retry. Returns False if too little is left."""
        if self._pid != os.getpid():
            # A forked process needs a new lock, because the old one may have been held by a thread of its parent.
            self._lock, self._pid = threading.Lock(), os.getpid()
        with self._lock:
            if cost > self._left:
                return False
            self._left -= cost
            return True

    def give_back(self, amount: int) -> None:
        """Return some of the budget after a success."""
        if self._left >= QUOTA_CAPACITY or self._pid != os.getpid():
            return
        with self._lock:
            self._left = min(self._left + amount, QUOTA_CAPACITY)


def may_repeat(retry: RetryClass, outcome: Answer | Failure) -> bool:
    """Whether an operation of this retry class may be repeated after this outcome."""
    if isinstance(outcome, Failure):
        return not outcome.hopeless and (retry != "never" or not outcome.sent)
    if retry == "never":
        return False
    status = outcome.status
    if 200 <= status < 300:
        return outcome.cut_short
    return status in _TEMPORARY_CLIENT_ERRORS or (500 <= status < 600 and status not in _LASTING_SERVER_ERRORS)


def next_retry(
    retry: RetryClass,
    outcome: Answer | Failure,
    *,
    attempt: int,
    max_retries: int,
    seconds_left: float,
    clock: Clock,
    quota: RetryQuota,
) -> Retry | None:
    """Decide whether to retry after an unsuccessful attempt.

    Args:
        retry: The operation's retry class.
        outcome: The outcome of the attempt.
        attempt: Its number, starting at 1.
        max_retries: The maximum number of retries.
        seconds_left: The seconds until the call's deadline.
        clock: The wall clock, for a date in `Retry-After`, and the randomness of the jitter.
        quota: The budget to take the cost of the retry from.

    Returns:
        The retry, or None if the call is not retried.
    """
    if attempt > max_retries or not may_repeat(retry, outcome):
        return None
    delay = backoff(attempt, clock.random())
    if isinstance(outcome, Answer):
        asked = retry_after(outcome.headers.get(RETRY_AFTER_HEADER), clock.time())
        if asked is not None:
            if asked > LONGEST_RETRY_AFTER:
                return None
            delay = max(delay, asked)
    if delay >= seconds_left:
        return None
    cost = TIMEOUT_COST if isinstance(outcome, Failure) and outcome.timeout else RETRY_COST
    return Retry(delay, cost) if quota.take(cost) else None


def backoff(attempt: int, chance: float) -> float:
    """Return the delay after an attempt, in seconds: a random part of a limit that doubles each time (full jitter)."""
    return chance * min(BACKOFF_CAP, BACKOFF_BASE * 2.0 ** min(attempt - 1, 16))


def retry_after(value: str | None, now: float) -> float | None:
    """Parse a `Retry-After` header (seconds or an HTTP date). None if it is absent or invalid."""
    if value is None:
        return None
    if _SECONDS.fullmatch(value):
        return float(value)
    return _seconds_until(value, now)


def _seconds_until(date: str, now: float) -> float | None:
    from email.utils import parsedate_to_datetime  # Imported here because creating a client must not take long.

    try:
        instant = parsedate_to_datetime(date)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return max(0.0, instant.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
