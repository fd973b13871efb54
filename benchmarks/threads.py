"""What a sync call costs when more threads make calls with the same client."""

from __future__ import annotations

from benchmarks import server, worker
from benchmarks.contestants import BASE, OURS
from benchmarks.measure import Measured, ratios
from benchmarks.report import Curve, Curves, Report, Table, surroundings
from benchmarks.worker import Entrant

CALLS = 640
"""Ten for each thread, at the largest number of threads."""
THREADS = (1, 4, 16, 64)
CONTESTANTS = (BASE, OURS, f"{OURS} (stdlib)", "requests", "stripe")


def run(*, quick: bool) -> Report:
    """Measure all contestants. A quick run tries only the smallest and the largest number of threads."""
    counts = (THREADS[0], THREADS[-1]) if quick else THREADS
    with server.running() as origins:
        comparison = worker.compare(
            [Entrant(name, "sync", threads, origins.plain) for name in CONTESTANTS for threads in counts],
            origins.environment,
            calls=CALLS // 2 if quick else CALLS,
            repetitions=3 if quick else 11,
        )

    def entrant(name: str, threads: int) -> Entrant:
        return Entrant(name, "sync", threads, origins.plain)

    names = [name for name in CONTESTANTS if name not in comparison.absent]
    growth = {
        name: ratios(comparison.processor(entrant(name, THREADS[-1])), comparison.processor(entrant(name, 1)))
        for name in names
    }
    costs = {
        name: {threads: Measured.of(comparison.processor(entrant(name, threads))).median for threads in counts}
        for name in names
    }
    rates = {
        name: {threads: 1 / Measured.of(comparison.elapsed(entrant(name, threads))).median for threads in counts}
        for name in names
    }
    rows = [
        [
            name,
            *(f"{costs[name][threads] * 1e6:.0f} µs, {rates[name][threads]:,.0f}/s" for threads in counts),
            f"{growth[name].median:.2f}",
        ]
        for name in names
    ]
    failed = {name: sum(comparison.failed(entrant(name, threads)) for threads in counts) for name in names}
    notes = [f"{count} calls of {name} raised an error." for name, count in failed.items() if count]
    title = "One sync call by the number of threads: processor time of the client, and calls a second"
    columns = ["", *(f"{threads} threads" if threads > 1 else "1 thread" for threads in counts), "64 to 1"]
    picture = Curves(
        "threads",
        "A sync call when more threads share one client",
        "processor time of a call in µs; less is better",
        "threads",
        [Curve(name, {threads: seconds * 1e6 for threads, seconds in costs[name].items()}) for name in names],
        surroundings(),
    )
    return Report(
        [Table(title, columns, rows, " ".join([*notes, worker.describe(comparison.absent)]).strip())],
        [picture],
        {f"{THREADS[-1]} threads to 1/{name}": ratio for name, ratio in growth.items()},
    )
