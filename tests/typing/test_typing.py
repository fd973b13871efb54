"""Mypy reports wrong arguments and accepts correct ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.__main__ import ROOT

FILES = ("wrong_arguments.py", "wrong_events.py")


@pytest.fixture(scope="module")
def errors() -> dict[str, dict[int, str]]:
    """Mypy's errors by file and line. One run for all files, because most of the time goes into loading packages."""
    folder = Path(__file__).parent
    finished = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"]
        + [str(folder / name) for name in FILES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, dict[int, str]] = {name: {} for name in FILES}
    for line in finished.stdout.splitlines():
        path, number, severity, message = line.split(":", 3)
        if severity.strip() == "error":
            lines = found[Path(path).name]
            lines[int(number)] = lines.get(int(number), "") + message
    return found


@pytest.mark.parametrize("name", FILES)
def test_mypy_finds_each_mistake_and_nothing_else(errors: dict[str, dict[int, str]], name: str) -> None:
    expected = {
        number: line.partition("# E: ")[2]
        for number, line in enumerate(Path(__file__).with_name(name).read_text().splitlines(), 1)
        if "# E: " in line
    }
    found = errors[name]
    assert found.keys() == expected.keys(), found
    assert all(words in found[number] for number, words in expected.items()), found
