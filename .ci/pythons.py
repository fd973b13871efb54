"""Runs part of the tests on other Python versions or with other versions of the extras, with warnings as errors.

    python .ci/pythons.py interpreters    on every supported interpreter in PATH and pyenv
    python .ci/pythons.py bounds          on this interpreter, with the oldest and the newest versions of the extras

Further arguments replace the default tests: `python .ci/pythons.py interpreters tests`. The environments are in
.venv/pythons. They are recreated only if pyproject.toml or constraints.txt has changed.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv" / "pythons"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OLDEST_PYTHON = (3, 11)
# Imports everything and uses the modules that differ most between Pythons: typing, asyncio, sqlite3, warnings.
SMOKE = (
    *("tests/raw", "tests/wire", "tests/testing", "tests/emulator/test_examples.py", "examples"),
    # The stack stdlib depends on the http.client of each Python.
    *("tests/http/stacks/test_stdlib.py", "tests/http/faults/test_answers.py"),
)
# All tests that use an extra.
USING_EXTRAS = (
    *("tests/server", "tests/webhooks", "tests/http/stacks", "tests/pipeline/test_otel.py", "tests/test_extras.py"),
    *("tests/transfers/test_progress_bar.py", "tests/properties/test_bodies.py", "examples"),
)
_LOWER_BOUND = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?>=([\w.]+)")


def main(what: str, *arguments: str) -> None:
    """Run the tests, and stop at the first failure."""
    if what == "bounds":
        requirements = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
        newest = ["--upgrade", *requirements, "opentelemetry-sdk"]
        for name, versions in (("oldest", lowest(requirements)), ("newest", newest)):
            run_tests(name, environment(name, sys.executable, versions), arguments or USING_EXTRAS)
    else:
        for version, executable in interpreters().items():
            run_tests(version, environment(version, executable, []), arguments or SMOKE)


def lowest(requirements: list[str]) -> list[str]:
    """Pin each requirement to its lower bound."""
    bounds = [bound for bound in map(_LOWER_BOUND.match, requirements) if bound]
    # The tests use OpenTelemetry's SDK, which works only with the API of the same version.
    sdk = [f"opentelemetry-sdk=={bound[2]}" for bound in bounds if bound[1] == "opentelemetry-api"]
    return sorted({f"{bound[1]}=={bound[2]}" for bound in bounds} | set(sdk))


def interpreters() -> dict[str, str]:
    """Find this machine's supported interpreters, by version, except the one that runs this script."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions").glob("*/bin")
    own = platform.python_version()
    found: dict[str, str] = {}
    for executable in sorted(path for folder in folders for path in folder.glob("python3.[0-9][0-9]")):
        print_version = "import ensurepip, platform, venv; print(platform.python_version())"
        ended = subprocess.run([executable, "-c", print_version], capture_output=True, text=True, check=False)
        version = ended.stdout.strip()
        if version and version != own and tuple(map(int, version.split(".")[:2])) >= OLDEST_PYTHON:
            found.setdefault(version, str(executable))
    return found


def environment(name: str, executable: str, versions: list[str]) -> Path:
    """Create an environment for the tests unless it exists, and return its Python.

    Args:
        name: The environment's name.
        executable: The Python that creates the environment.
        versions: Arguments of `pip install` that replace pinned versions.
    """
    home = HOME / name
    python = home / "bin" / "python"
    inputs = [(ROOT / file).read_bytes() for file in ("pyproject.toml", "constraints.txt")]
    stamp = hashlib.sha256(b"".join([*inputs, executable.encode()])).hexdigest()
    if not (home / "stamp").exists() or (home / "stamp").read_text() != stamp:
        shutil.rmtree(home, ignore_errors=True)
        run(executable, "-m", "venv", str(home))
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--upgrade", "pip")
        run(*pip, "--constraint", "constraints.txt", "--editable", ".", "--group", "dev")
        if versions:
            run(*pip, *versions)
        (home / "stamp").write_text(stamp)
    return python


def run_tests(name: str, python: Path, paths: tuple[str, ...]) -> None:
    """Run tests and print one line with the result."""
    began = time.monotonic()
    printed = run(str(python), "-W", "error", "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", *paths)
    print(f"✓ {name}: {printed.strip().splitlines()[-1]} ({time.monotonic() - began:.0f} s)", flush=True)


def run(*command: str) -> str:
    """Run a command and return its output. If the command fails, print the output and exit."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
