"""A fast local server with canned responses, in its own process and on its own core.

It listens on five ports: one with HTTP, one with TLS, two with TLS that close the connection after each response, with
and without session tickets, and one with HTTP that takes its time. Each run creates its own certificate.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, cast

from benchmarks import cores
from benchmarks.responses import BY_PREFIX

DELAY = 0.02
"""The seconds that the slow port needs for a response."""
SLOW_DELAY = 1.0
"""The seconds that it needs for one response in `SLOW_EVERY`."""
SLOW_EVERY = 100
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Origins(NamedTuple):
    """The server's origins, and the environment in which clients trust its certificate."""

    plain: str
    tls: str
    tls_closing: str
    """Closes the connection after each response. Clients can resume the TLS session."""
    tls_closing_without_tickets: str
    """Closes the connection after each response. Clients cannot resume a session."""
    slow: str
    """Responds after `DELAY`, but after `SLOW_DELAY` to one request in `SLOW_EVERY`."""
    environment: dict[str, str]


@contextmanager
def running() -> Iterator[Origins]:
    """Run the server."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, bundle = _make_certificate(Path(folder))
        command = [sys.executable, "-m", __name__, str(certificate)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                plain, tls, closing, without_tickets, slow = json.loads(process.stdout.readline())
                yield Origins(
                    f"http://127.0.0.1:{plain}",
                    f"https://127.0.0.1:{tls}",
                    f"https://127.0.0.1:{closing}",
                    f"https://127.0.0.1:{without_tickets}",
                    f"http://127.0.0.1:{slow}",
                    _trusting(bundle),
                )
            finally:
                process.kill()


def _make_certificate(folder: Path) -> tuple[Path, Path]:
    """Create a certificate and its key, and a CA bundle that includes the CA that signed it.

    The bundle also contains the usual CAs, so that loading it takes as long as in production.
    """
    import certifi
    import trustme

    authority = trustme.CA()
    certificate, bundle = folder / "server.pem", folder / "bundle.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(certificate)
    bundle.write_text(Path(certifi.where()).read_text())
    authority.cert_pem.write_to_path(bundle, append=True)
    return certificate, bundle


def _trusting(bundle: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment.pop("SSL_CERT_DIR", None)
    return {**environment, "SSL_CERT_FILE": str(bundle), "REQUESTS_CA_BUNDLE": str(bundle)}


class _Canned(asyncio.Protocol):
    """Sends the canned response that matches the beginning of each request's path."""

    closing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._received, 0, end)
            request_ends = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < request_ends:
                return
            path = self._received.split(b" ", 2)[1]
            self._received = self._received[request_ends:]
            response = next((canned for prefix, canned in BY_PREFIX.items() if path.startswith(prefix)), _NOT_FOUND)
            if self.closing:
                self._transport.write(response.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
                self._transport.close()
                return
            self._respond(response)

    def _respond(self, response: bytes) -> None:
        self._transport.write(response)


class _CannedOnce(_Canned):
    closing = True


class _CannedLate(_Canned):
    """Takes its time. The requests of all connections count."""

    _requests = itertools.count(1)

    def _respond(self, response: bytes) -> None:
        delay = DELAY if next(self._requests) % SLOW_EVERY else SLOW_DELAY
        asyncio.get_running_loop().call_later(delay, self._transport.write, response)


def _context(certificate: str, *, tickets: bool = True) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if not tickets:
        context.num_tickets = 0
        context.options |= ssl.OP_NO_TICKET
    return context


async def _serve(certificate: str) -> None:
    loop = asyncio.get_running_loop()
    listeners: list[tuple[type[_Canned], ssl.SSLContext | None]] = [
        (_Canned, None),
        (_Canned, _context(certificate)),
        (_CannedOnce, _context(certificate)),
        (_CannedOnce, _context(certificate, tickets=False)),
        (_CannedLate, None),
    ]
    servers = [
        await loop.create_server(protocol, "127.0.0.1", 0, ssl=context, backlog=1024) for protocol, context in listeners
    ]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Serve until the process is killed."""
    import uvloop

    cores.pin(server=True)
    uvloop.run(_serve(sys.argv[1]))


if __name__ == "__main__":
    main()
