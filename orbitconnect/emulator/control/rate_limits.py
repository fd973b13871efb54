"""The rate limit: how many requests a key can make in a period of the emulator's time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Final

from attrs import field, frozen, validators

from orbitconnect_api.operations import RETRY_AFTER_HEADER, SECRET_KEY_HEADER
from orbitconnect_api.types import SafeRepr

from ..refusals import Refusal
from ..rules import RATE_LIMIT

_SECOND: Final = 1_000_000
_LONGEST: Final = 366 * 24 * 3600
_MOST_KEYS: Final = 1000
"""How many keys are counted at the same time. Limits the memory that unused keys take."""

Windows = Mapping[str, tuple[int, ...]]
"""For each key, the times of the requests that still count, in microseconds."""


@frozen(repr=False)
class RateLimit(SafeRepr):
    """A rate limit with a sliding window, such as 10 requests in 1 second."""

    requests: int = field(validator=validators.ge(1))
    """How many requests a key can make in the window."""
    seconds: float = field(default=1.0, validator=[validators.gt(0), validators.le(_LONGEST)])
    """The length of the window in seconds of the emulator's time, at most 366 days."""


class Limiter:
    """Counts requests. Use it only while holding the emulator's lock."""

    def __init__(self, limit: RateLimit) -> None:
        self.limit: Final = limit
        self._length = max(1, round(limit.seconds * _SECOND))
        self._windows: dict[str, deque[int]] = {}

    def check(self, headers: Mapping[str, str], now: int) -> None:
        """Count a request. The request's key has already been checked.

        Args:
            headers: The request's headers.
            now: The emulator's time in microseconds.

        Raises:
            Refusal: If the request exceeds the limit. A refused request does not count; the response's `Retry-After`
                says when the next one will be accepted.
        """
        key = headers[SECRET_KEY_HEADER]
        window = self._windows.get(key)
        if window is None:
            self._make_room(now)
            window = self._windows[key] = deque()
        while window and window[0] <= now - self._length:
            window.popleft()
        if len(window) < self.limit.requests:
            window.append(now)
            return
        # Rounded up, so that a client that waits this long is not too early.
        seconds = -(-(window[0] + self._length - now) // _SECOND)
        raise Refusal(
            429,
            "rate_limited",
            f"More than {self.limit.requests} requests in {self.limit.seconds:g} s. Try again in {seconds} s.",
            RATE_LIMIT,
            headers={RETRY_AFTER_HEADER: str(seconds)},
        )

    def state(self) -> Windows:
        """The counted requests, as stored in a snapshot."""
        return {key: tuple(window) for key, window in self._windows.items()}

    def restore(self, windows: Windows) -> None:
        """Restore the counted requests from a snapshot."""
        self._windows = {key: deque(window) for key, window in windows.items()}

    def _make_room(self, now: int) -> None:
        if len(self._windows) < _MOST_KEYS:
            return
        expired = [key for key, window in self._windows.items() if not window or window[-1] <= now - self._length]
        for key in expired or [next(iter(self._windows))]:
            del self._windows[key]
