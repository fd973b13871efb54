"""Connections for threads: blocking sockets, with or without TLS. `async_sockets` is the counterpart for asyncio."""

from __future__ import annotations

import socket
import ssl

from ._sync.tls_channel import Channel, encrypted
from .addresses import find
from .connecting import connect
from .deadline import seconds_left
from .readable import is_readable
from .tls import forget_session, keep_session, session_for


class Socket:
    """A channel over a socket."""

    def __init__(self, connected: socket.socket) -> None:
        self.socket = connected
        self.tls: ssl.SSLObject | ssl.SSLSocket | None = None
        self.sent = 0

    def send(self, data: bytes, limit: float | None) -> None:
        rest = memoryview(data)
        while rest:
            self.socket.settimeout(seconds_left(limit))
            try:
                count = self.socket.send(rest)
            except TimeoutError:
                if self.tls is not None:
                    self.sent += 1  # A part of a TLS record may have been sent.
                raise
            self.sent += count
            rest = rest[count:]

    def receive(self, count: int, limit: float | None) -> bytes:
        self.socket.settimeout(seconds_left(limit))
        return self.socket.recv(count)

    def unread(self) -> bytes | None:
        return None if is_readable(self.socket.fileno()) else b""

    def close(self) -> None:
        self.socket.close()

    def wait_closed(self) -> None: ...


class TlsSocket(Socket):
    """A channel over a socket that is encrypted by `ssl` itself, which is faster than a `TlsChannel`."""

    def __init__(self, connected: ssl.SSLSocket, hostname: str) -> None:
        super().__init__(connected)
        self.tls = self._tls = connected
        self._hostname = hostname
        self._is_session_kept = False

    def receive(self, count: int, limit: float | None) -> bytes:
        self.socket.settimeout(seconds_left(limit))
        data = self.socket.recv(count)
        if not self._is_session_kept:
            self._is_session_kept = True
            keep_session(self._tls, self._hostname)
        return data

    def unread(self) -> bytes | None:
        return None if self._tls.pending() > 0 else super().unread()


def open_socket(host: str, port: int, limit: float | None) -> Socket:
    """Connect to a server."""
    return Socket(connect(find(host, port, limit), limit))


def secured(channel: Channel, context: ssl.SSLContext, hostname: str, limit: float | None) -> Channel:
    """Encrypt a channel. The caller must close it if this fails."""
    if not isinstance(channel, Socket) or channel.tls is not None:
        return encrypted(channel, context, hostname, limit)  # `ssl` cannot wrap its own sockets.
    channel.socket.settimeout(seconds_left(limit))
    session = session_for(context, hostname)
    try:
        return TlsSocket(context.wrap_socket(channel.socket, server_hostname=hostname, session=session), hostname)
    except OSError:
        forget_session(hostname)
        raise
