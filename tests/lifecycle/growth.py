"""Runs scenarios from `leaking.py` in a separate process, and compares the growth with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.lifecycle.harness import Server

PROGRAM = Path(__file__).parent / "leaking.py"

MEMORY = 6 * 1024 * 1024
"""The number of bytes by which a process may grow after a warm-up.

A leak of 100 bytes per call exceeds it after 63,000 calls.
"""
OBJECTS = 80
"""The number of additional objects allowed, such as those in a cache that fills up.

A leak adds at least one object per round.
"""


def check(server: Server, counts: Mapping[str, int], seconds: float = 120) -> dict[str, dict[str, Any]]:
    """Run scenarios one after the other.

    Every warning is raised as an exception, and the process must not print anything.

    Args:
        server: The server that the scenarios call.
        counts: The number of rounds for each scenario.
        seconds: The time limit for all scenarios together.

    Returns:
        The growth in each scenario.
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", str(PROGRAM), *(f"{scenario}={count}" for scenario, count in counts.items())],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-3000:]
    grown: dict[str, dict[str, Any]] = json.loads(done.stdout)
    assert grown.keys() == counts.keys()
    assert {scenario: sums for scenario, sums in grown.items() if has_leaked(sums)} == {}
    return grown


def has_leaked(sums: Mapping[str, Any]) -> bool:
    return (
        any(sums[name] != 0 for name in ("files", "threads", "tasks", "garbage"))
        or sums["objects"] >= OBJECTS
        or sums["memory"] >= MEMORY
    )
