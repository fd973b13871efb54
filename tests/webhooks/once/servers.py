"""Real Redis and PostgreSQL servers for tests. Each server keeps its socket and its data in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

_STARTS_WITHIN = 60.0


class NotInstalled(Exception):
    """A program is not installed."""


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the path of the server's Unix socket. The server listens on no port."""
    with redis_process() as (_, address):
        yield address


@contextmanager
def redis_process() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Yield the process, too."""
    program = shutil.which("redis-server")
    if program is None:
        raise NotInstalled("redis-server is not installed: apt-get install redis-server")
    with tempfile.TemporaryDirectory(prefix="orbit-redis-") as folder:
        address = f"{folder}/socket"
        options = ["--port", "0", "--unixsocket", address, "--dir", folder, "--save", "", "--appendonly", "no"]

        def answers() -> None:
            with socket.socket(socket.AF_UNIX) as knock:  # redis-py 5 does not close a socket that failed to connect.
                knock.connect(address)
            with redis.Redis(unix_socket_path=address) as client:
                client.ping()

        with _running([program, *options], Path(folder) / "log", answers) as process:
            yield process, address


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield a connection string. The server listens only on a Unix socket."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))
    if programs is None:
        found = shutil.which("postgres")
        if found is None:
            raise NotInstalled("PostgreSQL is not installed: apt-get install postgresql")
        programs = Path(found).parent
    with tempfile.TemporaryDirectory(prefix="orbit-pg-") as folder:
        # PostgreSQL refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        shutil.chown(folder, user)
        data = f"{folder}/data"
        subprocess.run(
            [programs / "initdb", "--pgdata", data, "--auth", "trust", "--username", "orbit", "--no-sync"],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        command = [str(programs / "postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        address = f"host={folder} user=orbit dbname=postgres connect_timeout=10"
        with _running(command, Path(folder) / "log", lambda: psycopg.connect(address).close(), user):
            yield address


@contextmanager
def _running(
    command: list[str], log: Path, answers: Callable[[], None], user: str | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, user=user, cwd=log.parent
        ) as process,
    ):
        try:
            gives_up = time.monotonic() + _STARTS_WITHIN
            while True:
                try:
                    answers()
                    break
                except (OSError, redis.RedisError, psycopg.Error):
                    if process.poll() is not None or time.monotonic() > gives_up:
                        raise AssertionError(f"{command[0]} did not start:\n{log.read_text()}") from None
                    time.sleep(0.05)
            yield process
        finally:
            process.terminate()  # On SIGTERM, PostgreSQL waits for its clients.
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
