"""What tests control besides sending requests: time, state and the rate limit."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime, timedelta

from orbitconnect_api.models.usage_event import UsageEvent

from .clock import clock_state, restore_clock, to_microseconds
from .control.clock_steps import advance_in_steps
from .control.rate_limits import Limiter, RateLimit
from .control.reading import open_archive
from .control.snapshots import Snapshot, write_archive
from .core import EmulatorCore
from .fan_out import complete_fan_outs
from .store import Store


class ControlledEmulator(EmulatorCore):
    """An emulator whose time, state and rate limit a test controls."""

    def settle(self, timeout: float = 5.0) -> None:
        """Wait until all jobs and webhook deliveries that are currently due are done.

        Webhook receivers must be able to respond in the meantime. If a receiver runs in the event loop from which you
        call this, call it in a thread: `await asyncio.to_thread(emulator.settle)`.

        Args:
            timeout: How long to wait, in seconds of real time.

        Raises:
            TimeoutError: If deliveries are still in progress after `timeout`.
        """
        with self._lock:
            if not self._closed:
                self._run_due_jobs(to_microseconds(self.clock.now()))
        self._deliverer.settle(timeout)

    def next_due(self) -> int | None:
        """When the next job or webhook delivery is due, in microseconds since 1970, or None if nothing is pending."""
        with self._lock:
            complete_fan_outs(self._store)
            self._store.look_for_jobs()
            self._store.look_for_deliveries()
            due = [time for time in (self._store.next_job, self._store.next_delivery) if time is not None]
            return min(due, default=None)

    def advance(self, by: timedelta | float, *, timeout: float = 5.0) -> datetime:
        """Advance the clock, and perform everything that becomes due in the meantime, in order.

        Each job runs, and each webhook delivery is sent, at the time at which it is due. Consequences, such as the next
        attempt of a delivery, also happen if they are due before the new time. As with `settle`, webhook receivers must
        be able to respond in the meantime.

        Args:
            by: How far to advance, as a timedelta or in seconds.
            timeout: How long the deliveries that are due at one time may take, in seconds of real time.

        Returns:
            The new time.

        Raises:
            ValueError: If `by` is negative, or the new time would be after the beginning of the year 9000.
            TypeError: If the clock cannot be advanced.
            TimeoutError: If deliveries take longer than `timeout`. The clock then stops at the time at which they are
                due.
        """
        with self._advancing:
            return advance_in_steps(self.clock, by, self.next_due, lambda: self.settle(timeout))

    @property
    def rate_limit(self) -> RateLimit | None:
        """The rate limit, or None if requests are not limited. Setting it starts a new count."""
        limiter = self._limiter
        return None if limiter is None else limiter.limit

    @rate_limit.setter
    def rate_limit(self, limit: RateLimit | None) -> None:
        with self._lock:
            self._limiter = None if limit is None else Limiter(limit)

    def usage_events(self) -> list[UsageEvent]:
        """Return all recorded usage with its metadata, oldest first.

        The API itself does not list usage events. Use this method in a test to check that a charge was made, and made
        only once, when its response was lost.
        """
        from .billing.usage import all_usage

        usage: list[UsageEvent] = self._in_transaction(all_usage)
        return usage

    def snapshot(self) -> Snapshot:
        """Take a snapshot of the data, the position in the id sequence, the clock, and the rate limit's count."""
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
        """Restore a snapshot. The same requests then get the same ids as after the snapshot was taken.

        The journal and the faults do not change.

        Args:
            snapshot: A snapshot of this emulator or of another one.
            keep_clock: Keep the current clock instead of restoring the snapshot's clock.
        """
        if snapshot.files is not None and snapshot.files is not self._files:
            for path in snapshot.files.paths():
                self._files.add(path)
        self._replace_state(snapshot, keep_clock=keep_clock)

    def reset(self) -> None:
        """Reset the emulator to its initial state, including its data, clock, journal and faults."""
        with closing(Store(seed=self._seed)) as fresh:
            snapshot = Snapshot(database=fresh.copy(), request_ids=0, clock=self._clock_at_start)
        with self._lock:
            self._replace_state(snapshot, keep_clock=False)
            self._register_webhooks()
            self.journal.clear()
            self.faults.clear()

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write the state to a file, including the bytes of media.

        The file is replaced atomically: even after a crash, it is either the old file or the new one.

        Args:
            path: The file. An existing file is replaced.
        """
        write_archive(path, self.snapshot(), self._files.paths())

    def load(self, path: str | os.PathLike[str], *, keep_clock: bool = False) -> None:
        """Replace the state with one written by `export`.

        Args:
            path: The file.
            keep_clock: Keep the current clock instead of restoring the clock in the file.

        Raises:
            ValueError: If the file does not contain an emulator's state, or was written by another version. The
                current state does not change.
            OSError: If the file cannot be read.
        """
        known_files = frozenset(file.name for file in self._files.paths())
        with open_archive(path, known_files=known_files) as archive:
            for file in archive.files:
                self._files.add(file)
            self._replace_state(archive.snapshot, keep_clock=keep_clock)

    def _replace_state(self, snapshot: Snapshot, *, keep_clock: bool) -> None:
        with self._lock:
            self._check_open()
            self._replace_store(snapshot.database, snapshot.request_ids)
            self._deliverer.abort()
            if not keep_clock:
                restore_clock(self.clock, snapshot.clock)
            if self._limiter is not None:
                self._limiter.restore(snapshot.windows)
            self._deliverer.wake()
