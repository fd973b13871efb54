"""When and where the stacks' modules are loaded."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from orbitconnect._fast.loading import load_for_good


@pytest.mark.parametrize("stack", ["aiohttp", "pyreqwest"])
def test_a_preload_loads_the_stack_and_connects_to_nothing(stack: str) -> None:
    program = f"""
import asyncio, importlib.util, sys
if importlib.util.find_spec({stack!r}) is None:
    raise SystemExit(77)
import socket
socket.socket.connect = None
socket.getaddrinfo = None
from orbitconnect import AsyncOrbitServer, OrbitServer

async def preload():
    async with AsyncOrbitServer("sk_test_x", transport={stack!r}) as orbit:
        assert {stack!r} not in sys.modules
        orbit.preload()

asyncio.run(preload())
if {stack!r} == "pyreqwest":
    with OrbitServer("sk_test_x", transport={stack!r}) as orbit:
        orbit.preload()
assert {stack!r} in sys.modules
assert "orbitconnect._pipeline.one_connection" not in sys.modules
"""
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    if finished.returncode == 77:
        pytest.skip(f"{stack} is not installed")
    assert finished.returncode == 0, finished.stderr


def test_a_module_that_is_missing_is_told_in_the_main_thread() -> None:
    with pytest.raises(ModuleNotFoundError, match="orbitconnect_has_no_such_module"):
        load_for_good("orbitconnect_has_no_such_module")


def test_a_module_that_is_missing_is_told_in_another_thread_and_leaves_none_behind() -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(load_for_good, "orbitconnect_has_no_such_module")
        with pytest.raises(ModuleNotFoundError, match="orbitconnect_has_no_such_module"):
            asked.result(60)
    for thread in threading.enumerate():
        if "orbitconnect_has_no_such_module" in thread.name:
            thread.join(60)
            assert not thread.is_alive()


def test_the_thread_that_loads_a_module_stays_and_keeps_no_program_from_ending(tmp_path: Path) -> None:
    (tmp_path / "loaded_late.py").write_text("import threading\nby = threading.current_thread()\n")
    program = """
import sys, threading
from orbitconnect._fast.loading import load_for_good
for _ in range(2):
    asking = threading.Thread(target=load_for_good, args=("loaded_late",))
    asking.start()
    asking.join(60)
import loaded_late
assert loaded_late.by.is_alive()
assert loaded_late.by not in (asking, threading.main_thread())
"""
    subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{program}"],
        check=True,
        timeout=60,
    )
