"""The tests pass even if they are started with SIGINT ignored, for example with `nohup make test &`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

STARTED = "ORBIT_TESTS_SIGINT_IGNORED"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_child_processes_of_tests_can_be_interrupted() -> None:
    child = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    assert subprocess.check_output([sys.executable, "-c", child], text=True).strip() == "True"
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    if STARTED in os.environ:
        return
    command = [sys.executable, "-m", "pytest", "-q", "-n", "1", "-p", "no:cacheprovider", str(Path(__file__))]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        started = subprocess.Popen(
            command,
            cwd=Path(__file__).parents[1],
            env={**os.environ, STARTED: "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    printed, _ = started.communicate(timeout=180)
    assert started.returncode == 0, printed
