"""Runs programs in separate processes, to test how these start, fork and end."""

from __future__ import annotations

import os
import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.base_url import BASE_PATH

SERVER = Path(__file__).parent / "server.py"
LONGEST_RUN = 120

PRELUDE = """
import os, sys
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect_api import operations

operations.BASE_URL = os.environ["LIFECYCLE_URL"]
KEY = "sk_test_lifecycle"

def tell(*values):
    os.write(1, (repr(values) + "\\n").encode())  # In one piece, as several processes write here.

def ask(orbit, user_id="usr_1"):
    user = orbit.users.get(user_id)
    return user.id, user.display_name

async def ask_async(orbit, user_id="usr_1"):
    user = await orbit.users.get(user_id)
    return user.id, user.display_name
"""


class Server(NamedTuple):
    """A server's URL, and the environment variables with which programs call and trust it."""

    url: str
    environment: dict[str, str]


@contextmanager
def serving(certificate: Path | None = None, authority: Path | None = None) -> Iterator[Server]:
    """Run a server during the block."""
    command = [sys.executable, str(SERVER), *([] if certificate is None else [str(certificate)])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            url = f"http{'' if certificate is None else 's'}://127.0.0.1:{port}{BASE_PATH}"
            yield Server(url, _environment(url, authority))
        finally:
            process.kill()


def _environment(url: str, authority: Path | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    kept.pop("SSL_CERT_DIR", None)
    kept["LIFECYCLE_URL"] = url
    # Programs that run in another folder import modules from the tests.
    kept["PYTHONPATH"] = str(Path(__file__).parents[2])
    return kept if authority is None else {**kept, "SSL_CERT_FILE": str(authority)}


def run(
    server: Server, folder: Path, code: str, *, flags: tuple[str, ...] = ("-W", "error", "-X", "dev")
) -> list[tuple[Any, ...]]:
    """Run a program that must end successfully and print only what it passes to `tell`.

    Args:
        server: The server that the program calls.
        folder: The folder for the program's file.
        code: The program, after the prelude.
        flags: Python's options. By default every warning is raised as an exception, and Python prints those that are
            not caught.

    Returns:
        The values that the program passed to `tell`, one per line.
    """
    program = folder / "program.py"
    program.write_text(PRELUDE + code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *flags, str(program)],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    if done.returncode or done.stderr:
        raise AssertionError(f"It ended with {done.returncode}. It told:\n{done.stdout}\nIt printed:\n{done.stderr}")
    return [_read(line) for line in done.stdout.splitlines()]


def _read(line: str) -> tuple[Any, ...]:
    value: tuple[Any, ...] = literal_eval(line)
    return value
