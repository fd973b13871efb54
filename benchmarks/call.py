"""The client's CPU time of one call, against plain httpx: `python -m benchmarks.call`.

Both send the same fields to the same server over one kept connection. The SDK does it with its default transport: the
base URL, which is fixed, is replaced in `orbitconnect_api.operations` before anything reads it. That is fairer than a
transport that rewrites every URL, whose work would count as the SDK's.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from benchmarks import server
from orbitconnect_api import operations

REPETITIONS = 31
CALLS = 200
METADATA = {"plan": "pro", "region": "eu-west-1", "tags": ["beta", "invited"], "note": "met at the conference"}
FIELDS = {"external_id": "customer-1", "display_name": "Ada Lovelace", "metadata": METADATA}
KEY = "sk_test_benchmark"


def measure(contestants: dict[str, Callable[[int], None]]) -> dict[str, float]:
    """CPU microseconds per call: medians of repetitions that take turns, so that all see the same machine."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for run in contestants.values():
        run(CALLS)
    for repetition in range(REPETITIONS):
        names = list(contestants)
        for name in names if repetition % 2 else reversed(names):
            gc.collect()
            began = time.process_time()
            contestants[name](CALLS)
            seconds[name].append(time.process_time() - began)
    return {name: statistics.median(runs) / CALLS * 1e6 for name, runs in seconds.items()}


def sync_calls(url: str) -> dict[str, float]:
    """httpx's client and ours."""
    from orbitconnect import OrbitServer

    with httpx.Client(headers={operations.SECRET_KEY_HEADER: KEY}) as plain, OrbitServer(KEY) as orbit:

        def naive(count: int) -> None:
            for _ in range(count):
                plain.post(url, json=FIELDS).json()

        def facade(count: int) -> None:
            for _ in range(count):
                orbit.users.create(external_id="customer-1", display_name="Ada Lovelace", metadata=METADATA)

        return measure({"httpx.Client": naive, "OrbitServer": facade})


def async_calls(url: str, at_once: int) -> dict[str, float]:
    """httpx's asynchronous client and ours, with so many calls under way at any time."""
    from orbitconnect import AsyncOrbitServer

    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        plain, orbit = httpx.AsyncClient(headers={operations.SECRET_KEY_HEADER: KEY}), AsyncOrbitServer(KEY)

        async def naive(count: int) -> None:
            for _ in range(count):
                (await plain.post(url, json=FIELDS)).json()

        async def facade(count: int) -> None:
            for _ in range(count):
                await orbit.users.create(external_id="customer-1", display_name="Ada Lovelace", metadata=METADATA)

        async def spread(work: Callable[[int], Coroutine[Any, Any, None]], count: int) -> None:
            await asyncio.gather(*(work(count // at_once) for _ in range(at_once)))

        try:
            return measure(
                {
                    "httpx.AsyncClient": lambda count: loop.run_until_complete(spread(naive, count)),
                    "AsyncOrbitServer": lambda count: loop.run_until_complete(spread(facade, count)),
                }
            )
        finally:
            loop.run_until_complete(plain.aclose())
            loop.run_until_complete(orbit.aclose())


def show(title: str, results: dict[str, float]) -> None:
    """Prints the ratios to the first one."""
    base = next(iter(results.values()))
    print(title)
    for name, microseconds in results.items():
        print(f"  {name:<18} {microseconds / base:5.2f}   {microseconds:7.0f} µs")


def main() -> None:
    """Runs all of it."""
    with server.running() as base_url:
        operations.BASE_URL = base_url  # type: ignore[misc]  # pyright: ignore[reportConstantRedefinition]
        url = base_url + operations.CREATE_APP_USER.path
        show("One call at a time", sync_calls(url))
        show("Asynchronous, one call at a time", async_calls(url, 1))
        show("Asynchronous, 50 calls at once", async_calls(url, 50))


if __name__ == "__main__":
    main()
