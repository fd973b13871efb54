"""Creating a client loads no HTTP library, a call imports no modules, and `preload` opens no connections."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from tests.pipeline.harness import answer, loopback
from tests.transports import SYNC, TRANSPORTS

CALLS = """
import asyncio, gc, os, sys
from orbitconnect import AsyncOrbitServer, ConnectionFailedError, NotFoundError, OrbitServer
from orbitconnect.observers import Observer
from orbitconnect_api import operations
operations.BASE_URL = {url!r}
options = dict(signing_secret="s3cr3t", observers=[Observer()], transport={stack!r}, timeout=10)

async def run():
    orbit = AsyncOrbitServer("sk_test_x", **options)
    users, raw = orbit.users, orbit.raw
    before = set(sys.modules)
    await users.get("usr_1")
    try:
        await users.get("usr_2")
    except NotFoundError as error:
        repr(error)
    await raw.request("GET", "/things")
    late = set(sys.modules) - before
    await orbit.aclose()
    return late

def run_sync():
    orbit = OrbitServer("sk_test_x", **options)
    users, raw = orbit.users, orbit.raw
    before = set(sys.modules)
    users.get("usr_1")
    try:
        users.get("usr_2")
    except NotFoundError as error:
        repr(error)
    raw.request("GET", "/things")
    late = set(sys.modules) - before
    orbit.close()
    return late

late = asyncio.run(run()) if {kind!r} == "async" else run_sync()
assert not late, sorted(late)
"""
SCRIPT = (
    answer(b'{"message":"busy"}', "503 Busy"),
    answer(),
    answer(b'{"message":"There is none.","code":"resource_not_found"}', "404 Not Found"),
    answer(),
)


@pytest.mark.parametrize(("kind", "stack"), TRANSPORTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_calls_import_nothing(
    kind: str, stack: str, scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An exception raised during an import by another thread would leave the module locked for all threads.
    tls = None
    if scheme == "https":
        authority, tls = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with loopback(*SCRIPT, tls=tls) as server:
        url = server.url.replace("127.0.0.1", "localhost")  # Use a host name, so that a lookup is needed.
        code = CALLS.format(url=url, kind=kind, stack=stack)
        ran = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert len(server.seen) == 4


@pytest.mark.parametrize("stack", SYNC)
def test_an_interrupted_first_call_does_not_affect_other_threads(stack: str) -> None:
    # The call is interrupted as by a task queue's time limit.
    code = """
import ctypes, random, sys, threading, time
from orbitconnect import OrbitServer, OrbitServerError
from orbitconnect_api import operations
operations.BASE_URL = {url!r}
raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
class Stop(BaseException): ...
dice = random.Random(1)
orbit = OrbitServer("sk_test_x", timeout=10, transport={stack!r})
users = orbit.users
def call():
    try:
        for _ in range(20):
            users.get("usr_1")
    except Stop:
        pass
for _ in range(20):
    thread = threading.Thread(target=call)
    thread.start()
    time.sleep(dice.random() * 0.01)
    raise_in(ctypes.c_ulong(thread.ident), ctypes.py_object(Stop))
    thread.join(10)
    assert not thread.is_alive()
    assert users.get("usr_1").id == "x"
orbit.close()
"""
    with loopback(answer()) as server:
        ran = subprocess.run(
            [sys.executable, "-c", code.replace("{url!r}", repr(server.url)).replace("{stack!r}", repr(stack))],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("client", ["OrbitServer", "AsyncOrbitServer"])
def test_creating_a_client_loads_no_http_library(client: str) -> None:
    code = f"""
import sys
import orbitconnect
orbit = orbitconnect.{client}("sk_test_x")
loaded = {{name.partition(".")[0] for name in sys.modules}} | sys.modules.keys()
assert not loaded & {{"httpx", "httpcore", "h11", "anyio", "aiohttp", "orjson", "email", "urllib.request"}}, loaded
orbit.preload()
assert "httpx" in sys.modules
"""
    without_proxy = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    subprocess.run([sys.executable, "-W", "error", "-c", code], env=without_proxy, check=True)


def test_preload_connects_to_nothing() -> None:
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
