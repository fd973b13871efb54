"""Makes planned calls with all clients at once, in threads and in the tasks of one event loop."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from orbitconnect import AsyncOrbitServer, ConnectionFailedError, OrbitServer, OrbitServerError
from orbitconnect._pipeline.clock import Clock
from orbitconnect.observers import AttemptEnded, CallStarted, Observer
from tests.endurance.soak.ledger import CANCELLED, WRONG_RESULT, Entry, Fate, Ledger, fate_of
from tests.endurance.soak.mix import Mix, Planned

SPEED: Final = 40
"""The factor by which waits between attempts are shortened. An hour takes a minute and a half."""
THREADS: Final = 5
TASKS: Final = 8
TIMEOUT: Final = 3.0
CANCELLED_EVERY: Final = 50
"""One in this many calls of an async client is cancelled within a few milliseconds."""
PAUSE: Final = 2.0 / SPEED
"""How long a caller pauses after a failed connection, so that an outage does not use up all calls."""
SAMPLES_A_SECOND: Final = 4

_KEY: Final = "sk_test_soak"


class Sample(NamedTuple):
    """What the process holds at a given moment."""

    calls: int
    """The number of calls that have ended."""
    resident: int
    """Memory in bytes."""
    files: int
    threads: int


class Report(NamedTuple):
    """What the process measured about itself."""

    before: Sample
    samples: list[Sample]
    after: Sample
    """Measured after all clients were closed."""
    seconds: float
    attempts: dict[str, int]
    """The number of attempts by outcome: a status, or the kind of failure."""
    retries: int


class QuickClock(Clock):
    """A clock that waits for only a fraction of the given time."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds / SPEED)

    async def async_sleep(self, seconds: float) -> None:
        await super().async_sleep(seconds / SPEED)


class Tally(Observer):
    """An observer that counts attempts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.attempts: Counter[str] = Counter()
        self.retries = 0

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        with self._lock:
            self.attempts[attempt.failure or str(attempt.status)] += 1
            self.retries += attempt.retry_in is not None


class Traffic:
    """Makes calls and writes the outcome of each into the ledger."""

    def __init__(self, mix: Mix, ledger: Ledger) -> None:
        self._mix = mix
        self._ledger = ledger
        self._tally = Tally()

    def run(self, stacks: list[str], count: int) -> Report:
        """Make all calls, the same number with each stack."""
        before, began = self._sample(), time.monotonic()
        numbers = {stack: iter(range(place, count, len(stacks))) for place, stack in enumerate(stacks)}
        clients = {stack: self._client(stack) for stack in stacks if stack.startswith("sync")}
        workers = [
            threading.Thread(target=self._work, args=(stack, client, numbers[stack]))
            for stack, client in clients.items()
            for _ in range(THREADS)
        ]
        workers.append(threading.Thread(target=lambda: asyncio.run(self._work_async(numbers))))
        for worker in workers:
            worker.start()
        samples: list[Sample] = []
        while any(worker.is_alive() for worker in workers):
            time.sleep(1 / SAMPLES_A_SECOND)
            samples.append(self._sample())
        seconds = time.monotonic() - began
        for client in clients.values():
            client.close()
        clients.clear()
        gc.collect()
        return Report(before, samples, self._sample(), seconds, self._tally.attempts, self._tally.retries)

    def _client(self, stack: str) -> Any:
        kind, _, transport = stack.partition("-")
        make: Any = OrbitServer if kind == "sync" else AsyncOrbitServer
        client = make(_KEY, transport=transport, timeout=TIMEOUT, observers=[self._tally])
        client._connection.clock = QuickClock()
        return client

    def _work(self, stack: str, client: OrbitServer, numbers: Iterator[int]) -> None:
        follow_ups: list[Planned] = []
        for number in numbers:
            planned = follow_ups.pop() if follow_ups else self._mix.plan(number)
            try:
                result = planned.make(client)
            except Exception as error:  # noqa: BLE001  # The audit checks which errors may occur.
                self._failed(number, stack, planned, error)
                if isinstance(error, ConnectionFailedError):
                    time.sleep(PAUSE)
            else:
                follow_ups += self._ended(number, stack, planned, result)

    async def _work_async(self, numbers: dict[str, Iterator[int]]) -> None:
        clients = {stack: self._client(stack) for stack in numbers if stack.startswith("async")}
        tasks = [self._task(stack, client, numbers[stack]) for stack, client in clients.items() for _ in range(TASKS)]
        await asyncio.gather(*tasks)
        for client in clients.values():
            await client.aclose()

    async def _task(self, stack: str, client: AsyncOrbitServer, numbers: Iterator[int]) -> None:
        follow_ups: list[Planned] = []
        chance = random.Random(stack)
        for number in numbers:
            planned = follow_ups.pop() if follow_ups else self._mix.plan(number)
            limit = chance.uniform(0, 0.02) if chance.randrange(CANCELLED_EVERY) == 0 else None
            try:
                async with asyncio.timeout(limit):
                    result = await planned.make(client)
            except Exception as error:  # noqa: BLE001  # As above.
                if limit is not None and isinstance(error, TimeoutError):
                    self._ledger.write(Entry(number, stack, planned.kind, planned.key, "unknown", CANCELLED, 0, 0))
                else:
                    self._failed(number, stack, planned, error)
                if isinstance(error, ConnectionFailedError):
                    await asyncio.sleep(PAUSE)
            else:
                follow_ups += self._ended(number, stack, planned, result)

    def _ended(self, number: int, stack: str, planned: Planned, result: Any) -> list[Planned]:
        try:
            fits = planned.fits(result)
        except (AttributeError, KeyError, TypeError):
            fits = False
        error = "" if fits else WRONG_RESULT
        self._ledger.write(Entry(number, stack, planned.kind, planned.key, "done", error, 200, 0))
        return list(planned.then(result)) if fits else []

    def _failed(self, number: int, stack: str, planned: Planned, error: Exception) -> None:
        fate: Fate = "unknown"
        status = attempts = 0
        if isinstance(error, OrbitServerError):
            fate, status, attempts = fate_of(error), error.status, error.attempts
        name = type(error).__name__
        self._ledger.write(Entry(number, stack, planned.kind, planned.key, fate, name, status, attempts))

    def _sample(self) -> Sample:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        files = sum(1 for _ in Path("/proc/self/fd").iterdir())
        return Sample(self._ledger.count, pages * os.sysconf("SC_PAGESIZE"), files, threading.active_count())
