"""The emulator's server: requests per second, memory growth, and time to start.

There are two baselines, both a bare Starlette route that returns a constant: under uvicorn with the parser and the
event loop that the emulator's server uses, and under uvicorn as it is installed without extras.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from benchmarks.load import load
from benchmarks.measure import Measured, processor_seconds_of, ratios, rounds
from benchmarks.report import Report, Table
from orbitconnect_api import operations

CONNECTIONS = 32
USERS = urlsplit(operations.BASE_URL).path + operations.LIST_APP_USERS.path
HEADERS = f"Host: 127.0.0.1\r\n{operations.SECRET_KEY_HEADER}: sk_test_x\r\n\r\n"

BARE = """
import sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from orbitconnect.emulator.server.run import bind

async def answer(request):
    return Response(BODY, media_type="application/json")

BODY = b'{"data":%s}' % (b'{"id":"usr_c28b22d4159f1408","external_id":"a","display_name":"A","metadata":{},'
    b'"is_active":true,"created_at":"2026-11-23T19:43:12.152773+00:00","updated_at":"2026-11-23T19:43:12.152773+00:00"}')
listener = bind(0)
print("http://127.0.0.1:%d" % listener.getsockname()[1], flush=True)
app = Starlette(routes=[Route("/{path:path}", answer)])
options = dict(log_config=None, access_log=False, loop=sys.argv[1], http=sys.argv[2], ws="none", lifespan="off")
uvicorn.Server(uvicorn.Config(app, **options)).run([listener])
"""


@contextmanager
def started(*command: str) -> Iterator[tuple[str, int]]:
    """Run a server and yield its URL and process id."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(word for word in process.stdout.readline().split() if word.startswith("http")), process.pid
        finally:
            process.kill()


def emulator() -> Sequence[str]:
    return ("-m", "orbitconnect", "emulator", "--port", "0")


def load_users(url: str, path: str, count: int) -> float:
    """Get a user over all connections, and return the responses per second."""
    request = f"GET {path} HTTP/1.1\r\n{HEADERS}".encode()
    return load(url, request, connections=CONNECTIONS, count=count)


class Served(NamedTuple):
    """How fast a server responded, and the seconds of the processor that it used for each response."""

    rate: float
    processor: float


def served(url: str, process: int, path: str, count: int) -> Served:
    """Get a user over all connections."""
    before = processor_seconds_of(process)
    rate = load_users(url, path, count)
    return Served(rate, (processor_seconds_of(process) - before) / count)


def create_user(url: str) -> str:
    headers = {operations.SECRET_KEY_HEADER: "sk_test_x"}
    body = {"external_id": "a", "display_name": "A"}
    created = httpx.post(f"{url}{USERS}", headers=headers, json=body, trust_env=False)
    return f"{USERS}/{created.json()['data']['id']}"


def run(*, quick: bool) -> Report:
    """Measure all three."""
    results = _results(5_000, 3) if quick else _results(10_000, 11)
    seconds = {name: [result.processor for result in each] for name, each in results.items()}
    ratio = ratios(seconds["bare"], seconds["emulator"])
    slow_ratio = ratios(seconds["bare, over asyncio and h11"], seconds["emulator"])
    emulated = Measured.of([result.rate for result in results["emulator"]])
    rows = [
        [
            f"users.get from {CONNECTIONS} connections",
            f"{emulated.median:,.0f} requests per second",
            f"{ratio.median:.2f} of a bare Starlette route, {slow_ratio.median:.2f} of one over asyncio and h11",
        ],
        _memory(2_000 if quick else 100_000),
        _start(3 if quick else 10),
    ]
    return Report(
        [Table("The emulator's server", ["", "", ""], rows, "The comparison is one of the servers' processor time.")],
        [],
        {"users.get": ratio, "users.get, over asyncio and h11": slow_ratio},
    )


def _results(count: int, repetitions: int) -> dict[str, list[Served]]:
    """Compare `users.get` with the bare routes."""
    with (
        started("-c", BARE, "auto", "auto") as bare,
        started("-c", BARE, "asyncio", "h11") as slow,
        started(*emulator()) as emulated,
    ):
        path = create_user(emulated[0])
        servers = {"bare": bare, "bare, over asyncio and h11": slow, "emulator": emulated}
        turns = {name: partial(served, *server, path, count) for name, server in servers.items()}
        return rounds(turns, repetitions)


def _memory(requests: int) -> list[str]:
    """Measure how much the server's memory grows after the first requests."""
    with started(*emulator()) as (url, process):
        path = create_user(url)
        load_users(url, path, requests // 10)
        before = resident(process)
        load_users(url, path, requests)
        after = resident(process)
    growth = f"{(after - before) / 1e6:+.1f} MB since the first tenth"
    return [f"memory after {requests:,} requests", f"{after / 1e6:.1f} MB", growth]


def resident(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def _start(repetitions: int) -> list[str]:
    """Measure the time from the start of the process to the first response."""
    times = []
    for _ in range(repetitions):
        began = time.perf_counter()
        with started(*emulator()) as (url, _):
            assert httpx.get(f"{url}/_emulator/health", trust_env=False).status_code == 200
            times.append(time.perf_counter() - began)
    return ["start", f"{statistics.median(times) * 1e3:.0f} ms", "until the first response"]
