"""The processor time that a client uses for a call, compared with other SDKs and HTTP clients, over HTTP and TLS."""

from __future__ import annotations

from benchmarks import server, worker
from benchmarks.contestants import ASYNC, BASE, OURS, SYNC
from benchmarks.report import Panel, Picture, Report, Table, surroundings

CALLS = 200
SITUATIONS = {"sync": 0, "async, alone": 1, "async, 50 at once": 50}
"""The number of calls in progress at any time. 0 is the sync client."""


def run(*, quick: bool) -> Report:
    """Measure all contestants in all situations."""
    results: dict[str, dict[str, dict[str, float]]] = {"HTTP": {}, "TLS": {}}
    absent: dict[str, str] = {}
    with server.running() as origins:
        urls = {"HTTP": origins.plain, "TLS": origins.tls}
        for situation, at_once in SITUATIONS.items():
            names = list(ASYNC if at_once else SYNC)
            by_protocol, missing = worker.compare(
                names, at_once, urls, origins.environment, calls=CALLS, repetitions=3 if quick else 11
            )
            for protocol, seconds in by_protocol.items():
                results[protocol][situation] = seconds
            absent |= missing
    note = worker.describe(absent)
    return Report(
        [_table(protocol, situations, note) for protocol, situations in results.items()],
        [_picture(protocol, situations) for protocol, situations in results.items()],
    )


def _table(protocol: str, situations: dict[str, dict[str, float]], note: str) -> Table:
    return Table(
        f"One call over {protocol}: processor time of the client (ratio to {BASE})",
        ["", *situations],
        [
            [name, *(_cell(seconds.get(name), seconds[BASE]) for seconds in situations.values())]
            for name in sorted(dict.fromkeys([*SYNC, *ASYNC]), key=_rank)
            if any(name in seconds for seconds in situations.values())
        ],
        note,
    )


def _picture(protocol: str, situations: dict[str, dict[str, float]]) -> Picture:
    return Picture(
        f"calls-{protocol.lower()}",
        f"One small POST over {protocol}: processor time of the client",
        f"{BASE} = 1; less is better",
        [
            Panel(situation, {name: value / seconds[BASE] for name, value in seconds.items()})
            for situation, seconds in situations.items()
        ],
        surroundings(),
    )


def _rank(name: str) -> int:
    """The sort key: the base first, then ours, then the others in their original order."""
    return 0 if name == BASE else 1 if name.startswith(OURS) else 2


def _cell(seconds: float | None, base: float) -> str:
    return "" if seconds is None else f"{seconds * 1e6:.0f} µs ({seconds / base:.2f})"
