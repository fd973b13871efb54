"""For each argument SCENARIO=COUNT, runs the scenario COUNT times, and prints what has grown."""

from __future__ import annotations

import asyncio
import gc
import inspect
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from orbitconnect import AsyncOrbitServer, NotFoundError, OrbitServer
from tests.base_url import set_base_url

KEY = "sk_test_lifecycle"
THREADS = 8


class Sums:
    """What the process holds at a given moment."""

    def __init__(self) -> None:
        gc.collect()
        self.files = len(list(Path("/proc/self/fd").iterdir()))
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.memory = pages * os.sysconf("SC_PAGE_SIZE")
        self.threads = threading.active_count()
        self.kinds = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())

    def grown(self, before: Sums) -> dict[str, Any]:
        return {
            "files": self.files - before.files,
            "memory": self.memory - before.memory,
            "threads": self.threads - before.threads,
            "garbage": len(gc.garbage),
            "objects": sum(self.kinds.values()) - sum(before.kinds.values()),
            "kinds": (self.kinds - before.kinds).most_common(5),
        }


def calls(count: int) -> None:
    with OrbitServer(KEY) as orbit, ThreadPoolExecutor(THREADS) as executor:

        def some(number: int) -> None:
            for _ in range(number):
                orbit.users.get("usr_1")

        list(executor.map(some, [count // THREADS] * THREADS))


async def async_calls(count: int) -> None:
    async with AsyncOrbitServer(KEY) as orbit:

        async def some(number: int) -> None:
            for _ in range(number):
                await orbit.users.get("usr_1")

        await asyncio.gather(*(some(count // THREADS) for _ in range(THREADS)))


def failures(count: int) -> None:
    with OrbitServer(KEY) as orbit:
        for _ in range(count):
            try:
                orbit.users.get("missing")
            except NotFoundError:
                continue
            raise AssertionError


async def cancelled(count: int) -> None:
    async with AsyncOrbitServer(KEY) as orbit:
        for _ in range(count):
            task = asyncio.ensure_future(orbit.users.get("usr_1"))
            for _ in range(5):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])


def views(count: int) -> None:
    with OrbitServer(KEY) as orbit:
        for number in range(count):
            view = orbit.as_user(f"usr_{number}").with_options(timeout=5 + number, headers={"x-n": str(number)})
            if number % 100 == 0:
                view.users.get("usr_1")


def closed_clients(count: int) -> None:
    for _ in range(count):
        with OrbitServer(KEY) as orbit:
            orbit.users.get("usr_1")


def dropped_clients(count: int) -> None:
    for _ in range(count):
        OrbitServer(KEY).users.get("usr_1")


def stdlib_clients(count: int) -> None:
    """Calls with results and errors over clients that are closed or dropped, with the stack `stdlib`."""
    for number in range(count):
        orbit = OrbitServer(KEY, transport="stdlib")
        for _ in range(10):
            orbit.users.get("usr_1")
            try:
                orbit.users.get("missing")
            except NotFoundError:
                continue
            raise AssertionError
        if number % 2:
            orbit.close()


async def async_closed_clients(count: int) -> None:
    for _ in range(count):
        async with AsyncOrbitServer(KEY) as orbit:
            await orbit.users.get("usr_1")


async def async_dropped_clients(count: int) -> None:
    for _ in range(count):
        await AsyncOrbitServer(KEY).users.get("usr_1")
    # Tasks in the event loop close the connections, so let these tasks run.
    for _ in range(500):
        if len(asyncio.all_tasks()) == 1:
            break
        await asyncio.sleep(0.01)


def loops(count: int) -> None:
    orbit = AsyncOrbitServer(KEY)

    async def one() -> None:
        await orbit.users.get("usr_1")

    for _ in range(count):
        asyncio.run(one())


SCENARIOS: dict[str, Callable[[int], None] | Callable[[int], Awaitable[None]]] = {
    work.__name__: work
    for work in (
        calls,
        async_calls,
        failures,
        cancelled,
        views,
        closed_clients,
        dropped_clients,
        stdlib_clients,
        async_closed_clients,
        async_dropped_clients,
        loops,
    )
}


async def measured_async(work: Callable[[int], Awaitable[None]], count: int) -> dict[str, Any]:
    await work(max(count // 5, 50))
    before = Sums()
    await work(count)
    grown = Sums().grown(before)
    return {**grown, "tasks": len(asyncio.all_tasks()) - 1}


def measured(work: Callable[[int], None], count: int) -> dict[str, Any]:
    work(max(count // 5, 50))
    before = Sums()
    work(count)
    return {**Sums().grown(before), "tasks": 0}


def main() -> None:
    set_base_url(os.environ["LIFECYCLE_URL"])
    grown = {}
    for argument in sys.argv[1:]:
        scenario, _, count = argument.partition("=")
        work: Any = SCENARIOS[scenario]
        is_async = inspect.iscoroutinefunction(work)
        grown[scenario] = asyncio.run(measured_async(work, int(count))) if is_async else measured(work, int(count))
    sys.stdout.write(json.dumps(grown))


if __name__ == "__main__":
    main()
