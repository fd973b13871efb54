"""Runs the server and the clients, and checks the results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

from attrs import frozen

from tests.endurance.soak import ledger
from tests.endurance.soak.audit import Findings, audit
from tests.transports import TRANSPORTS, is_installed

STACKS: Final = tuple(map("-".join, TRANSPORTS))
SHARE: Final = 0.05
"""The fraction of requests that a fault affects."""
OUTAGES: Final = 12
LEAST_BETWEEN_OUTAGES: Final = 900
"""The minimum number of requests between two outages.

In an outage, a few dozen calls fail, so short runs have fewer.
"""
LONGEST_RUN: Final = 300.0
"""The time limit of a run, in seconds. A run takes about a third of it."""

WARM_UP: Final = 0.3
"""Memory is first measured after this fraction of the calls. By then, caches, pools and threads exist."""
JUDGED_FROM: Final = 50_000
"""The minimum number of calls for which memory is checked.

In a shorter run, the caches and the allocator have not yet reached a steady state.
"""
LARGEST_GROWTH: Final = 100.0
"""The limit on memory growth, in bytes per call. A leak of one exception or response for each fault exceeds it."""
MOST_FILES: Final = 70
"""The limit on open files: 34 connections (one for each thread and task), and the event loop's files."""

_ROOT: Final = Path(__file__).parents[3]


@frozen
class Soak:
    """The result of a run."""

    stacks: list[str]
    findings: Findings
    server: dict[str, Any]
    """The server's report: `requests`, `faults` by kind, `outages`."""
    client: dict[str, Any]
    """A `traffic.Report`."""
    said: str
    """What the client's process wrote to standard error. It should be empty."""

    @property
    def growth(self) -> float:
        """Memory growth after the warm-up, in bytes per call (least-squares fit)."""
        points = [(calls, resident) for calls, resident, _, _ in self._warm()]
        middle, height = (sum(values) / len(points) for values in zip(*points, strict=True))
        spread = sum((calls - middle) ** 2 for calls, _ in points)
        return sum((calls - middle) * (resident - height) for calls, resident in points) / spread if spread else 0.0

    @property
    def resident(self) -> tuple[int, int]:
        """Memory use after the warm-up and at the end, in bytes."""
        warm = self._warm()
        return warm[0][1], warm[-1][1]

    @property
    def most_files(self) -> int:
        """The largest number of open files."""
        samples: list[list[int]] = self.client["samples"]
        return max(files for _, _, files, _ in samples)

    @property
    def flaws(self) -> list[str]:
        """Every problem that was found."""
        flaws = self.findings.flaws
        _, _, files, threads = (
            after - before for before, after in zip(self.client["before"], self.client["after"], strict=True)
        )
        if files > 0 or threads > 0:
            flaws.append(f"left behind by closed clients: {files} files, {threads} threads")
        if self.most_files > MOST_FILES:
            flaws.append(f"{self.most_files} open files")
        if self.findings.calls >= JUDGED_FROM and self.growth > LARGEST_GROWTH:
            flaws.append(f"the memory grows by {self.growth:.0f} bytes a call")
        if self.said:
            flaws.append(f"the client's process wrote: {self.said[:1000]}")
        return flaws

    def _warm(self) -> list[list[int]]:
        samples: list[list[int]] = self.client["samples"]
        return [sample for sample in samples if sample[0] >= WARM_UP * samples[-1][0]]


def installed() -> list[str]:
    """The stacks that are installed."""
    return [stack for stack in STACKS if is_installed(stack.partition("-")[2])]


def run(calls: int, *, seed: int = 1, stacks: Sequence[str] = (), client: str = "client") -> Soak:
    """Make calls, and check the results.

    Args:
        calls: The number of calls.
        seed: The seed of the calls and faults. Which fault affects which call still depends on how the threads run.
        stacks: The clients that make the calls. By default, all stacks that are installed.
        client: The module whose process makes the calls.

    Raises:
        RuntimeError: If a process fails.
    """
    names = list(stacks or installed())
    with TemporaryDirectory() as folder:
        database, entries = Path(folder) / "state.db", Path(folder) / "ledger"
        every = max(calls // OUTAGES, LEAST_BETWEEN_OUTAGES)
        with (
            (Path(folder) / "server.log").open("w+") as server_log,
            (Path(folder) / "client.log").open("w+") as client_log,
            _started("server", server_log, str(database), str(seed), str(SHARE), str(every)) as server,
        ):
            assert server.stdin is not None
            assert server.stdout is not None
            try:
                world = server.stdout.readline()
                with _started(client, client_log, str(entries), str(calls), str(seed), ",".join(names)) as process:
                    try:
                        told, _ = process.communicate(world, timeout=LONGEST_RUN)
                    finally:
                        process.kill()
                server.stdin.close()
                happened = server.stdout.readline()
                server.wait(30)
            finally:
                server.kill()
            server_said, said = _written(server_log), _written(client_log)
        if process.returncode or server.returncode:
            raise RuntimeError(
                f"The client ended with {process.returncode}: {said}\n"
                f"The server ended with {server.returncode}: {server_said[-2000:]}"
            )
        findings = audit(database, ledger.read(entries), calls)
    return Soak(names, findings, json.loads(happened), json.loads(told), said)


def _started(module: str, log: IO[str], *arguments: str) -> subprocess.Popen[str]:
    """Start a module of this package. Its logs and ResourceWarnings go to a file."""
    command = [sys.executable, "-W", "default::ResourceWarning", "-m", f"{__package__}.{module}", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, text=True, env=environment, cwd=_ROOT)


def _written(log: IO[str]) -> str:
    log.seek(0)
    return log.read()
