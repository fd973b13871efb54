"""One client in several event loops, one after the other and at the same time."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.lifecycle.harness import Server, run

# Do not use `-X dev`, because asyncio would report slow callbacks.
FLAGS = ("-W", "error")


def test_one_client_in_a_hundred_event_loops(server: Server, tmp_path: Path) -> None:
    # As with Django's async_to_sync, or asyncio.run in a Celery task.
    code = """
import asyncio, threading
from orbitconnect._async.connection import AsyncConnection

orbit = AsyncOrbitServer(KEY)

async def three():
    return await asyncio.gather(*(ask_async(orbit) for _ in range(3)))

def open_files():
    return len(os.listdir("/proc/self/fd"))

asyncio.run(three())
before = open_files()
seen = set()
for _ in range(100):
    numbers = {number for number, _ in asyncio.run(three())}
    assert numbers and not numbers & seen
    seen |= numbers
    assert open_files() <= before, (open_files(), before)
tell(len(orbit._connection._adapters), threading.active_count())
"""
    assert run(server, tmp_path, code, flags=FLAGS) == [(1, 1)]


def test_calls_from_async_to_sync(plain_server: Server, tmp_path: Path) -> None:
    code = """
from asgiref.sync import async_to_sync

orbit = AsyncOrbitServer(KEY)
for _ in range(3):
    tell(*async_to_sync(ask_async)(orbit))
"""
    told = run(plain_server, tmp_path, code, flags=FLAGS)
    assert len({number for number, _ in told}) == 3


def test_one_client_in_two_event_loops_at_once(server: Server, tmp_path: Path) -> None:
    code = """
import asyncio, threading

orbit = AsyncOrbitServer(KEY)
orbit.preload()
together = threading.Barrier(2)
found = [set(), set()]

async def work(number):
    for _ in range(50):
        found[number].add((await ask_async(orbit))[0])
        if len(found[number]) == 1:
            await asyncio.to_thread(together.wait, 30)

threads = [threading.Thread(target=lambda number=number: asyncio.run(work(number))) for number in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
tell(len(found[0]), len(found[1]), len(found[0] & found[1]))
"""
    assert run(server, tmp_path, code, flags=FLAGS) == [(1, 1, 0)]


def test_an_event_loop_can_end_while_a_call_is_in_progress(server: Server, tmp_path: Path) -> None:
    code = """
import asyncio

orbit = AsyncOrbitServer(KEY)

async def leave():
    task = asyncio.create_task(ask_async(orbit, "never"))
    await asyncio.sleep(0.2)
    return task

task = asyncio.run(leave())
tell(task.cancelled())
tell(asyncio.run(ask_async(orbit))[1])
"""
    (cancelled,), (session,) = run(server, tmp_path, code, flags=FLAGS)
    assert cancelled
    assert session in ("plain", "new", "resumed")


@pytest.mark.parametrize("where", ["in the loop", "in another loop", "in no loop"])
def test_a_client_that_is_dropped_closes_its_connections(server: Server, tmp_path: Path, where: str) -> None:
    ends = {
        "in the loop": "asyncio.run(use_and_drop())",
        "in another loop": "orbit = asyncio.run(use()); asyncio.run(drop_here())",
        "in no loop": "orbit = asyncio.run(use()); del orbit",
    }
    code = f"""
import asyncio

async def use():
    orbit = AsyncOrbitServer(KEY)
    await asyncio.gather(*(ask_async(orbit) for _ in range(4)))
    return orbit

async def use_and_drop():
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        await use()
    for _ in range(200):
        await asyncio.sleep(0.01)
        if len(os.listdir("/proc/self/fd")) <= before:
            break
    tell(len(os.listdir("/proc/self/fd")) - before, len(asyncio.all_tasks()))

async def drop_here():
    global orbit
    await ask_async(orbit)
    del orbit

{ends[where]}
"""
    told = run(server, tmp_path, code, flags=FLAGS)
    assert told == ([(0, 1)] if where == "in the loop" else [])


@pytest.mark.skipif(find_spec("uvloop") is None, reason="needs uvloop")
def test_calls_in_uvloop(server: Server, tmp_path: Path) -> None:
    code = """
import uvloop

orbit = AsyncOrbitServer(KEY)

async def three():
    return await __import__("asyncio").gather(*(ask_async(orbit) for _ in range(3)))

for _ in range(20):
    found = uvloop.run(three())
    before = before if "before" in dir() else len(os.listdir("/proc/self/fd"))
    assert len(os.listdir("/proc/self/fd")) <= before
tell(len(found))
"""
    assert run(server, tmp_path, code, flags=FLAGS) == [(3,)]


def test_a_given_transport_belongs_to_one_event_loop(plain_server: Server, tmp_path: Path) -> None:
    code = """
import asyncio
import httpx

orbit = AsyncOrbitServer(KEY, transport=httpx.AsyncHTTPTransport())
asyncio.run(ask_async(orbit))
try:
    asyncio.run(ask_async(orbit))
except RuntimeError as error:
    tell(str(error))
os._exit(0)  # httpx leaves its connection open.
"""
    ((said,),) = run(plain_server, tmp_path, code, flags=("-W", "ignore"))
    assert "belongs to another event loop" in said
    assert "omit transport" in said
