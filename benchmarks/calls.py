"""The processor time that a client uses for a call, compared with other SDKs and HTTP clients, over HTTP and TLS."""

from __future__ import annotations

from typing import Literal, NamedTuple

from benchmarks import server, worker
from benchmarks.contestants import ASYNC, BASE, OURS, SYNC
from benchmarks.measure import Measured, ratios
from benchmarks.report import Panel, Picture, Report, Table, surroundings
from benchmarks.worker import Entrant

CALLS = 200


class Situation(NamedTuple):
    """Which client makes how many calls at once."""

    kind: worker.Kind
    at_once: int


SITUATIONS = {
    "sync": Situation("sync", 1),
    "async, alone": Situation("async", 1),
    "async, 50 at once": Situation("async", 50),
}
Protocol = Literal["HTTP", "TLS"]
Results = dict[str, dict[str, tuple[float, Measured]]]
"""The seconds of a call and the ratio to the base, by situation and contestant."""


def run(*, quick: bool) -> Report:
    """Measure all contestants in all situations."""
    results: dict[Protocol, Results] = {"HTTP": {}, "TLS": {}}
    absent: dict[str, str] = {}
    with server.running() as origins:
        urls: dict[Protocol, str] = {"HTTP": origins.plain, "TLS": origins.tls}
        for name, situation in SITUATIONS.items():
            contestants = SYNC if situation.kind == "sync" else ASYNC
            comparison = worker.compare(
                [Entrant(contestant, *situation, url) for url in urls.values() for contestant in contestants],
                origins.environment,
                calls=CALLS // 4 if quick else CALLS,
                repetitions=3 if quick else 11,
            )
            for protocol, url in urls.items():
                results[protocol][name] = _results(comparison, situation, url)
            absent |= comparison.absent
    return Report(
        [_table(protocol, situations, worker.describe(absent)) for protocol, situations in results.items()],
        [_picture(protocol, situations) for protocol, situations in results.items()],
        {
            f"{protocol}/{situation}/{name}": ratio
            for protocol, situations in results.items()
            for situation, contestants in situations.items()
            for name, (_, ratio) in contestants.items()
        },
    )


def _results(comparison: worker.Comparison, situation: Situation, url: str) -> dict[str, tuple[float, Measured]]:
    base = comparison.processor(Entrant(BASE, *situation, url))
    values = {entrant.name: comparison.processor(entrant) for entrant in comparison.costs if entrant.origin == url}
    return {name: (Measured.of(seconds).median, ratios(seconds, base)) for name, seconds in values.items()}


def _table(protocol: Protocol, situations: Results, note: str) -> Table:
    return Table(
        f"One call over {protocol}: processor time of the client (ratio to {BASE})",
        ["", *situations],
        [
            [name, *(_cell(*results[name]) if name in results else "" for results in situations.values())]
            for name in sorted(dict.fromkeys([*SYNC, *ASYNC]), key=rank)
            if any(name in results for results in situations.values())
        ],
        note,
    )


def _picture(protocol: Protocol, situations: Results) -> Picture:
    return Picture(
        f"calls-{protocol.lower()}",
        f"One small POST over {protocol}: processor time of the client",
        f"{BASE} = 1; less is better",
        [
            Panel(situation, {name: ratio.median for name, (_, ratio) in results.items()})
            for situation, results in situations.items()
        ],
        surroundings(),
    )


def rank(name: str) -> int:
    """The sort key: the base first, then ours, then the others in their original order."""
    return 0 if name == BASE else 1 if name.startswith(OURS) else 2


def _cell(seconds: float, ratio: Measured) -> str:
    return f"{seconds * 1e6:.0f} µs ({ratio.median:.2f} ± {ratio.spread * ratio.median / 2:.2f})"
