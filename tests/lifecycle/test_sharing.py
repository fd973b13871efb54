"""One client used by many threads, and by many tasks."""

from __future__ import annotations

from pathlib import Path

from tests.lifecycle.harness import Server, run

FLAGS = ("-W", "error")


def test_threads_can_make_their_first_calls_at_once(server: Server, tmp_path: Path) -> None:
    # All connections are opened at the same time, so that their handshakes overlap.
    code = """
import threading
from concurrent.futures import ThreadPoolExecutor

together = threading.Barrier(24)

def work(orbit):
    together.wait(30)
    return [ask(orbit) for _ in range(20)]

with ThreadPoolExecutor(24) as executor:
    for _ in range(3):
        with OrbitServer(KEY) as orbit:
            answers = [answer for some in executor.map(work, [orbit] * 24) for answer in some]
            tell(len(answers), len(set(answers)) <= 24)
"""
    assert run(server, tmp_path, code, flags=FLAGS) == [(480, True)] * 3


def test_tasks_can_make_their_first_calls_at_once(server: Server, tmp_path: Path) -> None:
    code = """
import asyncio

async def main():
    for _ in range(3):
        async with AsyncOrbitServer(KEY) as orbit:
            for _ in range(5):
                answers = await asyncio.gather(*(ask_async(orbit) for _ in range(40)))
            tell(len(answers), len(set(answers)) <= 40)

asyncio.run(main())
"""
    assert run(server, tmp_path, code, flags=FLAGS) == [(40, True)] * 3


def test_later_connections_of_a_process_resume_its_tls_session(tls_server: Server, tmp_path: Path) -> None:
    code = """
import asyncio

async def main():
    async with AsyncOrbitServer(KEY) as orbit:
        tell(*(await ask_async(orbit))[1:])

for _ in range(2):
    with OrbitServer(KEY) as orbit:
        tell(*ask(orbit)[1:])
    asyncio.run(main())
"""
    assert run(tls_server, tmp_path, code, flags=FLAGS) == [("new",), ("resumed",), ("resumed",), ("resumed",)]
