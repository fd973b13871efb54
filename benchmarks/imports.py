"""What importing and constructing costs, against `import httpx, attrs`: `python -m benchmarks.imports`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

REPETITIONS = 25
STATEMENTS = {
    "import httpx, attrs": "import httpx, attrs",
    "import orbitconnect": "import orbitconnect",
    "… and construct OrbitServer": "import orbitconnect; orbitconnect.OrbitServer('sk_test_benchmark')",
    "… and use a namespace": "import orbitconnect; orbitconnect.OrbitServer('sk_test_benchmark').users",
    "… AsyncOrbitServer": "import orbitconnect; orbitconnect.AsyncOrbitServer('sk_test_benchmark')",
}
_TIMED = "import time; began = time.perf_counter(); {}; print(time.perf_counter() - began)"


def seconds(statement: str, cache: str) -> float:
    """The time of a statement in a fresh interpreter, without the interpreter's own start."""
    # Bytecode goes to a folder of its own, so that neither side compiles, wherever it is installed.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", _TIMED.format(statement)]
    return float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Prints the ratios to the first one."""
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    with tempfile.TemporaryDirectory() as cache:
        for statement in STATEMENTS.values():
            seconds(statement, cache)
        for _ in range(REPETITIONS):
            for name, statement in STATEMENTS.items():
                times[name].append(seconds(statement, cache))
    medians = {name: statistics.median(runs) for name, runs in times.items()}
    base = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"  {name:<28} {median / base:5.2f}   {median * 1e3:6.1f} ms")


if __name__ == "__main__":
    main()
