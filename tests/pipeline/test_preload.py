from __future__ import annotations

import subprocess
import sys

import pytest

from tests.pipeline.harness import answer, loopback

CALL = """
import asyncio, gc, sys, warnings
from orbitconnect import OrbitServer, AsyncOrbitServer
from orbitconnect_api import operations
operations.BASE_URL = {url!r}
async def run():
    orbit = AsyncOrbitServer("sk_test_x", signing_secret="s")
    orbit.preload()
    before = set(sys.modules)
    await orbit.users.get("usr_1")
    await orbit.aclose()
    return before
def run_sync():
    orbit = OrbitServer("sk_test_x", signing_secret="s")
    orbit.preload()
    before = set(sys.modules)
    orbit.users.get("usr_1")
    orbit.close()
    return before
before = asyncio.run(run()) if {kind!r} == "async" else run_sync()
late = sorted(set(sys.modules) - before)
assert not late, late
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_after_a_preload_the_first_call_imports_nothing(kind: str) -> None:
    with loopback(answer()) as server:
        subprocess.run([sys.executable, "-W", "error", "-c", CALL.format(url=server.url, kind=kind)], check=True)
        assert len(server.seen) == 1


def test_a_preload_connects_to_nothing() -> None:
    code = """
import socket
socket.socket.connect = None
socket.getaddrinfo = None
from orbitconnect import OrbitServer
with OrbitServer("sk_test_x") as orbit:
    orbit.preload()
    orbit.preload()
    assert "users" in vars(orbit)
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
