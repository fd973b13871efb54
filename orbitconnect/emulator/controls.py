"""What tests do with an emulator besides calling it: its time, its state, faults, the journal, limits."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime, timedelta

from orbitconnect_api.models.usage_event import UsageEvent

from .clock import to_microseconds
from .control.rate_limits import Limiter, RateLimit
from .control.reading import open_archive
from .control.snapshots import Snapshot, write_archive
from .control.turning import clock_state, restore_clock, turn
from .core import EmulatorCore
from .ids import secret
from .store import Store


class ControlledEmulator(EmulatorCore):
    """An emulator whose time, state and behaviour a test controls."""

    def settle(self, timeout: float = 5.0) -> None:
        """Waits until everything is done that is due by now: jobs, and deliveries to webhooks.

        A receiver has to be able to answer meanwhile: where it runs in the event loop that calls this, call it in a
        thread, as in `await asyncio.to_thread(emulator.settle)`.

        Args:
            timeout: For how many seconds of real time to wait.

        Raises:
            TimeoutError: If there are still deliveries on their way then.
        """
        with self._lock:
            if not self._closed:
                self._run_due_jobs(to_microseconds(self.clock.now()))
        self._deliverer.settle(timeout)

    def next_due(self) -> int | None:
        """When the next job or delivery to a webhook falls due, in microseconds since 1970."""
        with self._lock:
            self._store.look_for_jobs()
            self._store.look_for_deliveries()
            due = [instant for instant in (self._store.next_job, self._store.next_delivery) if instant is not None]
            return min(due, default=None)

    def advance(self, by: timedelta | float, *, timeout: float = 5.0) -> datetime:
        """Turns the clock forward, and has everything done on the way at its time, one after the other.

        Jobs are done, and deliveries to webhooks are sent, at the instants at which they fall due; what follows from
        them, such as another attempt, is done too if it falls due by then. As with `settle`, receivers have to be
        able to answer meanwhile.

        Args:
            by: How far, as a timedelta or in seconds.
            timeout: How many seconds of real time the deliveries of one instant may take.

        Returns:
            The new time.

        Raises:
            ValueError: If it would go back, or beyond the year 9000.
            TypeError: If the clock is one that cannot be turned.
            TimeoutError: If deliveries take too long; the clock stands at their instant then.
        """
        with self._advancing:
            return turn(self.clock, by, self.next_due, lambda: self.settle(timeout))

    @property
    def rate_limit(self) -> RateLimit | None:
        """How many requests a key may make; it can be set at any time, and counts from then on."""
        limiter = self._limiter
        return None if limiter is None else limiter.limit

    @rate_limit.setter
    def rate_limit(self, limit: RateLimit | None) -> None:
        with self._lock:
            self._limiter = None if limit is None else Limiter(limit)

    def usage_events(self) -> list[UsageEvent]:
        """Everything that was charged, with the metadata that it was recorded with, oldest first.

        The API itself does not list usage events. A test finds here whether a charge whose answer was lost was made,
        and whether it was made once.
        """
        from .billing.usage import all_usage

        usage: list[UsageEvent] = self._in_transaction(all_usage)
        return usage

    def snapshot(self) -> Snapshot:
        """Takes down the state: all that the API knows, the ids that were taken, and the clock."""
        with self._lock:
            self._check_open()
            return Snapshot(
                database=self._store.copy(),
                request_ids=self._store.request_ids.counter,
                clock=clock_state(self.clock),
                windows={} if self._limiter is None else self._limiter.state(),
                files=self._files,
            )

    def restore(self, snapshot: Snapshot, *, keep_clock: bool = False) -> None:
        """Goes back to a state. What happens from there on happens as it did the first time, with the same ids.

        The journal and the faults stay as they are.

        Args:
            snapshot: The state, of this emulator or another one.
            keep_clock: Whether the clock goes on as it is, not as it was.
        """
        if snapshot.files is not None and snapshot.files is not self._files:
            for path in snapshot.files.paths():
                self._files.add(path)
        self._replace_state(snapshot, keep_clock=keep_clock)

    def reset(self) -> None:
        """Makes the emulator as if it had just been started: state, clock, journal and faults."""
        with closing(Store(seed=self._seed)) as fresh:
            snapshot = Snapshot(database=fresh.copy(), request_ids=0, clock=self._clock_at_start)
        with self._lock:
            self._replace_state(snapshot, keep_clock=False)
            self._register_webhooks()
            self.journal.clear()
            self.faults.clear()

    def export(self, path: str | os.PathLike[str]) -> None:
        """Writes the state to a file, media included.

        It is written beside and then renamed: whatever happens, the file is the old one or the new one.

        Args:
            path: The file; one that is there is replaced.
        """
        write_archive(path, self.snapshot(), self._files.paths())

    def load(self, path: str | os.PathLike[str], *, keep_clock: bool = False) -> None:
        """Goes to a state that `export` wrote; the present one is gone.

        Args:
            path: The file.
            keep_clock: Whether the clock goes on as it is, not as it was when the state was written.

        Raises:
            ValueError: If the file holds no state of an emulator, or one of another version; nothing has changed then.
            OSError: If it cannot be read.
        """
        known_files = frozenset(file.name for file in self._files.paths())
        with open_archive(path, known_files=known_files) as archive:
            for file in archive.files:
                self._files.add(file)
            self._replace_state(archive.snapshot, keep_clock=keep_clock)

    def _replace_state(self, snapshot: Snapshot, *, keep_clock: bool) -> None:
        with self._lock:
            self._check_open()
            self._store.replace(snapshot.database, snapshot.request_ids)
            self._deliverer.forget()
            self.token_secret = secret(self._store.key, b"tokens")
            if not keep_clock:
                restore_clock(self.clock, snapshot.clock)
            if self._limiter is not None:
                self._limiter.restore(snapshot.windows)
            self._deliverer.wake()
