"""Makes mistakes in temporary copies of the project, and shows which check reports each: `make drill`."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from tests.drill.drills import DRILLS
from tests.drill.edits import ROOT, DoesNotApply, Drill

GENERATOR_CHECK: Final = "generator check"
"""The check that is not a test: `make check`."""

PLUGINS: Final = ("pytest_asyncio.plugin", "orbitconnect.testing.plugin")
"""The pytest plugins that the checks need. Without the others, a check starts in half the time."""
PYTEST: Final = ("pytest", "--quiet", "--tb=short", "-p", "no:cacheprovider", *(f"-p{name}" for name in PLUGINS))
COPIED: Final = ("docs", "examples", "generated", "generator", "openapi", "orbitconnect", "tests")
COPIED_FILES: Final = ("CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "README.md", "pyproject.toml")
LEFT_OUT: Final = shutil.ignore_patterns("node_modules", ".hypothesis", ".mypy_cache")
LONGEST: Final = 600
"""How many seconds a check may take. On an idle machine, it takes seconds."""


class Outcome(NamedTuple):
    """What became of a mistake."""

    drill: Drill
    caught: bool
    line: str
    """The first line of the report that names the file, or the reason why the mistake was not reported."""
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drills whose names match, and return the exit status."""
    parser = argparse.ArgumentParser(prog="make drill", description=__doc__)
    parser.add_argument("pattern", nargs="?", default="", help="a part of the names of the drills to run")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many checks to run at a time")
    options = parser.parse_args(arguments)
    drills = [drill for drill in DRILLS if options.pattern in drill.name]
    began = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = []
        for outcome in pool.map(run, drills):
            outcomes.append(outcome)
            print(shown(outcome), flush=True)
    survivors = [outcome for outcome in outcomes if not outcome.caught]
    mistakes = sum(len(outcome.drill.edits) for outcome in outcomes)
    print(f"\n{len(outcomes)} drills with {mistakes} mistakes in {time.monotonic() - began:.0f} s.")
    for outcome in survivors:
        print(f"Not reported: {outcome.drill.name}")
    return 1 if survivors or not outcomes else 0


def shown(outcome: Outcome) -> str:
    sign = "✓" if outcome.caught else "✗"
    return f"{sign} {outcome.drill.name}\n    {outcome.drill.check} ({outcome.seconds:.1f} s)\n    {outcome.line}"


def run(drill: Drill) -> Outcome:
    """Make the mistake in a new copy, and run the check there."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="orbitconnect-drill-") as temporary:
        try:
            caught, line = outcome_in(Path(temporary), drill)
        except DoesNotApply as error:
            caught, line = False, str(error)
        except subprocess.TimeoutExpired:
            caught, line = False, f"The check did not end within {LONGEST} s."
    return Outcome(drill, caught=caught, line=line, seconds=time.monotonic() - began)


def outcome_in(root: Path, drill: Drill) -> tuple[bool, str]:
    copy_project(root)
    for edit in drill.edits:
        edit.apply(root)
    if drill.rebuilds:
        status, output = execute(root, ("generator", "build"))
        if status and "nothing was written" in output.lower():
            return False, f"The generator refuses the contract: {output.strip()[:300]}"
    check = drill.check.split() if drill.check == GENERATOR_CHECK else (*PYTEST, drill.check)
    return judged(drill, *execute(root, check))


def judged(drill: Drill, status: int, output: str) -> tuple[bool, str]:
    """Whether the check failed with a report that matches all patterns, and the line to show."""
    if status == 0:
        return False, "The check passes."
    for pattern in drill.reports:
        if not re.search(pattern, output):
            return False, f"The report does not match {pattern!r}:\n{output[-2_000:]}"
    (line, *_) = [line for line in output.splitlines() if re.search(drill.reports[0], line)] or ["(several lines)"]
    return True, re.sub(r"^[\s|E]*(\w+Error: )?", "", line)


def copy_project(root: Path) -> None:
    """Copy what the checks read. Times of change are kept, so that Python uses the bytecode that is copied, too."""
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=LEFT_OUT, symlinks=True)
    for name in COPIED_FILES:
        shutil.copy2(ROOT / name, root / name)


def execute(root: Path, command: Sequence[str]) -> tuple[int, str]:
    """Run a module of this Python in a copy, where the copy's packages come before those that are installed."""
    path = os.pathsep.join(map(str, (root, root / "generated")))
    finished = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    return finished.returncode, finished.stdout


if __name__ == "__main__":
    sys.exit(main())
