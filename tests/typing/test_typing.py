"""A wrong argument is caught by the type checker, and right ones pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.__main__ import ROOT


@pytest.mark.parametrize("name", ["wrong_arguments.py", "wrong_events.py"])
def test_mypy_finds_each_mistake_and_nothing_else(name: str) -> None:
    source = Path(__file__).with_name(name)
    expected = {
        number: line.partition("# E: ")[2]
        for number, line in enumerate(source.read_text().splitlines(), 1)
        if "# E: " in line
    }
    finished = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context", str(source)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[int, str] = {}
    for line in finished.stdout.splitlines():
        _, number, severity, message = line.split(":", 3)
        if severity.strip() == "error":
            found[int(number)] = found.get(int(number), "") + message
    assert found.keys() == expected.keys(), finished.stdout
    assert all(words in found[number] for number, words in expected.items()), finished.stdout
