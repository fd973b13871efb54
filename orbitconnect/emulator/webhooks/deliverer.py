"""Sends the deliveries that are due: in threads of its own, outside of the emulator's lock."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, RLock, Thread, current_thread
from typing import Final

from ..._pipeline.clock import monotonic
from ..clock import Clock, to_microseconds
from ..store import Store
from .queue import next_due, record
from .sending import Sending

MAX_WORKERS: Final = 8
"""How many webhooks are delivered to at the same time. Each gets one delivery after the other, in order."""

_ROUND: Final = 1.0
"""How long a worker sleeps at most, in seconds: somebody may have turned the clock on, or let go of the emulator."""


class Deliverer:
    """The threads that deliver. There is none before the first delivery, and none that has nothing left to do."""

    def __init__(self, lock: RLock, clock: Clock, store: Callable[[], Store | None], timeout: float) -> None:
        """Makes a deliverer.

        Args:
            lock: The emulator's.
            clock: The emulator's time.
            store: Gives the emulator's store; None once the emulator is no more.
            timeout: How many seconds of real time an attempt may take.
        """
        self._clock: Final = clock
        self._store: Final = store
        self._timeout: Final = timeout
        self._changed: Final = Condition(lock)
        self._workers: Final = set[Thread]()
        self._sendings: Final = dict[str, Sending]()
        """What is on its way, by the webhook that it goes to."""
        self._idle: int = 0
        self._is_closing: bool = False

    def wake(self) -> None:
        """Sees to it that somebody looks after what is to be delivered."""
        with self._changed:
            store = self._store()
            if store is None or store.next_delivery is None:
                return
            if not self._workers or next_due(store, self._now(), self._sendings) is not None:
                self._call_worker()

    def forget(self) -> None:
        """Breaks off what is on its way: it belongs to a state that is no more, or to an emulator that ends."""
        with self._changed:
            for sending in self._sendings.values():
                sending.break_off()

    def settle(self, timeout: float) -> None:
        """Waits until nothing is on its way and nothing is due.

        Raises:
            TimeoutError: If that takes longer than this many seconds of real time.
        """
        deadline = monotonic() + timeout
        with self._changed:
            while self._is_busy():
                self.wake()
                left = deadline - monotonic()
                if left <= 0:
                    urls = ", ".join(sorted({sending.parcel.url for sending in self._sendings.values()}))
                    raise TimeoutError(f"After {timeout:g} s there are still deliveries on their way: {urls}.")
                self._changed.wait(left)

    def close(self) -> None:
        """Breaks off what is on its way, and ends the threads. The caller does not hold the emulator's lock."""
        with self._changed:
            self._is_closing = True
            self.forget()
            self._changed.notify_all()
            workers = [worker for worker in self._workers if worker is not current_thread()]
        for worker in workers:
            worker.join()

    def _is_busy(self) -> bool:
        store = None if self._is_closing else self._store()
        if store is None:
            return False
        return bool(self._sendings) or next_due(store, self._now()) is not None

    def _now(self) -> int:
        return to_microseconds(self._clock.now())

    def _call_worker(self) -> None:
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
                del self._sendings[sending.parcel.webhook_id]
                store = self._store()
                # What was broken off is no failure of the receiver's: it is still due in the state that it belongs to.
                if store is not None and not sending.is_broken_off:
                    record(store, sending.parcel, outcome, self._now())
                self._changed.notify_all()

    def _next(self) -> Sending | None:
        """Waits for something that is due; None if there is nothing left to do, or somebody else waits for it."""
        while not self._is_closing:
            store = self._store()
            if store is None:
                return None
            now = self._now()
            parcel = next_due(store, now, self._sendings)
            if parcel is not None:
                sending = self._sendings[parcel.webhook_id] = Sending(parcel, self._timeout)
                if next_due(store, now, self._sendings) is not None:
                    self._call_worker()
                return sending
            if self._idle or (store.next_delivery is None and not self._sendings):
                return None
            left = _ROUND if store.next_delivery is None else (store.next_delivery - now) / 1_000_000
            del store  # Nothing of the emulator is kept alive by waiting.
            self._idle += 1
            self._changed.wait(left if 0 < left < _ROUND else _ROUND)
            self._idle -= 1
        return None
