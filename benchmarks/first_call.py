"""The time that a new process takes to import a client, create it, and receive its first response over TLS.

The httpx contestant also imports attrs: the SDK depends on attrs, and most backends have loaded it anyway.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial

from benchmarks import server, worker
from benchmarks.contestants import BASE, SYNC
from benchmarks.measure import interleaved
from benchmarks.report import Panel, Picture, Report, Table, surroundings

_FRESH = """
import sys, time
from benchmarks import cores
from benchmarks.contestants import BASE, IDENTIFIER, SYNC
cores.pin(server=False)
began = time.perf_counter()
if sys.argv[1] == BASE:
    import attrs
if SYNC[sys.argv[1]](sys.argv[2])() != IDENTIFIER:
    raise ValueError("The call returned an unexpected id.")
print(time.perf_counter() - began)
"""


def run(*, quick: bool) -> Report:
    """Measure all sync contestants."""
    absent: dict[str, str] = {}
    with server.running() as origins, tempfile.TemporaryDirectory() as cache:
        # Cache all bytecode, so that no measured run compiles anything, even if a package's own folder is read-only.
        environment = {**origins.environment, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}

        def fresh(name: str) -> float:
            command = [sys.executable, "-c", _FRESH, name, origins.tls]
            process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if process.returncode:
                raise worker.Absent(process.stderr.strip().rpartition("\n")[2])
            return float(process.stdout)

        for name in SYNC:
            try:
                fresh(name)
            except worker.Absent as reason:
                absent[name] = str(reason)
        turns = {name: partial(fresh, name) for name in SYNC if name not in absent}
        seconds = interleaved(turns, 3 if quick else 11)
    ratios = {name: value / seconds[BASE] for name, value in seconds.items()}
    rows = [[name, f"{seconds[name] * 1e3:.0f} ms", f"{ratio:.2f}"] for name, ratio in ratios.items()]
    picture = Picture(
        "first-call",
        "A fresh process: import, client, first call over TLS",
        f"time until the response; {BASE} = 1; less is better",
        [Panel("", ratios)],
        surroundings(),
    )
    title = "A fresh process: import, client, first call over TLS"
    return Report([Table(title, ["", "time", f"ratio to {BASE}"], rows, worker.describe(absent))], [picture])
