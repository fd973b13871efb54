"""The processor time of a call over a new TLS connection, with and without a session to resume."""

from __future__ import annotations

from benchmarks import server, worker
from benchmarks.contestants import ASYNC, BASE, OURS, SYNC
from benchmarks.report import Report, Table

CALLS = 40
_FULL, _RESUMED = "server gives no session tickets", "server gives session tickets"


def run(*, quick: bool) -> Report:
    """Measure the plain HTTP clients and ours."""
    rows: list[list[str]] = []
    absent: dict[str, str] = {}
    with server.running() as origins:
        urls = {_FULL: origins.tls_closing_without_tickets, _RESUMED: origins.tls_closing}
        for kind, at_once, contestants in (("sync", 0, SYNC), ("async", 1, ASYNC)):
            names = [name for name in contestants if name in (BASE, "aiohttp", "requests") or name.startswith(OURS)]
            results, missing = worker.compare(
                names, at_once, urls, origins.environment, calls=CALLS, repetitions=3 if quick else 11
            )
            absent |= missing
            base = results[_FULL][BASE]
            rows += [
                [f"{name}, {kind}", *(_cell(seconds[name], base) for seconds in results.values())]
                for name in results[_FULL]
            ]
    title = f"One call over a new TLS connection: processor time of the client (ratio to {BASE} without tickets)"
    return Report([Table(title, ["", _FULL, _RESUMED], rows, worker.describe(absent))], [])


def _cell(seconds: float, base: float) -> str:
    return f"{seconds * 1e6:.0f} µs ({seconds / base:.2f})"
