"""What each compared client does for a call, so that their costs can be judged: versions, retries, keys and models.

The retries and the idempotency key are observed: each client makes its call to a server that responds with 503.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import certifi

from benchmarks.calls import rank
from benchmarks.contestants import ASYNC, OURS, SYNC
from benchmarks.report import Report, Table, version

_KEY_HEADERS = {"idempotency-key", "x-livekit-request-id"}


class Facts(NamedTuple):
    """What is known of a contestant without calling it."""

    distribution: str
    http: str
    result: str


_OURS_RESULT = "attrs model"
_FACTS = {
    "httpx": Facts("httpx", "httpcore", "dict"),
    OURS: Facts("orbitconnect", "httpx's transport", _OURS_RESULT),
    f"{OURS} (stdlib)": Facts("orbitconnect", "http.client", _OURS_RESULT),
    f"{OURS} (aiohttp)": Facts("orbitconnect", "aiohttp", _OURS_RESULT),
    "aiohttp": Facts("aiohttp", "its own", "dict"),
    "requests": Facts("requests", "urllib3", "dict"),
    "stripe": Facts("stripe", "requests, httpx", "dict subclass with attributes"),
    "openai": Facts("openai", "httpx", "pydantic model"),
    "svix": Facts("svix", "httpx", "pydantic model"),
    "getstream": Facts("getstream", "httpx", "dataclass"),
    "twilio": Facts("twilio", "requests, aiohttp", "object with attributes"),
    "livekit-api": Facts("livekit-api", "aiohttp", "protobuf message"),
}


def run(*, quick: bool) -> Report:
    """Call the failing server with all contestants at the same time, because nothing is timed."""
    names = sorted(dict.fromkeys([*SYNC, *ASYNC]), key=rank)
    with ThreadPoolExecutor(len(names)) as threads:
        rows = [row for row in threads.map(_row, names) if row]
    columns = ["", "version", "HTTP library", "attempts if the server responds with 503", "idempotency key", "returns"]
    note = "Each client with its defaults. The attempts and the idempotency key are those of the measured call. "
    note += f"{OURS} repeats it without a key, because users.create is an upsert by external_id."
    title = f"The compared clients, on {platform.python_implementation()} {platform.python_version()}"
    return Report([Table(title, columns, rows, note)])


def _row(name: str) -> list[str]:
    """Return the cells, or none if the contestant is not installed or does not reach the server."""
    facts = _FACTS[name]
    requests = _requests(name)
    if not requests:
        return []
    keys = [key for headers in requests for header, key in headers.items() if header in _KEY_HEADERS]
    key = _describe_keys(keys, len(requests))
    return [name, version(facts.distribution) or "", facts.http, str(len(requests)), key, facts.result]


def _describe_keys(keys: list[str], attempts: int) -> str:
    if not keys:
        return "none"
    if attempts == 1:
        return "sent"
    return "sent, the same for all attempts" if len(set(keys)) == 1 else "sent, another for each attempt"


def _requests(name: str) -> list[Mapping[str, str]]:
    """Return the headers of the requests that the failing server receives from a contestant's call."""
    with _failing() as (origin, requests):
        command = [sys.executable, "-m", __name__, name, origin]
        environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        environment["SSL_CERT_FILE"] = certifi.where()  # Needed by the contestant for stripe, though nothing uses TLS.
        subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
    return requests


@contextmanager
def _failing() -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """Run a server that responds with 503, and yield its origin and the headers that it receives."""
    requests: list[Mapping[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            requests.append({name.lower(): value for name, value in self.headers.items()})
            body = json.dumps({}).encode()
            self.send_response(503)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", requests
        finally:
            server.shutdown()


async def _call(name: str, origin: str) -> None:
    await (await ASYNC[name](origin))()


def main() -> None:
    """Make a contestant's call, which fails."""
    name, origin = sys.argv[1:]
    if name in SYNC:
        SYNC[name](origin)()
    else:
        asyncio.run(_call(name, origin))


if __name__ == "__main__":
    main()
