"""Programs that end without closing their client, or use it during shutdown, print nothing and exit with status 0.

They use TLS, which has more to close than a plain connection.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.lifecycle.harness import Server, run

ENDS = {
    "a global": "ask(orbit)",
    "a global that made no call": "pass",
    "in a cycle": """
class Holder: pass
holder = Holder()
holder.me, holder.orbit = holder, orbit
ask(orbit)
""",
    "closed twice": "ask(orbit); orbit.close(); orbit.as_user('usr_1').close()",
    "in a module that others have": "import json; json.orbit = orbit; ask(orbit)",
    "kept by a daemon thread": """
import threading, time
threading.Thread(target=lambda kept: time.sleep(60), args=(orbit,), daemon=True).start()
ask(orbit)
""",
    "used by a daemon thread": """
import threading, time
def work():
    while True:
        ask(orbit)
threading.Thread(target=work, daemon=True).start()
time.sleep(0.3)
""",
    "used by threads that wait": """
import threading
threads = [threading.Thread(target=ask, args=(orbit, "slow")) for _ in range(3)]
for thread in threads: thread.start()
""",
    "an answer that never comes": """
import threading, time
threading.Thread(target=ask, args=(orbit, "never"), daemon=True).start()
time.sleep(0.3)
""",
    "at the exit": """
import atexit
atexit.register(lambda: tell(*ask(orbit)))
ask(orbit)
""",
    "at the exit, for the first time": """
import atexit
atexit.register(lambda: tell(*ask(orbit)))
""",
    "at the exit, twice closed": """
import atexit
atexit.register(orbit.close)
atexit.register(orbit.close)
ask(orbit)
""",
    "in a finalizer of the caller": """
import gc
class Holder:
    def __del__(self):
        tell(*ask(orbit))
holder = Holder()
holder.me = holder
del holder
gc.collect()
""",
    "an exception that keeps it": """
def fail():
    ask(orbit)
    raise ValueError
try:
    fail()
except ValueError as error:
    kept = error
""",
    "leaves through an exit": "ask(orbit); sys.exit(0)",
}

ASYNC_ENDS = {
    "a global": "asyncio.run(ask_async(orbit))",
    "a global of several loops": "asyncio.run(ask_async(orbit)); asyncio.run(ask_async(orbit))",
    "closed twice": """
async def main():
    async with orbit:
        await ask_async(orbit)
    await orbit.aclose()
asyncio.run(main())
""",
    "closed in another loop": "asyncio.run(ask_async(orbit)); asyncio.run(orbit.aclose())",
    "at the exit": """
import atexit
atexit.register(lambda: tell(*asyncio.run(ask_async(orbit))))
asyncio.run(ask_async(orbit))
""",
    "in a daemon thread's loop": """
import threading, time
async def work():
    while True:
        await ask_async(orbit)
threading.Thread(target=lambda: asyncio.run(work()), daemon=True).start()
time.sleep(0.3)
""",
    "a task that is under way": """
async def main():
    kept.append(asyncio.create_task(ask_async(orbit, "never")))
    await ask_async(orbit)
kept = []
asyncio.run(main())
""",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_program_with_a_sync_client_ends_quietly(tls_server: Server, tmp_path: Path, end: str) -> None:
    run(tls_server, tmp_path, "orbit = OrbitServer(KEY)\n" + end)


@pytest.mark.parametrize("end", ASYNC_ENDS.values(), ids=ASYNC_ENDS)
def test_a_program_with_an_async_client_ends_quietly(tls_server: Server, tmp_path: Path, end: str) -> None:
    # Do not use `-X dev`, because asyncio would report slow callbacks.
    run(tls_server, tmp_path, "import asyncio\norbit = AsyncOrbitServer(KEY)\n" + end, flags=("-W", "error"))


CYCLES = """
import asyncio, gc

class Holder:
    def __init__(self, orbit):
        self.me, self.orbit = self, orbit

def files():
    return len(os.listdir("/proc/self/fd"))

def sync():
    ask(OrbitServer(KEY))  # What is loaded by it may keep files open.
    before = files()
    for _ in range(5):
        ask(Holder(OrbitServer(KEY)).orbit)
    gc.collect()
    tell(files() - before)

async def main():
    await ask_async(AsyncOrbitServer(KEY))
    await asyncio.sleep(0.2)
    before = files()
    for _ in range(5):
        await ask_async(Holder(AsyncOrbitServer(KEY)).orbit)
    gc.collect()
    await asyncio.sleep(0.2)
    tell(files() - before)

sync()
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_clients_in_reference_cycles_are_closed_when_collected(server: Server, tmp_path: Path) -> None:
    # The collector finalizes the objects of a cycle in any order, so a socket may issue a ResourceWarning before its
    # client closes it. Python ignores these by default.
    assert run(server, tmp_path, CYCLES, flags=()) == [(0,), (0,)]
