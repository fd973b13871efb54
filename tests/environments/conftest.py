"""The SDK with other event loops, a patched standard library, frozen clocks and packaging tools.

`make environments` runs these tests in an environment that has all of them. Elsewhere they are not collected.
"""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.pipeline.harness import LoopbackServer, Step, answer

if find_spec("gevent") is None:
    collect_ignore_glob = ["test_*.py"]

ROOT = Path(__file__).parents[2]
PRELUDE = """
import os, sys, threading, time
from orbitconnect_api import operations
operations.BASE_URL = os.environ["ORBIT_TEST_URL"]
KEY = "sk_test_x"
"""

Run = Callable[..., str]


class Api(LoopbackServer):
    """Responds to a request for a user with the user's id.

    It does not respond to `silent`, and its first response to `busy` is 503.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__(b"", tls=tls)
        self.stopping = threading.Event()
        self.busy = 0

    def step_for(self, target: str) -> Step:
        user_id = target.rpartition("/")[2]
        if user_id == "silent":
            return lambda connection: self.stopping.wait(20) and None
        if user_id == "busy":
            self.busy += 1
            if self.busy % 2:
                return answer(b'{"message":"busy"}', "503 Busy")
        return answer(b'{"data":{"id":"%s"}}' % user_id.encode())

    def stop(self) -> None:
        self.stopping.set()
        super().stop()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    made = trustme.CA()
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    made.cert_pem.write_to_path(path)
    return made, path


@pytest.fixture
def api(authority: tuple[trustme.CA, Path]) -> Iterator[Api]:
    """The API over TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority[0].issue_cert("127.0.0.1").configure_cert(context)
    server = Api(context)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def environment(api: Api, authority: tuple[trustme.CA, Path]) -> dict[str, str]:
    """The environment variables with which a program reaches the API."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {
        **kept,
        "ORBIT_TEST_URL": api.url,
        "SSL_CERT_FILE": str(authority[1]),
        "PYTHONPATH": f"{ROOT / 'generated'}{os.pathsep}{ROOT}",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Return a function that runs a program, checks that it succeeds, and returns its output."""

    def program(code: str, *flags: str, before: str = "", **more: Any) -> str:
        text = textwrap.dedent(before) + PRELUDE + textwrap.dedent(code)
        command = [sys.executable, *flags, "-c", text]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, **more
        )
        assert done.returncode == 0, done.stderr
        assert not done.stderr, done.stderr
        return done.stdout

    return program
