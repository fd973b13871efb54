"""Runs a scenario of `leaking.py` in a process of its own, and holds what has grown against bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.lifecycle.harness import Server

PROGRAM = Path(__file__).parent / "leaking.py"

MEMORY = 6 * 1024 * 1024
"""What the process may grow by after a warm-up. A leak of 100 bytes a call is more, over 100,000 calls."""
OBJECTS = 150
"""How many more there may be, such as those of a cache that fills up. A leak has at least one for each round."""


def check(server: Server, scenario: str, count: int, seconds: float = 120) -> dict[str, Any]:
    """Runs a scenario with every warning as an exception. It has to print nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(PROGRAM), scenario, str(count)],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-3000:]
    grown: dict[str, Any] = json.loads(done.stdout)
    assert {name: grown[name] for name in ("files", "threads", "tasks", "garbage")} == {
        "files": 0,
        "threads": 0,
        "tasks": 0,
        "garbage": 0,
    }, grown
    assert grown["objects"] < OBJECTS, grown
    assert grown["memory"] < MEMORY, grown
    return grown
