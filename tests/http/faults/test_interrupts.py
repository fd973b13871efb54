"""A blocking call that is interrupted by a signal ends immediately and leaves no open connection.

The client stays usable.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.http.faults.interrupted import PHASES
from tests.transports import SYNC, is_installed

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer") or not Path("/proc/self/fd").exists(), reason="needs signals and /proc"
)

WAITING = ["waiting for an answer", "reading the headers", "reading the body"]


@lru_cache
def found(stack: str) -> dict[str, Any]:
    """The program's output. The program runs once for each stack."""
    command = [sys.executable, "-m", "tests.http.faults.interrupted", stack]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (run.returncode, run.stderr) == (0, "")
    return dict(json.loads(run.stdout))


@pytest.fixture(params=SYNC)
def stack(request: pytest.FixtureRequest) -> str:
    if not is_installed(request.param):
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "anywhere"])
def test_an_interrupted_call_ends_at_once(stack: str, phase: str) -> None:
    report = found(stack)[phase]
    assert report["raised"] == "KeyboardInterrupt"
    assert report["at once"]
    assert report["usable"]
    assert report["left open"] == 0


@pytest.mark.parametrize("phase", WAITING)
def test_an_interrupted_call_closes_its_connection(phase: str) -> None:
    assert found("httpx")[phase]["hung up"]


def test_a_call_interrupted_while_backing_off_is_not_retried(stack: str) -> None:
    assert found(stack)["backing off"]["requests"] == 1


def test_a_call_can_be_interrupted_at_any_moment(stack: str) -> None:
    report = found(stack)["anywhere"]
    assert report["interrupts"] > 5
    assert report["right"] == report["rounds"]
    assert report["left open"] == 0
    assert report.get("places", 100) == 100
