"""Connections for threads: sockets, perhaps through a proxy, with TLS, as a network backend of httpcore.

Everything from the lookup to the end of the TLS handshake has one limit, and so has each phase after that.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from typing import Any, Final, Protocol

import httpcore

from ..addresses import find
from ..connecting import connect
from ..deadline import seconds_left
from ..proxy import Proxy, proxy_at
from ..readable import is_readable
from ..tls import TlsEngine, forget_session, keep_session, session_for, shared_context
from ..tunnel import TunnelRefused, handshake
from .connect_errors import while_connecting

_RECORD_BYTES: Final = 16_384


class _Channel(Protocol):
    """Carries bytes both ways. Raises `OSError` if that fails, and `TimeoutError` when the limit passes."""

    @property
    def sent(self) -> int:
        """How many bytes were sent, or more if that is not known."""
        ...

    def send(self, data: bytes, limit: float | None) -> None: ...
    def receive(self, count: int, limit: float | None) -> bytes: ...
    def close(self) -> None: ...
    def file(self) -> int: ...
    @property
    def tls(self) -> ssl.SSLObject | ssl.SSLSocket | None: ...
    def holds_more(self) -> bool: ...


class _Socket:
    """Over a socket, which may be an `ssl.SSLSocket`."""

    def __init__(self, connected: socket.socket) -> None:
        self.socket = connected
        self.sent = 0

    @property
    def tls(self) -> ssl.SSLObject | ssl.SSLSocket | None:
        return self.socket if isinstance(self.socket, ssl.SSLSocket) else None

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

    def close(self) -> None:
        self.socket.close()

    def file(self) -> int:
        return self.socket.fileno()

    def holds_more(self) -> bool:
        return isinstance(self.socket, ssl.SSLSocket) and self.socket.pending() > 0


class _TlsInTls:
    """TLS over a channel that is a TLS socket itself: `ssl` cannot wrap its own sockets."""

    def __init__(self, outer: _Channel, context: ssl.SSLContext, hostname: str, limit: float | None) -> None:
        self._outer = outer
        self._engine = TlsEngine(context, hostname)
        try:
            while not self._engine.shake_hands():
                self._exchange(limit)
        except OSError:
            forget_session(hostname)
            raise
        outer.send(self._engine.to_send(), limit)

    @property
    def sent(self) -> int:
        return self._outer.sent

    @property
    def tls(self) -> ssl.SSLObject | ssl.SSLSocket | None:
        return self._engine.tls

    def _exchange(self, limit: float | None) -> None:
        self._outer.send(self._engine.to_send(), limit)
        self._engine.feed(self._outer.receive(_RECORD_BYTES, limit))

    def send(self, data: bytes, limit: float | None) -> None:
        while not self._engine.write(data):
            self._exchange(limit)
        self._outer.send(self._engine.to_send(), limit)

    def receive(self, count: int, limit: float | None) -> bytes:
        while (data := self._engine.read(count)) is None:
            self._exchange(limit)
        return data

    def close(self) -> None:
        self._outer.close()

    def file(self) -> int:
        return self._outer.file()

    def holds_more(self) -> bool:
        return self._engine.tls.pending() > 0 or self._outer.holds_more()


class Backend(httpcore.NetworkBackend):
    """Opens connections, one at a time, and knows whether anything of a request was sent over the newest."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self.has_sent: bool | None = None
        """Whether any byte of a request was sent since this was last set to False. Handshakes do not count. It is None
        until a connection is opened."""
        self.channel: _Channel | None = None
        """The newest connection."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, through the environment's proxy if there is one."""
        self.has_sent = False
        proxy = proxy_at(self._scheme, host, port)
        with while_connecting():
            if proxy is None:
                return _Stream(_Socket(connect(find(host, port, timeout), timeout)), self)
            return _Stream(_through(proxy, host, port, timeout), self)


def _through(proxy: Proxy, host: str, port: int, limit: float | None) -> _Socket:
    try:
        return _tunnel(proxy, host, port, limit)
    except TimeoutError:
        raise
    except (OSError, TunnelRefused) as error:
        refusal = str(error)
    raise httpcore.ProxyError(f"{proxy.name}: {refusal}")


def _tunnel(proxy: Proxy, host: str, port: int, limit: float | None) -> _Socket:
    channel = _Socket(connect(find(proxy.host, proxy.port, limit), limit))
    try:
        if proxy.scheme == "https":
            channel = _secured(channel, shared_context(), proxy.host, limit)
        steps = handshake(proxy, host, port)
        data = next(steps)
        while True:
            channel.send(data, limit)
            try:
                data = steps.send(channel.receive(_RECORD_BYTES, limit))
            except StopIteration:
                return channel
    except BaseException:
        channel.close()
        raise


def _secured(channel: _Socket, context: ssl.SSLContext, hostname: str, limit: float | None) -> _Socket:
    """Shake hands over a plain socket. Closes it if that fails."""
    channel.socket.settimeout(seconds_left(limit))
    session = session_for(context, hostname)
    try:
        return _Socket(context.wrap_socket(channel.socket, server_hostname=hostname, session=session))
    except OSError:
        forget_session(hostname)
        raise


class _Stream(httpcore.NetworkStream):
    """What httpcore reads from and writes to."""

    def __init__(self, channel: _Channel, backend: Backend, hostname: str = "") -> None:
        self._channel = backend.channel = channel
        self._backend = backend
        self._hostname = hostname
        self._is_session_kept = not hostname

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # Without the context manager, which would cost more than all else here.
        try:
            data = self._channel.receive(max_bytes, timeout)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        if not self._is_session_kept:
            self._is_session_kept = True
            if isinstance(self._channel.tls, ssl.SSLSocket):
                keep_session(self._channel.tls, self._hostname)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        channel = self._channel
        before = channel.sent
        try:
            channel.send(buffer, timeout)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        finally:
            if channel.sent > before:
                self._backend.has_sent = True

    def close(self) -> None:
        self._channel.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        hostname, channel = server_hostname or "", self._channel
        try:
            with while_connecting():
                if isinstance(channel, _Socket) and channel.tls is None:
                    secured: _Channel = _secured(channel, ssl_context, hostname, timeout)
                else:
                    secured = _TlsInTls(channel, ssl_context, hostname, timeout)
        except BaseException:
            self.close()
            raise
        return _Stream(secured, self._backend, hostname)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._channel.holds_more() or is_readable(self._channel.file())
        return self._channel.tls if info == "ssl_object" else None
