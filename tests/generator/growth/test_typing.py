"""The generated client is typed in full, and a program that uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from generator.__main__ import ROOT
from tests.generator.growth.package import Package

PROGRAM = Path(__file__).with_name("user_of_types.py")


def test_mypy_accepts_the_client_and_finds_each_mistake_in_a_program(grown: Callable[[str], Package]) -> None:
    package = grown("types")
    modules = [
        package.folder / name for name in ("models", "api", "webhook_events.py", "codecs.py", "formats.py", "unions.py")
    ]
    options = ["--strict", "--no-error-summary", "--hide-error-context", "--no-incremental"]
    finished = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "--follow-imports=silent", str(PROGRAM), *map(str, modules)],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(package.folder.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    expected = {
        number: line.partition("# E: ")[2]
        for number, line in enumerate(PROGRAM.read_text().splitlines(), 1)
        if "# E: " in line
    }
    found: dict[int, str] = {}
    for line in finished.stdout.splitlines():
        path, number, severity, message = line.split(":", 3)
        if severity == " error":
            assert path.endswith(PROGRAM.name), line
            found[int(number)] = found.get(int(number), "") + message
    assert found.keys() == expected.keys(), finished.stdout + finished.stderr
    assert all(words in found[number] for number, words in expected.items()), found
