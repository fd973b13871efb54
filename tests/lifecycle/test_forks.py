"""A forked process uses its parent's client, and the parent continues to use it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.lifecycle.harness import Server, run
from tests.transports import SYNC

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

# Some of these tests fork while threads are running. Python 3.12 and later warn about that.
FLAGS = ("-W", "error", "-W", "ignore:This process:DeprecationWarning", "-X", "dev")

CHILDREN = """
orbit = OrbitServer(KEY, transport={stack!r})
tell("parent", *ask(orbit))
for _ in range(2):
    child = os.fork()
    if child == 0:
        tell("child", *ask(orbit))
        tell("child", *ask(orbit))
        {end}
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    tell("parent", *ask(orbit))
other = OrbitServer(KEY, transport={stack!r})
tell("other", *ask(other))
"""

ENDS = {
    "exit": "sys.exit()",
    "exit at once": "os._exit(0)",
    "close": "orbit.close(); sys.exit()",
    "drop": "import gc; del orbit; gc.collect(); sys.exit()",
}


@pytest.mark.parametrize("stack", SYNC)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_children_open_their_own_connections(tls_server: Server, tmp_path: Path, end: str, stack: str) -> None:
    told = run(tls_server, tmp_path, CHILDREN.format(end=end, stack=stack), flags=FLAGS)
    assert [who for who, *_ in told] == ["parent", *["child", "child", "parent"] * 2, "other"]
    numbers = [number for _, number, _ in told]
    parent, first, second, other = numbers[0], numbers[1], numbers[4], numbers[7]
    assert len({parent, first, second, other}) == 4
    # The parent's connection stays open, no matter how a child ends.
    assert numbers == [parent, first, first, parent, second, second, parent, other]
    if told[0][2] != "plain":
        # Only the parent resumes its TLS session.
        assert [session for *_, session in told] == ["new"] * 7 + ["resumed"]


def test_children_do_not_resume_a_tls_session_of_the_parent(tls_server: Server, tmp_path: Path) -> None:
    code = """
with OrbitServer(KEY) as orbit:
    tell("parent", *ask(orbit))
child = os.fork()
if child == 0:
    tell("child", *ask(OrbitServer(KEY)))
    sys.exit()
os.waitpid(child, 0)
tell("parent", *ask(OrbitServer(KEY)))
"""
    told = run(tls_server, tmp_path, code)
    assert [(who, session) for who, _, session in told] == [("parent", "new"), ("child", "new"), ("parent", "resumed")]


LOOP = """
import asyncio, threading

async def main():
    orbit = AsyncOrbitServer(KEY)
    tell("parent", *await ask_async(orbit))
    call = asyncio.create_task(ask_async(orbit, {path!r}))
    await asyncio.sleep(0.2)
    child = os.fork()
    if child == 0:
        thread = threading.Thread(target=lambda: tell("child", *asyncio.run(ask_async(orbit))))
        thread.start()
        thread.join()
        {end}
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        await asyncio.sleep(0.05)
    tell("call", *await asyncio.wait_for(call, 20))
    tell("parent", *await asyncio.wait_for(ask_async(orbit), 20))
    await orbit.aclose()

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("slow", "os._exit(0)"),
        ("slow", "await orbit.aclose(); os._exit(0)"),
        # `sys.exit` closes the event loop that the child shares with its parent, and with it whatever the parent waits
        # for. Because asyncio works like this, no call may be in progress at that time.
        ("usr_1", "sys.exit()"),
    ],
)
def test_fork_in_a_running_loop(tls_server: Server, tmp_path: Path, path: str, end: str) -> None:
    # Warnings are ignored here because asyncio warns about the event loop, which the child does not close.
    told = run(tls_server, tmp_path, LOOP.format(path=path, end=end), flags=("-W", "ignore"))
    assert [who for who, *_ in told] == ["parent", "child", "call", "parent"]
    (_, parent, _), (_, child, session), (_, call, _), (_, after, _) = told
    assert parent == call == after != child
    assert session in ("plain", "new")


def test_fork_while_another_thread_is_in_a_call(server: Server, tmp_path: Path) -> None:
    code = """
import threading, time

orbit = OrbitServer(KEY)
orbit.preload()
thread = threading.Thread(target=lambda: tell("slow", *ask(orbit, "slow")))
thread.start()
time.sleep(0.3)
child = os.fork()
if child == 0:
    tell("child", *ask(orbit))
    sys.exit()
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
thread.join()
tell("parent", *ask(orbit))
"""
    told = run(server, tmp_path, code, flags=FLAGS)
    numbers = {who: number for who, number, _ in told}
    assert numbers["parent"] == numbers["slow"] != numbers["child"]


def test_forks_while_many_threads_make_calls(plain_server: Server, tmp_path: Path) -> None:
    # A lock that another thread holds during the fork would stay locked in the child forever.
    code = """
import signal, threading

orbit = OrbitServer(KEY)
orbit.preload()
ask(orbit)
ended = threading.Event()
errors = []

def work():
    while not ended.is_set():
        try:
            ask(orbit)
        except BaseException as error:
            errors.append(error)
            raise

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for _ in range(30):
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        ask(orbit)
        orbit.close()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status:
        tell(os.waitstatus_to_exitcode(status))
ended.set()
for thread in threads:
    thread.join()
tell(len(errors))
"""
    assert run(plain_server, tmp_path, code, flags=FLAGS) == [(0,)]


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing_with_a_global_client_and_a_pickled_one(
    tls_server: Server, tmp_path: Path, method: str
) -> None:
    # The client is a global variable, which a fork inherits, and an argument, which the other start methods pickle.
    code = f"""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

orbit = OrbitServer(KEY)

def work(given, barrier=None):
    if barrier is not None:
        barrier.wait(60)
    return os.getpid(), ask(orbit), ask(given)

def begin(barrier):
    global shared
    shared = barrier

def pooled(given):
    return work(given, shared)

if __name__ == "__main__":
    tell("parent", *ask(orbit))
    context = multiprocessing.get_context({method!r})
    with context.Pool(2, begin, (context.Barrier(2),)) as pool:
        for pid, *calls in pool.map(pooled, [orbit] * 2, chunksize=1):
            tell(f"pool {{pid}}", *calls)
        pool.close()
        pool.join()
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        pid, *calls = executor.submit(work, orbit).result(60)
        tell(f"executor {{pid}}", *calls)
    tell("parent", *ask(orbit))
"""
    told = run(tls_server, tmp_path, code, flags=FLAGS)
    assert told[0] == told[-1]
    seen = {told[0][1]}
    for _, *calls in told[1:-1]:
        own = {number for number, _ in calls}
        assert not own & seen
        seen |= own
        # The first call of each process. The second one, with another client, may resume its TLS session.
        assert calls[0][1] in ("plain", "new")
    assert len(told) == 5
    assert len({who for who, *_ in told[1:-1]}) == 3


def test_a_client_with_a_given_transport_can_be_sent_to_another_process(plain_server: Server, tmp_path: Path) -> None:
    code = """
import httpx
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

class Canned(httpx.BaseTransport):
    def __init__(self, name):
        self.name = name
    def handle_request(self, request):
        return httpx.Response(200, json={"data": {"id": self.name, "display_name": str(os.getpid())}})

if __name__ == "__main__":
    orbit = OrbitServer(KEY, transport=Canned("mine"))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        name, pid = executor.submit(ask, orbit).result(60)
    tell(name, pid != str(os.getpid()))
"""
    assert run(plain_server, tmp_path, code) == [("mine", True)]
