"""Runs a part of the tests on other Pythons and with other versions of the extras, with warnings as errors.

    python .ci/pythons.py interpreters    on every supported interpreter of PATH and pyenv
    python .ci/pythons.py bounds          on this one, with the oldest and the newest versions that the extras allow

What follows goes to pytest instead of the usual part: `python .ci/pythons.py interpreters tests`. Each environment is
made once, below .venv/pythons, and anew after a change of pyproject.toml or constraints.txt.
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
# Imports everything, and touches what differs between Pythons: typing, asyncio, sqlite3, warnings.
SMOKE = ("tests/raw", "tests/wire", "tests/testing", "tests/emulator/test_examples.py", "examples")
# Everything that uses an extra.
USING_EXTRAS = (
    *("tests/server", "tests/webhooks", "tests/http/stacks", "tests/pipeline/test_otel.py", "tests/test_extras.py"),
    *("tests/transfers/test_progress_bar.py", "tests/properties/test_bodies.py", "examples"),
)
_LOWER_BOUND = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?>=([\w.]+)")


def main(what: str, *arguments: str) -> None:
    """Runs what is asked for. The first failure ends it."""
    if what == "bounds":
        requirements = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
        newest = ["--upgrade", *requirements, "opentelemetry-sdk"]
        for name, versions in (("oldest", lowest(requirements)), ("newest", newest)):
            run_tests(name, environment(name, sys.executable, versions), arguments or USING_EXTRAS)
    else:
        for version, executable in interpreters().items():
            run_tests(version, environment(version, executable, []), arguments or SMOKE)


def lowest(requirements: list[str]) -> list[str]:
    """The oldest version of each requirement."""
    bounds = [bound for bound in map(_LOWER_BOUND.match, requirements) if bound]
    # The tests use OpenTelemetry's SDK, which fits the API of the same version alone.
    sdk = [f"opentelemetry-sdk=={bound[2]}" for bound in bounds if bound[1] == "opentelemetry-api"]
    return sorted({f"{bound[1]}=={bound[2]}" for bound in bounds} | set(sdk))


def interpreters() -> dict[str, str]:
    """The supported interpreters of this machine by their version, without the one that runs this."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions").glob("*/bin")
    own = platform.python_version()
    found: dict[str, str] = {}
    for executable in sorted(path for folder in folders for path in folder.glob("python3.[0-9][0-9]")):
        ask = "import ensurepip, platform, venv; print(platform.python_version())"
        asked = subprocess.run([executable, "-c", ask], capture_output=True, text=True, check=False)
        version = asked.stdout.strip()
        if version and version != own and tuple(map(int, version.split(".")[:2])) >= OLDEST_PYTHON:
            found.setdefault(version, str(executable))
    return found


def environment(name: str, executable: str, versions: list[str]) -> Path:
    """Makes an environment with what the tests need, unless it is there; returns its Python.

    Args:
        name: The environment's.
        executable: The Python that makes it.
        versions: What pip is told besides, to install in place of the pinned versions.
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
    """Runs tests and prints one line about them."""
    began = time.monotonic()
    printed = run(str(python), "-W", "error", "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", *paths)
    print(f"✓ {name}: {printed.strip().splitlines()[-1]} ({time.monotonic() - began:.0f} s)", flush=True)


def run(*command: str) -> str:
    """Runs a command to its end and returns what it printed."""
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
