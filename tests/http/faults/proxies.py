"""Proxies on loopback sockets that can stop responding at any step."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, Literal

from tests.pipeline.harness import SocketServer

Kind = Literal["http", "https", "socks5"]
CREDENTIALS: Final = ("me", "s3cret@pass")
USERINFO: Final = "me:s3cret%40pass@"


class Proxy(SocketServer):
    """A proxy that always connects to an address chosen by the test, regardless of the requested server."""

    def __init__(
        self,
        kind: Kind,
        target: tuple[str, int] | None,
        *,
        tls: ssl.SSLContext | None = None,
        silent_at: str = "",
        refuses: bytes = b"",
    ) -> None:
        """Create a proxy.

        Args:
            kind: The protocol.
            target: The address to connect to.
            tls: The proxy's TLS context, if `kind` is "https".
            silent_at: The step at which the proxy stops responding.
            refuses: The bytes that the proxy sends instead of connecting.
        """
        super().__init__(self._serve)
        self._kind, self._target, self._tls = kind, target, tls
        self._silent_at, self._refuses = silent_at, refuses
        self._stopping = threading.Event()
        self.asked_for: list[str] = []
        """The requested `host:port` of each connection."""
        self.credentials: list[tuple[str, str] | None] = []
        self.heads: list[bytes] = []

    @property
    def address(self) -> str:
        return self.url.removeprefix("http://").partition("/")[0]

    def stop(self) -> None:
        self._stopping.set()
        super().stop()

    def _fall_silent(self, step: str) -> None:
        if step == self._silent_at:
            self._stopping.wait(20)
            raise OSError("the test has ended")

    def _serve(self, connection: socket.socket, number: int) -> None:
        self._fall_silent("at once")
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True)
        with connection:
            if self._kind == "socks5":
                self._negotiate(connection)
            else:
                self._read_connect(connection)
            if self._target is not None:
                with socket.create_connection(self._target) as server:
                    _relay(connection, server)

    def _read_connect(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += (more := connection.recv(65_536))
            if not more:
                return
        self.heads.append(head)
        first, *lines = head.decode().rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.asked_for.append(first.split()[1])
        given = headers.get("proxy-authorization", "").removeprefix("Basic ")
        username, _, password = b64decode(given).decode().partition(":")
        self.credentials.append((username, password) if given else None)
        self._fall_silent("connect")
        if self._silent_at == "head":
            connection.sendall(b"HTTP/1.1 200 Conn")
            self._fall_silent("head")
        connection.sendall(self._refuses or b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
        self._fall_silent("connected")

    def _negotiate(self, connection: socket.socket) -> None:
        methods = connection.recv(1_024)[2:]
        self._fall_silent("greeting")
        method = 2 if 2 in methods else 0
        connection.sendall(bytes([5, method]))
        given = None
        if method:
            request = connection.recv(1_024)
            end = 2 + request[1]
            given = request[2:end].decode(), request[end + 1 :].decode()
            self._fall_silent("password")
            connection.sendall(b"\x01\x00")
        self.credentials.append(given)
        request = connection.recv(1_024)
        length = request[4]
        port = int.from_bytes(request[-2:], "big")
        name = request[5 : 5 + length].decode() if request[3] == 3 else socket.inet_ntoa(request[4:8])
        self.asked_for.append(f"{name}:{port}")
        self._fall_silent("connect")
        reply = self._refuses or b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50"
        # Sent in two pieces, as a network may deliver it.
        connection.sendall(reply[:3])
        connection.sendall(reply[3:])
        self._fall_silent("connected")


def _relay(one: socket.socket, other: socket.socket) -> None:
    def copy(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    back = threading.Thread(target=copy, args=(other, one), daemon=True)
    back.start()
    copy(one, other)
    back.join(5)


@contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    """Run a proxy during the block."""
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()


@contextmanager
def unreachable() -> Iterator[tuple[str, int]]:
    """Yield an address that does not respond to new connections, because its accept queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        try:
            yield listener.getsockname()
        finally:
            for each in waiting:
                each.close()
