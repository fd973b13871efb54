"""The time to import the SDK and create a client in a new process, compared with `import httpx, attrs`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial

from benchmarks.measure import interleaved
from benchmarks.report import Report, Table

_BASE = "import httpx, attrs"
_MADE = "orbitconnect.OrbitServer('sk_test_benchmark')"
_STATEMENTS = {
    _BASE: _BASE,
    "import orbitconnect": "import orbitconnect",
    "… and make an OrbitServer": f"import orbitconnect; {_MADE}",
    "… and use a namespace": f"import orbitconnect; {_MADE}.users",
    "… or make an AsyncOrbitServer": "import orbitconnect; orbitconnect.AsyncOrbitServer('sk_test_benchmark')",
}
_TIMED = """
import time
from benchmarks import cores
cores.pin(server=False)
began = time.perf_counter()
{}
print(time.perf_counter() - began)
"""


def run(*, quick: bool) -> Report:
    """Measure each statement in new interpreters."""
    with tempfile.TemporaryDirectory() as cache:
        turns = {name: partial(_seconds, statement, cache) for name, statement in _STATEMENTS.items()}
        seconds = interleaved(turns, 3 if quick else 15)
    rows = [[name, f"{value * 1e3:.1f} ms", f"{value / seconds[_BASE]:.2f}"] for name, value in seconds.items()]
    return Report([Table("Importing", ["", "time", "ratio"], rows)], [])


def _seconds(statement: str, cache: str) -> float:
    """Return the time of a statement in a new interpreter, excluding the interpreter's startup."""
    # Cache all bytecode, so that no measured run compiles anything, even if a package's own folder is read-only.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", _TIMED.format(statement)]
    return float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
