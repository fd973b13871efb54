"""Runs the nine examples of the SDK through Prism, which compares every request and response with the contract."""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self, Unpack
from unittest import mock

import httpx

from orbitconnect import OrbitServer, OrbitServerError
from orbitconnect.emulator import Emulator
from orbitconnect.emulator.emulator import ClientOptions
from orbitconnect_api.operations import BASE_URL
from tests.yaml_files import CONTRACT

from .commands import NODE, Failure, kill

LINTERS: Final = Path(__file__).resolve().parents[2] / "openapi" / "lint" / "node_modules"
EXAMPLES: Final = ("basic", "group", "user", "call", "meeting", "media", "realtime", "webhook", "full")
_VIOLATIONS: Final = "sl-violations"
_DELIBERATE: Final = ("user", '"location":["body","ttl"]')
"""The violation that an example shows on purpose: a token that would live too long."""
_SECONDS: Final = 60
_TIMEOUTS: Final = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 20.0)}


@dataclass
class Findings:
    """What Prism said about the calls of one example."""

    calls: int = 0
    violations: list[str] = field(default_factory=list)


class Proxied(httpx.BaseTransport):
    """Sends calls of the API to Prism, and all other requests to the emulator in this process."""

    def __init__(self, others: httpx.BaseTransport, proxy: str, findings: Findings) -> None:
        self._others = others
        self._proxy = proxy
        self._findings = findings
        self._network = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        if not url.startswith(BASE_URL):
            return self._others.handle_request(request)
        self._findings.calls += 1
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
        target = self._proxy + url.removeprefix(BASE_URL)
        response = self._network.handle_request(
            httpx.Request(request.method, target, headers=headers, content=request.read(), extensions=_TIMEOUTS)
        )
        response.read()
        found = response.headers.get(_VIOLATIONS)
        if found or response.headers.get("content-type", "").startswith("application/problem+json"):
            self._findings.violations.append(f"{request.method} {request.url.path}: {found or response.text}")
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)

    def close(self) -> None:
        self._network.close()


def validate_examples() -> tuple[int, list[str]]:
    """Run all examples.

    Returns:
        The number of calls that Prism validated, and the violations that it found.
    """
    calls, violations = 0, list[str]()
    upstream = _free_port()
    with _prism(upstream) as proxy:
        for example in EXAMPLES:
            findings = _run(example, upstream, proxy)
            calls += findings.calls
            violations += [
                f"{example}: {violation}"
                for violation in findings.violations
                if example != _DELIBERATE[0] or _DELIBERATE[1] not in violation
            ]
    return calls, violations


def _run(example: str, port: int, proxy: str) -> Findings:
    """Run one example against an emulator of its own, which listens on the port that Prism forwards to."""
    findings = Findings()

    class ProxiedEmulator(Emulator):
        def client(self, **options: Unpack[ClientOptions]) -> OrbitServer:
            transport = Proxied(self.transport, proxy, findings)
            return OrbitServer(transport=transport, **self._with_defaults(options))

        def __enter__(self) -> Self:
            super().__enter__()
            self.server = self.serve(port)
            self.server.__enter__()
            return self

        def __exit__(self, *exc: Any) -> None:
            self.server.__exit__(None, None, None)
            super().__exit__(*exc)

    shown = io.StringIO()
    try:
        with mock.patch("examples.narration.Emulator", ProxiedEmulator), contextlib.redirect_stdout(shown):
            runpy.run_module(f"examples.{example}", run_name="__main__")
    except OrbitServerError as error:
        findings.violations.append(f"the example failed: {error}")
    if not findings.calls:
        findings.violations.append("no call went through Prism")
    return findings


@contextmanager
def _prism(upstream: int) -> Iterator[str]:
    """Run Prism as a validating proxy during the block, and yield its URL."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    target = f"http://127.0.0.1:{upstream}{httpx.URL(BASE_URL).path}"
    command = [NODE, LINTERS / ".bin" / "prism", "proxy", "--port", str(port), "--errors", CONTRACT, target]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True) as process,
    ):
        try:
            deadline = time.monotonic() + _SECONDS
            while not re.search("Prism is listening", _text(log)):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Failure(f"Prism did not start:\n{_text(log)}")
                time.sleep(0.1)
            yield address
        finally:
            kill(process)


def _text(log: Any) -> str:
    log.seek(0)
    return str(log.read())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
