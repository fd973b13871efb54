"""`MemoryStore`: handled events in the memory of one process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from orbitconnect_api.types import SafeRepr

from .durations import DEFAULT_KEEP, DEFAULT_LEASE, checked_seconds
from .failures import lost
from .keys import stored_key
from .protocol import BUSY, HANDLED, Claim, new_claim

_MAX_PRUNED = 4


@dataclass(frozen=True, slots=True, repr=False)
class _Entry(SafeRepr):
    token: str
    until: float


class MemoryStore:
    """Handled events in the memory of one process, for a single worker and for tests.

    Threads and tasks can share the store: no method waits for anything. Its data is lost when the process ends, and
    other processes cannot see it.

    Args:
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default.
        capacity: The maximum number of handled events to remember. The default, 100,000, takes about 36 MB. When it is
            exceeded, the oldest event is forgotten early.
        clock: Returns the time in seconds, measured from any fixed point. It must never go backwards.

    Raises:
        ValueError: If a number is not positive.

    Example:
        ```python
        store = MemoryStore()
        with once(store, event) as mine:
            if mine:
                handle(event)
        ```
    """

    def __init__(
        self,
        *,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        capacity: int = 100_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity!r}.")
        self._lease = checked_seconds("lease", lease)
        self._keep = checked_seconds("keep", keep)
        self._capacity = capacity
        self._clock = clock
        self._lock = threading.Lock()
        # The durations are constant, so entries expire in the order in which they were added.
        self._claimed: OrderedDict[str, _Entry] = OrderedDict()
        self._handled: OrderedDict[str, _Entry] = OrderedDict()

    def claim(self, key: str, /) -> Claim:
        """Claim an event; see `ClaimStore.claim`."""
        stored = stored_key(key)
        with self._lock:
            now = self._clock()
            self._prune(now)
            if (handled := self._handled.get(stored)) and handled.until > now:
                return HANDLED
            if (claimed := self._claimed.get(stored)) and claimed.until > now:
                return BUSY
            self._claimed.pop(stored, None)  # The new entry must be the last.
            claim = new_claim()
            self._claimed[stored] = _Entry(claim.token, now + self._lease)
            return claim

    def commit(self, key: str, token: str, /) -> None:
        """Record that an event was handled; see `ClaimStore.commit`."""
        stored = stored_key(key)
        with self._lock:
            known = self._claimed.get(stored) or self._handled.get(stored)
            if not token or (known and known.token != token):
                raise lost(key)
            if _is_of(self._handled.get(stored), token):
                return
            self._claimed.pop(stored, None)
            self._handled.pop(stored, None)
            self._handled[stored] = _Entry(token, self._clock() + self._keep)
            if len(self._handled) > self._capacity:
                self._handled.popitem(last=False)

    def release(self, key: str, token: str, /) -> None:
        """Release a claim; see `ClaimStore.release`."""
        stored = stored_key(key)
        with self._lock:
            if _is_of(self._claimed.get(stored), token):
                del self._claimed[stored]

    def _prune(self, now: float) -> None:
        """Remove a few expired entries, but more than a claim can add. Claims are kept for a second lease."""
        for entries, cutoff in ((self._handled, now), (self._claimed, now - self._lease)):
            for _ in range(_MAX_PRUNED):
                oldest = next(iter(entries.values()), None)
                if oldest is None or oldest.until > cutoff:
                    break
                entries.popitem(last=False)


def _is_of(entry: _Entry | None, token: str) -> bool:
    return entry is not None and entry.token == token
