from __future__ import annotations

import subprocess
import sys

import pytest

from tests.pipeline.harness import answer, loopback

CODE = """
import asyncio, gc, os
from orbitconnect import AsyncOrbitServer
from orbitconnect_api import operations
operations.BASE_URL = {url!r}
orbit = AsyncOrbitServer("sk_test_x", transport="aiohttp")

async def calls():
    await asyncio.gather(*(orbit.users.get("usr_1") for _ in range(5)))

asyncio.run(calls())
files = len(os.listdir("/proc/self/fd"))
for _ in range(5):
    asyncio.run(calls())
asyncio.run(orbit.aclose())
gc.collect()
assert len(os.listdir("/proc/self/fd")) <= files
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts the files in /proc")
def test_one_client_in_several_loops_leaves_nothing_behind() -> None:
    with loopback(answer()) as server:
        code = CODE.format(url=server.url)
        ran = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(server.seen) == 30
