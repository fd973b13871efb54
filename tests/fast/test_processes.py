"""What would end or hang a whole process: forks, interrupts, threads that come and go, the end of the interpreter."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

_BEFORE = """
import asyncio, os, signal, sys, threading, time, warnings
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect_api import operations
from tests.pipeline.harness import KEY, NEVER, answer, loopback, request_of

def call(client):
    return client.raw.execute(request_of(NEVER))
"""


def run(program: str) -> str:
    """What a program prints, which has to end well."""
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


def test_first_used_in_a_thread_that_ends() -> None:
    assert (
        run(
            """
        with loopback(answer()) as server:
            client = OrbitServer(KEY, transport="pyreqwest")
            for _ in range(50):
                thread = threading.Thread(target=call, args=(client,))
                thread.start()
                thread.join()
            print(len(server.seen))
        """
        )
        == "50\n"
    )


def test_interrupt_ends_the_main_threads_call_at_once_and_no_other() -> None:
    out = run(
        """
        asked = threading.Semaphore(0)
        release, gone = threading.Event(), []

        def step(connection):
            asked.release()
            release.wait(20)
            connection.sendall(answer())

        with loopback(step) as server:
            client = OrbitServer(KEY, transport="pyreqwest", timeout=30)
            results = []
            other = threading.Thread(target=lambda: results.append(call(client)))
            other.start()

            def interrupt():
                asked.acquire(), asked.acquire()
                os.kill(os.getpid(), signal.SIGINT)

            threading.Thread(target=interrupt).start()
            began = time.monotonic()
            try:
                call(client)
            except KeyboardInterrupt:
                print("interrupted", time.monotonic() - began < 10)
            release.set()
            other.join()
            print(results, call(client))
            client.close()
            for _ in range(200):
                left = [thread.name for thread in threading.enumerate() if thread.name == "orbitconnect"]
                if not left:
                    break
                time.sleep(0.05)
            print(left)
        """
    )
    assert out == "interrupted True\n[{'id': 'x'}] {'id': 'x'}\n[]\n"


FORK = """
with loopback(answer()) as server:
    client = {client}
    print({call}, flush=True)
    if os.fork() == 0:
        signal.alarm(20)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            print({call}, {call}, [str(each.category.__name__) for each in caught], flush=True)
        del client
        os._exit(0)
    print(os.wait()[1], {call}, server.connections)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("client", "call"),
    [
        ('OrbitServer(KEY, transport="pyreqwest")', "call(client)"),
        ('AsyncOrbitServer(KEY, transport="pyreqwest")', "asyncio.run(call(client))"),
    ],
    ids=["sync", "async"],
)
def test_forked_child_uses_httpx_instead(client: str, call: str) -> None:
    first, child, parent = run(FORK.format(client=client, call=call)).splitlines()
    assert first == "{'id': 'x'}"
    assert child.startswith("{'id': 'x'} {'id': 'x'} ['RuntimeWarning'")
    assert parent.startswith("0 {'id': 'x'} ")


@pytest.mark.parametrize("transport", ["aiohttp", "pyreqwest"])
def test_program_ends_with_calls_under_way(transport: str) -> None:
    assert (
        run(
            f"""
        async def main():
            client = AsyncOrbitServer(KEY, transport="{transport}")
            task = asyncio.create_task(call(client))
            await asyncio.to_thread(server.asked.wait, 10)
            print("asked", flush=True)

        with loopback(lambda connection: time.sleep(1)) as server:
            asyncio.run(main())
        """
        )
        == "asked\n"
    )


def test_program_ends_with_a_blocking_call_under_way() -> None:
    assert (
        run(
            """
        with loopback(lambda connection: time.sleep(1)) as server:
            client = OrbitServer(KEY, transport="pyreqwest")
            threading.Thread(target=call, args=(client,), daemon=True).start()
            server.asked.wait(10)
            print("asked", flush=True)
            sys.exit(0)
        """
        )
        == "asked\n"
    )
