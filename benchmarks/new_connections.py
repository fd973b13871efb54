"""The processor time of a call over a new TLS connection, with and without a session to resume."""

from __future__ import annotations

from benchmarks import server, worker
from benchmarks.contestants import ASYNC, BASE, OURS, SYNC
from benchmarks.measure import Measured, ratios
from benchmarks.report import Report, Table
from benchmarks.worker import Entrant, Kind

CALLS = 40
_FULL, _RESUMED = "server gives no session tickets", "server gives session tickets"


def run(*, quick: bool) -> Report:
    """Measure the plain HTTP clients and ours."""
    kinds: dict[Kind, list[str]] = {"sync": list(SYNC), "async": list(ASYNC)}
    with server.running() as origins:
        urls = {_FULL: origins.tls_closing_without_tickets, _RESUMED: origins.tls_closing}
        comparison = worker.compare(
            [
                Entrant(name, kind, 1, url)
                for kind, names in kinds.items()
                for name in names
                if name in (BASE, "aiohttp", "requests") or name.startswith(OURS)
                for url in urls.values()
            ],
            origins.environment,
            calls=CALLS,
            repetitions=3 if quick else 11,
        )
    rows: list[list[str]] = []
    values: dict[str, Measured] = {}
    for name, kind in dict.fromkeys((entrant.name, entrant.kind) for entrant in comparison.costs):
        base = comparison.processor(Entrant(BASE, kind, 1, urls[_FULL]))
        cells = []
        for situation, url in urls.items():
            seconds = comparison.processor(Entrant(name, kind, 1, url))
            ratio = values[f"{situation}/{kind}/{name}"] = ratios(seconds, base)
            cells.append(f"{Measured.of(seconds).median * 1e6:.0f} µs ({ratio.median:.2f})")
        rows.append([f"{name}, {kind}", *cells])
    title = f"One call over a new TLS connection: processor time of the client (ratio to {BASE} without tickets)"
    return Report([Table(title, ["", *urls], rows, worker.describe(comparison.absent))], [], values)
