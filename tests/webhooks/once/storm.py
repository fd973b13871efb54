"""A storm of redeliveries: each event is delivered several times to several workers, and some handlers fail.

A delivery that fails is repeated to the same worker, as a sender would repeat it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing.managers import SyncManager
from typing import Any, NamedTuple

from orbitconnect.webhooks.once import AsyncClaimStore, ClaimStore, EventBusy, async_once, once
from tests.webhooks.once.backends import Backend

_WORK = 0.001
"""The duration of a handler, in seconds, so that deliveries of an event overlap."""


class HandlerFailed(Exception):
    """A handler failed on purpose."""


@dataclass
class Outcome:
    """What the workers observed."""

    handled: Counter[str] = field(default_factory=Counter[str])
    failed: int = 0
    busy: int = 0
    found_handled: int = 0
    seconds: float = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.handled + other.handled,
            self.failed + other.failed,
            self.busy + other.busy,
            self.found_handled + other.found_handled,
            max(self.seconds, other.seconds),
        )


class Processes(NamedTuple):
    """Workers that several storms share, because starting them takes longer than a storm."""

    pool: ProcessPoolExecutor
    manager: SyncManager


@contextmanager
def processes(workers: int) -> Iterator[Processes]:
    """Start processes when they are needed, up to the given number."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield Processes(pool, manager)


def storm(
    backend: Backend, *, events: int, copies: int, workers: int, failing: float, started: Processes | None = None
) -> Outcome:
    """Deliver every event `copies` times in random order, to workers that start at the same moment.

    The first event of each worker fails, and so does the fraction `failing` of the others. The workers are processes.
    For a backend in `MEMORY`, they are threads, or tasks in one event loop.
    """
    deliveries = [f"evt_{event}" for event in range(events)] * copies
    random.Random(1).shuffle(deliveries)
    shares = [deliveries[number::workers] for number in range(workers)]
    if backend.kind == "memory, asyncio":
        outcomes = asyncio.run(_tasks(backend, shares, failing))
    elif backend.kind == "memory":
        with backend.opened() as store, ThreadPoolExecutor(workers) as pool:
            barrier = threading.Barrier(workers)
            futures = [pool.submit(_work, store, barrier, share, failing, n) for n, share in enumerate(shares)]
            outcomes = [future.result() for future in futures]
    else:
        with backend.opened():  # Creates the table.
            pass
        with processes(workers) if started is None else nullcontext(started) as (executor, manager):
            everybody = manager.Barrier(workers)
            futures = [
                executor.submit(_process, backend, everybody, share, failing, n) for n, share in enumerate(shares)
            ]
            outcomes = [future.result() for future in futures]
    return sum(outcomes, Outcome())


async def _tasks(backend: Backend, shares: list[list[str]], failing: float) -> list[Outcome]:
    async with backend.async_opened() as store:
        return await asyncio.gather(*(_work_async(store, share, failing, n) for n, share in enumerate(shares)))


def _process(backend: Backend, barrier: Any, share: list[str], failing: float, seed: int) -> Outcome:
    if not backend.is_async:
        with backend.opened() as store:
            return _work(store, barrier, share, failing, seed)

    async def work() -> Outcome:
        async with backend.async_opened() as store:
            await asyncio.to_thread(barrier.wait, 120)
            return await _work_async(store, share, failing, seed)

    return asyncio.run(work())


def _work(store: ClaimStore, barrier: Any, share: list[str], failing: float, seed: int) -> Outcome:
    """Run one worker. `_work_async` does the same with asyncio."""
    outcome, chance, waiting = Outcome(), random.Random(seed), deque(share)
    barrier.wait(120)
    began = time.perf_counter()
    while waiting:
        event = waiting.popleft()
        try:
            with once(store, event) as mine:
                if mine:
                    time.sleep(_WORK)
                    if not outcome.failed or chance.random() < failing:
                        raise HandlerFailed
                    outcome.handled[event] += 1
                else:
                    outcome.found_handled += 1
        except HandlerFailed:
            outcome.failed += 1
            waiting.append(event)
        except EventBusy:
            outcome.busy += 1
            waiting.append(event)
            time.sleep(_WORK)
    outcome.seconds = time.perf_counter() - began
    return outcome


async def _work_async(store: AsyncClaimStore, share: list[str], failing: float, seed: int) -> Outcome:
    outcome, chance, waiting = Outcome(), random.Random(seed), deque(share)
    began = time.perf_counter()
    while waiting:
        event = waiting.popleft()
        try:
            async with async_once(store, event) as mine:
                if mine:
                    await asyncio.sleep(_WORK)
                    if not outcome.failed or chance.random() < failing:
                        raise HandlerFailed
                    outcome.handled[event] += 1
                else:
                    outcome.found_handled += 1
        except HandlerFailed:
            outcome.failed += 1
            waiting.append(event)
        except EventBusy:
            outcome.busy += 1
            waiting.append(event)
            await asyncio.sleep(_WORK)
    outcome.seconds = time.perf_counter() - began
    return outcome
