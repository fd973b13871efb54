"""Calls in progress do not prevent a process from exiting."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

_BEFORE = """
import asyncio, time
from orbitconnect import AsyncOrbitServer
from tests.pipeline.harness import KEY, NEVER, answer, loopback, request_of

def call(client):
    return client.raw.execute(request_of(NEVER))
"""


def run(program: str) -> str:
    """Run a program, check that it succeeds, and return its output."""
    ended = subprocess.run(
        [sys.executable, "-c", _BEFORE + textwrap.dedent(program)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_program_ends_while_calls_are_in_progress() -> None:
    assert (
        run(
            """
        async def main():
            client = AsyncOrbitServer(KEY, transport="aiohttp")
            task = asyncio.create_task(call(client))
            await asyncio.to_thread(server.asked.wait, 10)
            print("asked", flush=True)

        with loopback(lambda connection: time.sleep(1)) as server:
            asyncio.run(main())
        """
        )
        == "asked\n"
    )
