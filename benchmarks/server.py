"""A server with one canned answer, as a process of its own, so that its work does not count as the client's."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_USER = (
    b'{"data":{"id":"usr_4f1c9d0e2b7a","external_id":"customer-1","display_name":"Ada Lovelace","is_active":true,'
    b'"metadata":{"plan":"pro","region":"eu-west-1","tags":["beta","invited"],"note":"met at the conference"},'
    b'"created_at":"2026-01-02T03:04:05+00:00","updated_at":"2026-01-02T03:04:05+00:00"}}'
)
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: req_1\r\nContent-Length: %d\r\n\r\n%s"
    % (len(_USER), _USER)
)


@contextmanager
def running() -> Iterator[str]:
    """Runs the server; gives its base URL."""
    with subprocess.Popen([sys.executable, "-m", __name__], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/api/v1"
        finally:
            process.kill()


def _serve(connection: socket.socket) -> None:
    with connection, connection.makefile("rb") as lines:
        while lines.readline():
            length = 0
            while (header := lines.readline().lower()) not in (b"\r\n", b""):
                if header.startswith(b"content-length:"):
                    length = int(header.partition(b":")[2])
            lines.read(length)
            connection.sendall(_ANSWER)


def main() -> None:
    """Serves until it is killed."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
