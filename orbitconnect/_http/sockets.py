"""Connections for threads: sockets, with or without TLS. `async_sockets` is the counterpart for asyncio."""

from __future__ import annotations

import socket
import ssl
from errno import EBADF
from typing import Final

from ._sync.tls_channel import Channel, encrypted
from .addresses import find
from .connecting import connect
from .deadline import seconds_left
from .readable import when_readable, when_writable
from .tls import forget_session, keep_session, session_for

_WOULD_BLOCK: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_LONGEST_WAIT: Final = 1_000_000.0
"""In seconds. The limit of the operating system is 24 days."""
_TLS_RECORD_BYTES: Final = 16 * 1024
"""The maximum number of bytes in a TLS record."""


class Socket:
    """A channel over a non-blocking socket.

    A socket with a timeout would need more system calls: one to set the timeout, and one to wait before it sends.
    """

    _most_sent: int | None = None
    """The maximum number of bytes to send at once."""

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        self.socket = connected
        self._when_readable = when_readable(connected.fileno())
        self.tls: ssl.SSLObject | ssl.SSLSocket | None = None
        self.sent = 0

    def send(self, data: bytes, limit: float | None) -> None:
        rest = memoryview(data)
        while rest:
            left = seconds_left(limit)
            try:
                count = self.socket.send(rest[: self._most_sent])
            except _WOULD_BLOCK as reason:
                if self.tls is not None:
                    self.sent += 1  # A part of a TLS record may have been sent.
                self._wait(left, to_write=not isinstance(reason, ssl.SSLWantReadError))
            else:
                self.sent += count
                rest = rest[count:]

    def receive(self, count: int, limit: float | None) -> bytes:
        # Wait first, because the response has rarely arrived yet.
        self._wait(seconds_left(limit))
        return self._receive(count, limit)

    def _receive(self, count: int, limit: float | None) -> bytes:
        while True:
            try:
                return self.socket.recv(count)
            except _WOULD_BLOCK as reason:
                self._wait(seconds_left(limit), to_write=isinstance(reason, ssl.SSLWantWriteError))

    def _wait(self, seconds: float | None, *, to_write: bool = False) -> None:
        file = self.socket.fileno()
        if file < 0:
            raise OSError(EBADF, "the connection was closed")
        limited = None if seconds is None else min(seconds, _LONGEST_WAIT)
        if not (when_writable(file) if to_write else self._when_readable)(limited):
            raise TimeoutError("timed out")

    def unread(self) -> bytes | None:
        return None if self.socket.fileno() < 0 or self._when_readable(0) else b""

    def close(self) -> None:
        self.socket.close()

    def wait_closed(self) -> None: ...


class TlsSocket(Socket):
    """A channel over a socket that is encrypted by `ssl` itself, which is faster than a `TlsChannel`."""

    _most_sent = _TLS_RECORD_BYTES  # One record at a time: the server cannot decrypt a part of a record.

    def __init__(self, connected: ssl.SSLSocket, hostname: str) -> None:
        super().__init__(connected)
        self.tls = self._tls = connected
        self._hostname = hostname
        self._is_session_kept = False

    def receive(self, count: int, limit: float | None) -> bytes:
        # A received record may not have been read completely.
        data = self._receive(count, limit) if self._tls.pending() else super().receive(count, limit)
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
