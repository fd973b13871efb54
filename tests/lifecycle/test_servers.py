"""Real servers that fork: gunicorn with a preloaded application, and Celery's prefork pool."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import NotFoundError
from tests.lifecycle.harness import Server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

FOLDER = Path(__file__).parent
LONGEST_WAIT = 60
FAILURE = {
    "status": 404,
    "code": "resource_not_found",
    "request_id": "req_1",
    "headers": {"x": "y"},
    "operation": "fail",
    "attempts": 2,
}


@contextmanager
def program(server: Server, log: Path, *command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program during the block. The program must exit successfully on SIGTERM."""
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**server.environment, **environment},
            cwd=FOLDER,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(LONGEST_WAIT) == 0
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[bytes], log: Path, ready: Any) -> None:
    ends = time.monotonic() + LONGEST_WAIT
    while not ready():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.05)


def accepts(address: Path) -> bool:
    """Whether a server accepts connections. Its socket exists a moment before."""
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(address)) == 0


def get(address: Path) -> dict[str, Any]:
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(address))
    connection.request("GET", "/", headers={"connection": "close"})
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


@pytest.mark.parametrize("worker", ["sync", "gthread"])
def test_gunicorn_with_a_preloaded_application(
    server: Server, tmp_path_factory: pytest.TempPathFactory, worker: str
) -> None:
    folder = tmp_path_factory.mktemp("g")
    address, log = folder / "s", folder / "log"
    options = ["--preload", "--workers=2", f"--worker-class={worker}", f"--bind=unix:{address}", "--no-control-socket"]
    with program(server, log, "gunicorn", *options, "wsgi_app:app") as process:
        wait_for(process, log, lambda: accepts(address))
        answers: list[dict[str, Any]] = []
        ends = time.monotonic() + LONGEST_WAIT
        # The operating system decides which of the two workers takes a request.
        while len(answers) < 10 or len({answer["worker"]["pid"] for answer in answers}) < 2:
            answers.append(get(address))
            assert time.monotonic() < ends, answers
    master = answers[0]["master"]
    assert all(answer["master"] == master for answer in answers)
    first: dict[int, dict[str, Any]] = {}
    for answer in answers:
        # Each worker keeps one connection.
        assert answer["worker"] == first.setdefault(answer["worker"]["pid"], answer["worker"])
    calls = [master, *first.values()]
    assert len({call["pid"] for call in calls}) == len({call["connection"] for call in calls}) == 3
    # No process resumed another process's TLS session.
    assert {call["session"] for call in calls} <= {"plain", "new"}
    assert "Traceback" not in log.read_text()


def test_celery_with_a_pool_of_processes(tls_server: Server, tmp_path: Path) -> None:
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    code = """
import sys
from celery_app import ask, fail
from orbitconnect import NotFoundError
answers = [task.get(timeout=60) for task in [ask.delay() for _ in range(6)]]
try:
    fail.delay().get(timeout=60)
except NotFoundError as error:
    failure = vars(error)
sys.stdout.write(repr((answers, failure)))
"""
    log = tmp_path / "log"
    environment = {"LIFECYCLE_FOLDER": str(tmp_path)}
    command = ["celery", "-A", "celery_app", "worker", "--pool=prefork", "--concurrency=2", "--loglevel=WARNING"]
    with program(tls_server, log, *command, "--without-gossip", "--without-mingle", **environment):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**tls_server.environment, **environment},
            cwd=FOLDER,
            capture_output=True,
            text=True,
            timeout=LONGEST_WAIT * 2,
            check=False,
        )
        assert done.returncode == 0, done.stderr + log.read_text()
    answers, failure = literal_eval(done.stdout)
    first: dict[int, tuple[int, str, str]] = {}
    for at_the_start, (pid, connection, session) in answers:
        first[at_the_start[0]] = at_the_start
        assert (pid, connection, session) == first.setdefault(pid, (pid, connection, session))
    # The main process and the two that it forked.
    assert len(first) == len({connection for _, connection, _ in first.values()}) == 3
    assert {session for *_, session in first.values()} == {"new"}
    # The error was pickled without losing anything.
    assert failure == {**vars(NotFoundError("Nobody")), **FAILURE}
