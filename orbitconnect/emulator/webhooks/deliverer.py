"""Sends due deliveries in threads, without holding the emulator's lock."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, RLock, Thread, current_thread
from typing import Final

from ..._pipeline.clock import monotonic
from ..clock import Clock, to_microseconds
from ..fan_out import complete_fan_outs, fan_out_steps
from ..store import Store
from .queue import next_due, record
from .sending import Sending

MAX_WORKERS: Final = 8
"""How many webhooks receive deliveries at the same time. Each webhook gets one delivery at a time, in order."""

_MAX_SLEEP: Final = 1.0
"""The interval, in seconds, at which a waiting worker checks whether the clock was advanced or the emulator was
dropped."""

_PAUSE: Final = 0.001
"""How long a worker leaves the lock to requests between the steps of a fan-out, in seconds."""


class Deliverer:
    """The threads that send deliveries. A thread starts when a delivery is due, and ends when no delivery is left."""

    def __init__(self, lock: RLock, clock: Clock, store: Callable[[], Store | None], timeout: float) -> None:
        """Create a deliverer without starting threads.

        Args:
            lock: The emulator's lock.
            clock: The emulator's clock.
            store: Returns the emulator's store, or None if the emulator no longer exists.
            timeout: How many seconds of real time an attempt can take.
        """
        self._clock: Final = clock
        self._store: Final = store
        self._timeout: Final = timeout
        self._changed: Final = Condition(lock)
        self._workers: Final = set[Thread]()
        self._sendings: Final = dict[str, Sending]()
        """The attempts in progress, by webhook id."""
        self._idle: int = 0
        self._is_closing: bool = False

    def wake(self) -> None:
        """Start or wake a worker if a delivery is waiting."""
        with self._changed:
            store = self._store()
            if store is None or (store.next_delivery is None and not store.has_fan_outs):
                return
            if not self._workers or store.has_fan_outs or next_due(store, self._now(), self._sendings) is not None:
                self._rouse_worker()

    def abort(self) -> None:
        """Abort the attempts in progress, because the state was replaced or the emulator is closing."""
        with self._changed:
            for sending in self._sendings.values():
                sending.abort()

    def settle(self, timeout: float) -> None:
        """Wait until no attempt is in progress and no delivery is due.

        Raises:
            TimeoutError: If this takes more than `timeout` seconds of real time.
        """
        deadline = monotonic() + timeout
        with self._changed:
            while self._is_busy():
                self.wake()
                remaining = deadline - monotonic()
                if remaining <= 0:
                    urls = ", ".join(sorted({sending.attempt.url for sending in self._sendings.values()}))
                    raise TimeoutError(f"Deliveries are still in progress after {timeout:g} s: {urls}.")
                self._changed.wait(remaining)

    def close(self) -> None:
        """Abort the attempts in progress, and stop the threads. The caller must not hold the emulator's lock."""
        with self._changed:
            self._is_closing = True
            self.abort()
            self._changed.notify_all()
            workers = [worker for worker in self._workers if worker is not current_thread()]
        for worker in workers:
            worker.join()

    def _is_busy(self) -> bool:
        store = None if self._is_closing else self._store()
        if store is None:
            return False
        complete_fan_outs(store)
        return bool(self._sendings) or next_due(store, self._now()) is not None

    def _now(self) -> int:
        return to_microseconds(self._clock.now())

    def _rouse_worker(self) -> None:
        if self._idle:
            self._changed.notify_all()
        elif len(self._workers) < MAX_WORKERS and not self._is_closing:
            worker = Thread(target=self._work, name="orbit-deliverer", daemon=True)
            self._workers.add(worker)
            worker.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                sending = self._next()
                if sending is None:
                    self._workers.discard(current_thread())
                    return
            outcome = sending.send()
            with self._changed:
                self._fan_out()
                del self._sendings[sending.attempt.webhook_id]
                store = self._store()
                # An aborted attempt does not count: in the state that it belongs to, the delivery is still due.
                if store is not None and not sending.is_aborted:
                    record(store, sending.attempt, outcome, self._now())
                self._changed.notify_all()

    def _fan_out(self) -> None:
        """Complete the fan-outs step by step, so that requests can take the lock in between."""
        store = self._store()
        if store is not None:
            for _ in fan_out_steps(store):
                self._changed.wait(_PAUSE)
                if self._is_closing or self._store() is None:
                    return

    def _next(self) -> Sending | None:
        """Wait for a due delivery. Returns None if no deliveries are left, or if another worker is waiting."""
        while not self._is_closing:
            self._fan_out()
            store = self._store()
            if store is None:
                return None
            now = self._now()
            attempt = next_due(store, now, self._sendings)
            if attempt is not None:
                sending = self._sendings[attempt.webhook_id] = Sending(attempt, self._timeout)
                if next_due(store, now, self._sendings) is not None:
                    self._rouse_worker()
                return sending
            if self._idle or (store.next_delivery is None and not self._sendings):
                return None
            wait = _MAX_SLEEP if store.next_delivery is None else (store.next_delivery - now) / 1_000_000
            del store  # A waiting worker must not keep a reference to the emulator.
            self._idle += 1
            self._changed.wait(wait if 0 < wait < _MAX_SLEEP else _MAX_SLEEP)
            self._idle -= 1
        return None
