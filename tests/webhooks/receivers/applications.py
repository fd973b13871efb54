"""The example applications in separate processes, with their development servers."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import httpx

from generator.__main__ import ROOT
from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect.webhooks import SIGNATURE_HEADER
from orbitconnect_api.models.delivery import Delivery

SERVERS: Final = {
    "fastapi": ["uvicorn", "examples.webhooks_fastapi.app:app", "--port", "0"],
    "starlette, sync receiver": ["uvicorn", "tests.webhooks.receivers.starlette_app:app", "--port", "0"],
    "flask": ["flask", "--app", "examples.webhooks_flask.app", "run", "--port", "0"],
    "django": ["django", "runserver", "--noreload", "127.0.0.1:0"],
    "django, async view": ["uvicorn", "tests.webhooks.receivers.django_app:app", "--port", "0"],
}
RECEIVER: Final = "/webhooks/orbit"

PATIENCE: Final = 60.0
"""The limit on every wait, in seconds of real time."""

_NOWHERE: Final = "http://127.0.0.1:1/"


class Answer(NamedTuple):
    status: int
    body: bytes


class Application:
    """A running application and the emulator that delivers to it."""

    def __init__(self, url: str, log: Path, emulator: Emulator, webhook_id: str, secret: str) -> None:
        self.url = url
        self.log = log
        self.emulator = emulator
        self.orbit: OrbitServer = emulator.client()
        self.webhook_id = webhook_id
        self.secret = secret

    def overview(self) -> dict[str, Any]:
        """Return the application's records."""
        found: dict[str, Any] = httpx.get(self.url, timeout=PATIENCE).raise_for_status().json()
        return found

    def take_order(self, order: int) -> None:
        httpx.put(f"{self.url}/orders/{order}", timeout=PATIENCE).raise_for_status()

    def post(self, body: bytes, *headers: tuple[str, str]) -> Answer:
        return post(self.url + RECEIVER, body, {"Content-Length": str(len(body))}, *headers)

    def newest(self, event_type: str) -> Delivery:
        """Return the newest delivery of an event of this type."""
        return next(
            delivery
            for delivery in self.orbit.webhooks.list_deliveries(self.webhook_id)
            if delivery.event_type == event_type
        )

    def excerpts(self, delivery: Delivery) -> list[tuple[int | None, str | None]]:
        """Return the statuses with which the application answered the attempts."""
        attempts = self.orbit.webhooks.get_attempts(delivery.id)
        return [(attempt.response_status, (attempt.response_excerpt or "")[:20]) for attempt in attempts]


@contextmanager
def running(
    command: list[str], log: Path, environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run a server in a separate process, and yield its URL."""
    with started(command, log, environment) as process:
        yield process, url_of(process, log)


@contextmanager
def started(command: list[str], log: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server in a separate process. The server may not be listening yet."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", **environment},
        )
    try:
        yield process
    finally:
        process.terminate()  # On SIGTERM, Gunicorn ends its workers.
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def url_of(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until a server has logged its URL, and return the URL."""
    gives_up = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < gives_up:
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


@contextmanager
def application(name: str, folder: Path) -> Iterator[Application]:
    """Run an application that receives all events of an emulator."""
    with Emulator(clock=ManualClock(), webhook_timeout=PATIENCE) as emulator:
        webhooks = emulator.client().webhooks
        webhook = webhooks.create(_NOWHERE)
        assert webhook.secret is not None
        log = folder / "server.log"
        with running(SERVERS[name], log, environment_of(folder, webhook.secret)) as (_, url):
            webhooks.update(webhook.id, url=url + RECEIVER)
            webhooks.subscribe(webhook.id, "*")
            yield Application(url, log, emulator, webhook.id, webhook.secret)


def environment_of(folder: Path, secret: str) -> dict[str, str]:
    return {
        "ORBIT_WEBHOOK_SECRET": secret,
        "HANDLED_EVENTS": str(folder / "handled-events.db"),
        "DJANGO_SETTINGS_MODULE": "examples.webhooks_django.settings",
        "DJANGO_SECRET_KEY": "django's own",
    }


def signed(signature: str) -> tuple[str, str]:
    return SIGNATURE_HEADER, signature


def post(url: str, body: bytes, framing: Mapping[str, str], *headers: tuple[str, str]) -> Answer:
    """Send a request byte for byte, and read the response even if the server does not read the whole body."""
    parts = urlsplit(url)
    head = [
        f"POST {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Connection: close",
        "Content-Type: application/json",
    ]
    head += [f"{name}: {value}" for name, value in (*framing.items(), *headers)]
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=PATIENCE) as connection:
        with suppress(ConnectionError):  # The server may have answered already.
            connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        # Do not read until the connection ends, because Werkzeug's server keeps the connection open if it has not read
        # the whole body.
        with HTTPResponse(connection, method="POST") as answer:
            answer.begin()
            return Answer(answer.status, answer.read())


def chunked(body: bytes, size: int = 65536) -> bytes:
    """Return a chunked body."""
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
