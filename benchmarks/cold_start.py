"""What a fresh process pays, as on AWS Lambda: imports, creating a client, the first call over TLS, and memory.

The httpx contestant also imports attrs: the SDK depends on attrs, and most backends have loaded it anyway.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from benchmarks import server, worker
from benchmarks.contestants import ASYNC, BASE, IMPORTS, OURS, SYNC
from benchmarks.measure import Measured, ratios, rounds
from benchmarks.report import Panel, Picture, Report, Table, surroundings
from benchmarks.worker import Kind

MIB = 1024 * 1024
_FRESH = """
import json, sys, time
from benchmarks import cores, measure
from benchmarks.contestants import ASYNC, IDENTIFIER, IMPORTS, SYNC
name, kind, origin = sys.argv[1:]
cores.pin(server=False)
if kind == "async":
    import asyncio
    run = asyncio.Runner().run
times = [time.perf_counter()]
exec(IMPORTS[name])
times.append(time.perf_counter())
call = SYNC[name](origin) if kind == "sync" else run(ASYNC[name](origin))
times.append(time.perf_counter())
async def first():
    return await call()
returned = call() if kind == "sync" else run(first())
times.append(time.perf_counter())
if returned != IDENTIFIER:
    raise ValueError("The call returned an unexpected id.")
print(json.dumps([later - earlier for earlier, later in zip(times, times[1:])] + [measure.peak_memory()]))
"""


class Start(NamedTuple):
    """What one fresh process needed: seconds, and bytes of memory."""

    imports: float
    client: float
    call: float
    memory: int

    @property
    def total(self) -> float:
        return self.imports + self.client + self.call


def run(*, quick: bool) -> Report:
    """Measure all contestants, sync and async. A quick run measures only httpx and ours."""
    kinds: dict[Kind, list[str]] = {"sync": list(SYNC), "async": list(ASYNC)}
    starts: dict[tuple[str, Kind], list[Start]] = {}
    absent: dict[str, str] = {}
    with server.running() as origins, tempfile.TemporaryDirectory() as cache:
        # Cache all bytecode, so that no measured run compiles anything, even if a package's own folder is read-only.
        environment = {**origins.environment, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
        for kind, names in kinds.items():
            turns = {}
            for name in names:
                if quick and name != BASE and not name.startswith(OURS):
                    continue
                turn = partial(_start, name, kind, origins.tls, environment)
                try:
                    turn()  # also writes the bytecode
                except worker.Absent as reason:
                    absent[name] = str(reason)
                else:
                    turns[name, kind] = turn
            starts |= rounds(turns, 3 if quick else 11)
    note = worker.describe(absent)
    return Report([_table(kind, starts, note) for kind in kinds], [_picture(starts, list(kinds))], _values(starts))


def _start(name: str, kind: Kind, origin: str, environment: dict[str, str]) -> Start:
    command = [sys.executable, "-c", _FRESH, name, kind, origin]
    process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if process.returncode:
        raise worker.Absent(process.stderr.strip().rpartition("\n")[2])
    return Start(*json.loads(process.stdout))


def _values(starts: dict[tuple[str, Kind], list[Start]]) -> dict[str, Measured]:
    values = {}
    for (name, kind), own in starts.items():
        base = starts[BASE, kind]
        client = [start.imports + start.client for start in own]
        values[f"{kind}/import and client/{name}"] = ratios(client, [start.imports for start in base])
        values[f"{kind}/total/{name}"] = ratios([s.total for s in own], [s.total for s in base])
    return values


def _table(kind: Kind, starts: dict[tuple[str, Kind], list[Start]], note: str) -> Table:
    values = _values(starts)
    rows = []
    for name in (name for name, its_kind in starts if its_kind == kind):
        own = starts[name, kind]
        rows.append(
            [
                name,
                *(f"{value * 1e3:.1f} ms" for value in _parts(own)),
                f"{values[f'{kind}/import and client/{name}'].median:.2f}",
                f"{Measured.of([start.total for start in own]).median * 1e3:.0f} ms",
                f"{values[f'{kind}/total/{name}'].median:.2f}",
                f"{Measured.of([start.memory for start in own]).median / MIB:.0f} MiB",
            ]
        )
    columns = ["", "imports", "client", "first call", f"imports and client, `{IMPORTS[BASE]}` = 1"]
    columns += ["total", f"total, {BASE} = 1", "peak memory"]
    return Table(f"A fresh process until its first response over TLS ({kind})", columns, rows, note)


def _parts(starts: Sequence[Start]) -> list[float]:
    return [Measured.of([start[part] for start in starts]).median for part in range(3)]


def _picture(starts: dict[tuple[str, Kind], list[Start]], kinds: list[Kind]) -> Picture:
    return Picture(
        "cold-start",
        "A fresh process until its first response over TLS",
        "milliseconds; less is better",
        [
            Panel(
                kind,
                {name: [value * 1e3 for value in _parts(own)] for (name, its), own in starts.items() if its == kind},
            )
            for kind in kinds
        ],
        surroundings(),
        parts=["imports", "creating the client", "first call"],
        decimals=0,
        base=None,
    )
