"""When the modules of a stack are loaded."""

from __future__ import annotations

import subprocess
import sys


def test_preload_loads_the_stack_and_connects_to_nothing() -> None:
    program = """
import asyncio, sys
import socket
socket.socket.connect = None
socket.getaddrinfo = None
from orbitconnect import AsyncOrbitServer

async def preload():
    async with AsyncOrbitServer("sk_test_x", transport="aiohttp") as orbit:
        assert "aiohttp" not in sys.modules
        orbit.preload()

asyncio.run(preload())
assert "aiohttp" in sys.modules
"""
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 0, finished.stderr
