"""Limits on how many requests a key makes in so much of the emulator's time."""

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
"""So that nobody fills the memory with keys that are used once."""

Windows = Mapping[str, tuple[int, ...]]
"""The instants of each key's requests that still count."""


@frozen(repr=False)
class RateLimit(SafeRepr):
    """How many requests a key may make within how many seconds, wherever those begin."""

    requests: int = field(validator=validators.ge(1))
    seconds: float = field(default=1.0, validator=[validators.gt(0), validators.le(_LONGEST)])


class Limiter:
    """Counts the requests. Whoever uses it holds the emulator's lock."""

    def __init__(self, limit: RateLimit) -> None:
        self.limit: Final = limit
        self._length = max(1, round(limit.seconds * _SECOND))
        self._windows: dict[str, deque[int]] = {}

    def check(self, headers: Mapping[str, str], now: int) -> None:
        """Counts a request, which has a key.

        Args:
            headers: The request's headers.
            now: The emulator's time, in microseconds.

        Raises:
            Refusal: If it is one too many; it is not counted then, and the answer says when there is room again.
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
        # Rounded up, so that whoever waits that long is not too early.
        seconds = -(-(window[0] + self._length - now) // _SECOND)
        raise Refusal(
            429,
            "rate_limited",
            f"More than {self.limit.requests} requests in {self.limit.seconds:g} s. Try again in {seconds} s.",
            RATE_LIMIT,
            headers={RETRY_AFTER_HEADER: str(seconds)},
        )

    def state(self) -> Windows:
        """What was counted: a part of a snapshot."""
        return {key: tuple(window) for key, window in self._windows.items()}

    def restore(self, windows: Windows) -> None:
        """Goes back to what was counted."""
        self._windows = {key: deque(window) for key, window in windows.items()}

    def _make_room(self, now: int) -> None:
        if len(self._windows) < _MOST_KEYS:
            return
        over = [key for key, window in self._windows.items() if not window or window[-1] <= now - self._length]
        for key in over or [next(iter(self._windows))]:
            del self._windows[key]
