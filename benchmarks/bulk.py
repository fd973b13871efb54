"""How many creations a second an async client makes, 50 at once, compared with a loop written by hand over aiohttp."""

from __future__ import annotations

from benchmarks import server, worker
from benchmarks.contestants import ASYNC, PLAIN_PATH
from benchmarks.load import load
from benchmarks.measure import Measured, ratios
from benchmarks.report import Panel, Picture, Report, Table, surroundings
from benchmarks.worker import Entrant

CREATIONS = 6_000
"""The number for each contestant, in turns with the others."""
TURNS = 12
AT_ONCE = 50
BY_HAND = "aiohttp"
"""The contestant that is a loop over `aiohttp.ClientSession.post`, without retries, idempotency keys or models."""
_BODY = b'{"external_id":"customer-1","display_name":"Ada Lovelace"}'
_REQUEST = b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%b"


def run(*, quick: bool) -> Report:
    """Measure all async contestants, and the server's own limit."""
    with server.running() as origins:
        entrants = {name: Entrant(name, "async", AT_ONCE, origins.plain) for name in ASYNC}
        comparison = worker.compare(
            entrants.values(),
            origins.environment,
            calls=100 if quick else CREATIONS // TURNS,
            repetitions=3 if quick else TURNS,
        )
        request = _REQUEST % (PLAIN_PATH.encode(), len(_BODY), _BODY)
        limit = load(origins.plain, request, connections=AT_ONCE, seconds=0.5 if quick else 2)
    by_hand = comparison.processor(entrants[BY_HAND])
    costs: dict[str, Measured] = {}
    rates: dict[str, Measured] = {}
    for entrant in comparison.costs:
        costs[entrant.name] = ratios(comparison.processor(entrant), by_hand)
        rates[entrant.name] = Measured.of([1 / seconds for seconds in comparison.elapsed(entrant)])
    fastest = sorted(costs, key=lambda name: -rates[name].median)
    rows = [[_title(name), f"{rates[name].median:,.0f}", f"{costs[name].median:.2f}"] for name in fastest]
    note = f"{worker.describe(comparison.absent)} Over plain sockets, the server sends {limit:,.0f} responses a second."
    picture = Picture(
        "bulk",
        f"{CREATIONS:,} creations, {AT_ONCE} at once, from one process",
        "calls a second; more is better",
        [Panel("", {_title(name): rates[name].median for name in fastest})],
        surroundings(),
        decimals=0,
        base=None,
        descending=True,
    )
    columns = ["", "calls a second", f"processor time of a call, {_title(BY_HAND)} = 1"]
    table = Table(f"{CREATIONS:,} creations, {AT_ONCE} at once", columns, rows, note.strip())
    return Report([table], [picture], {f"cost/{name}": cost for name, cost in costs.items()})


def _title(name: str) -> str:
    return f"{BY_HAND}, written by hand" if name == BY_HAND else name
