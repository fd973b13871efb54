"""How long calls take when they arrive at a fixed rate, whether or not earlier ones have ended.

The time of a call counts from the instant at which it was due. So a client that is late with one call is also charged
for the calls that wait behind it. A loop that begins a call when the last one has ended would hide that ("coordinated
omission").
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from benchmarks import cores, server, worker
from benchmarks.contestants import ASYNC, BASE, OURS, SYNC
from benchmarks.measure import Measured
from benchmarks.report import Panel, Picture, Report, Table, surroundings
from benchmarks.worker import Kind

RATE = 250
"""The average number of calls that arrive in a second."""
CALLS = 800
"""The number of calls in a round. The same share of them meets a slow response, because 100 divides it."""
ROUNDS = 2
THREADS = 50
"""For sync clients. On average, about eight calls are in progress."""
CONTESTANTS: dict[Kind, list[str]] = {
    "sync": [BASE, OURS, f"{OURS} (stdlib)", "requests", "stripe", "openai"],
    "async": [BASE, OURS, f"{OURS} (aiohttp)", "aiohttp", "stripe", "openai"],
}


def run(*, quick: bool) -> Report:
    """Measure a part of the contestants, sync and async. A quick run measures only ours."""
    latencies: dict[tuple[Kind, str], list[float]] = {}
    absent: dict[str, str] = {}
    with server.running() as origins:
        for _ in range(1 if quick else ROUNDS):
            for kind, names in CONTESTANTS.items():
                for name in [OURS] if quick else names:
                    try:
                        measured = _round(name, kind, origins, CALLS // 10 if quick else CALLS)
                    except worker.Absent as reason:
                        absent[name] = str(reason)
                    else:
                        latencies.setdefault((kind, name), []).extend(measured)
    note = (
        f"The server needs {server.DELAY * 1e3:.0f} ms for a response, but {server.SLOW_DELAY:g} s for exactly one in "
        f"{server.SLOW_EVERY}. So the 99th percentile is the slowest of the other calls. {worker.describe(absent)}"
    )
    columns = ["", "median", "90 %", "99 %", "slowest"]
    rows = [
        [f"{name}, {kind}", *(f"{percentile(values, share) * 1e3:,.1f} ms" for share in (0.5, 0.9, 0.99, 1))]
        for (kind, name), values in latencies.items()
    ]
    calls = len(next(iter(latencies.values())))
    title = f"Time until the response at {RATE} calls a second ({calls:,} calls of each client)"
    return Report([Table(title, columns, rows, note.strip())], [_picture(latencies)], _values(latencies))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that is not exceeded by this share of the values."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def _values(latencies: dict[tuple[Kind, str], list[float]]) -> dict[str, Measured]:
    return {
        f"{kind}/{name}/{share:.0%}": Measured.of([percentile(values, share)])
        for (kind, name), values in latencies.items()
        for share in (0.5, 0.99)
    }


def _picture(latencies: dict[tuple[Kind, str], list[float]]) -> Picture:
    def bar(values: list[float]) -> list[float]:
        median, last = percentile(values, 0.5) * 1e3, percentile(values, 0.99) * 1e3
        return [median, last - median]

    return Picture(
        "latency",
        f"Time until the response, at {RATE} calls a second",
        f"milliseconds, of which the server takes {server.DELAY * 1e3:.0f}; less is better",
        [
            Panel(kind, {name: bar(values) for (its, name), values in latencies.items() if its == kind})
            for kind in CONTESTANTS
        ],
        surroundings(),
        parts=["up to the median", "up to the 99th percentile"],
        decimals=0,
        base=server.DELAY * 1e3,
    )


def _round(name: str, kind: Kind, origins: server.Origins, calls: int) -> list[float]:
    """Run one round in a process of its own, and return the seconds of each call."""
    command = [sys.executable, "-m", __name__, name, kind, origins.slow, str(calls)]
    process = subprocess.run(command, env=origins.environment, capture_output=True, text=True, check=False)
    if process.returncode:
        raise worker.Absent(process.stderr.strip().rpartition("\n")[2])
    latencies: list[float] = json.loads(process.stdout)
    return latencies


def _arrivals(calls: int) -> list[float]:
    """The instants at which calls are due, in seconds. Calls arrive at random, as they do in a backend."""
    chance = random.Random(1)
    instants, now = [], 0.0
    for _ in range(calls):
        now += chance.expovariate(RATE)
        instants.append(now)
    return instants


def _sync_latencies(name: str, origin: str, calls: int) -> list[float]:
    call = SYNC[name](origin)
    with ThreadPoolExecutor(THREADS) as threads:
        # Opens the connections. The number divides by 100, so that the slow responses are evenly spread afterwards.
        wait([threads.submit(call) for _ in range(server.SLOW_EVERY)])
        began = time.perf_counter()

        def timed(due: float) -> float:
            call()
            return time.perf_counter() - began - due

        futures = []
        for due in _arrivals(calls):
            time.sleep(max(began + due - time.perf_counter(), 0))
            futures.append(threads.submit(timed, due))
        return [future.result() for future in futures]


async def _async_latencies(name: str, origin: str, calls: int) -> list[float]:
    call = await ASYNC[name](origin)
    await asyncio.gather(*(call() for _ in range(server.SLOW_EVERY)))
    began = time.perf_counter()

    async def timed(due: float) -> float:
        await call()
        return time.perf_counter() - began - due

    tasks = []
    for due in _arrivals(calls):
        await asyncio.sleep(max(began + due - time.perf_counter(), 0))
        tasks.append(asyncio.create_task(timed(due)))
    return await asyncio.gather(*tasks)


def main() -> None:
    """Run one round and print the seconds of each call."""
    name, kind, origin, calls = sys.argv[1:]
    cores.pin(server=False)
    if kind == "sync":
        latencies = _sync_latencies(name, origin, int(calls))
    else:
        latencies = asyncio.run(_async_latencies(name, origin, int(calls)))
    print(json.dumps(latencies))


if __name__ == "__main__":
    main()
