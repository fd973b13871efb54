"""When a call is tried again, and after how long. Pure but for the quota, which all views of a client share.

An operation's class decides what may be repeated: `never` operations only while nothing was sent, the others also when
it is not known whether the API got the request, and when it answered that it could not serve it now.
"""

from __future__ import annotations

import os
import re
import threading
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import RetryClass

from .clock import Clock
from .outcome import Answer, Failure

BACKOFF_BASE: Final = 0.5
BACKOFF_CAP: Final = 8.0
LONGEST_RETRY_AFTER: Final = 60.0

QUOTA_CAPACITY: Final = 500
RETRY_COST: Final = 5
TIMEOUT_COST: Final = 10
SUCCESS_REFUND: Final = 1

_TEMPORARY_CLIENT_ERRORS: Final = frozenset({408, 429})
_LASTING_SERVER_ERRORS: Final = frozenset({501, 505})
_SECONDS: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
"""`float` would also take 1_0, 9e0, inf and digits of other scripts."""


class Retry(NamedTuple):
    """A decision to try again."""

    delay: float
    cost: int
    """What it took of the quota; given back if the attempt succeeds."""


class RetryQuota:
    """Stops retries when most calls fail, so that a client does not multiply the load of a server that is down."""

    __slots__ = ("_left", "_lock", "_pid")

    def __init__(self) -> None:
        self._left = QUOTA_CAPACITY
        self._lock = threading.Lock()
        self._pid = os.getpid()

    @property
    def left(self) -> int:
        """What is left of it."""
        return self._left

    def take(self, cost: int) -> bool:
        """Takes the cost of a retry; False where too little is left."""
        if self._pid != os.getpid():
            # Another thread of the parent may have held the lock when it forked: nobody would ever release it here.
            self._lock, self._pid = threading.Lock(), os.getpid()
        with self._lock:
            if cost > self._left:
                return False
            self._left -= cost
            return True

    def give_back(self, amount: int) -> None:
        """Gives back after a success."""
        if self._left >= QUOTA_CAPACITY or self._pid != os.getpid():
            return
        with self._lock:
            self._left = min(self._left + amount, QUOTA_CAPACITY)


def may_repeat(retry: RetryClass, outcome: Answer | Failure) -> bool:
    """Whether an operation of this class may be sent again after this outcome."""
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
    """Decides after an attempt that did not succeed.

    Args:
        retry: The operation's class.
        outcome: What the attempt came to.
        attempt: Its number, from 1.
        max_retries: How many attempts may follow the first.
        seconds_left: The time until the call's deadline.
        clock: The wall clock, for a date in the answer, and the jitter's chance.
        quota: Pays for the retry.

    Returns:
        The retry, or None where the call has failed.
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
    """The wait after an attempt: anything up to a bound that doubles (full jitter)."""
    return chance * min(BACKOFF_CAP, BACKOFF_BASE * 2.0 ** min(attempt - 1, 16))


def retry_after(value: str | None, now: float) -> float | None:
    """Reads a `Retry-After` header, seconds or an HTTP date; None where it is absent or makes no sense."""
    if value is None:
        return None
    if _SECONDS.fullmatch(value):
        return float(value)
    return _seconds_until(value, now)


def _seconds_until(date: str, now: float) -> float | None:
    try:
        instant = parsedate_to_datetime(date)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return max(0.0, instant.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
