"""Runs scenarios of `leaking.py` in a process of their own, and compares what has grown with limits."""

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
"""How many bytes a process may grow by after a warm-up. A leak of 100 bytes a call exceeds it after 63,000 calls."""
OBJECTS = 80
"""How many more objects there may be, such as those of a cache that fills up. A leak has at least one a round."""


def check(server: Server, counts: Mapping[str, int], seconds: float = 120) -> dict[str, dict[str, Any]]:
    """Run scenarios one after the other. Every warning is an exception, and nothing may be printed.

    Args:
        server: The server that the scenarios call.
        counts: How many rounds each scenario runs.
        seconds: The time limit for all of them.

    Returns:
        What has grown, by scenario.
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
