"""The handshakes that ask a proxy to connect to a server: HTTP's CONNECT, or SOCKS 5. No I/O.

A handshake is a generator. It yields the bytes to send, receives the proxy's bytes through `send`, and ends when the
tunnel is established. It yields `b""` if it needs more bytes but has nothing to send.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from .proxy import Proxy

Handshake = Generator[bytes, bytes, None]

_USER_AGENT: Final = "orbitconnect-python"
_LONGEST_HEAD: Final = 64 * 1024


class TunnelRefused(Exception):
    """The proxy did not connect. The message says why, without quoting the proxy's text or a password."""


class ProxyFailed(Exception):
    """The proxy could not be reached, or did not connect. The message contains the proxy's address, but no password."""


def handshake(proxy: Proxy, host: str, port: int) -> Handshake:
    """Start the handshake that asks a proxy to connect to a server.

    Raises:
        TunnelRefused: During the handshake, if the proxy does not connect.
    """
    return _socks(proxy, host, port) if proxy.is_socks else _connect(proxy, host, port)


def _connect(proxy: Proxy, host: str, port: int) -> Handshake:
    import h11  # Imported here because few programs use a proxy, and one of the HTTP stacks does not need h11.

    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    headers = [("host", target), ("user-agent", _USER_AGENT)]
    if proxy.credentials is not None:
        headers.append(("proxy-authorization", proxy.credentials.basic))
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
    received = yield connection.send(h11.Request(method="CONNECT", target=target, headers=headers)) or b""
    try:
        connection.send(h11.EndOfMessage())
        while True:
            connection.receive_data(received)
            event = connection.next_event()
            while isinstance(event, h11.InformationalResponse):
                event = connection.next_event()
            if event is not h11.NEED_DATA:
                break
            if not received:
                raise TunnelRefused("it closed the connection")
            received = yield b""
    except h11.RemoteProtocolError:
        event = None
    if not isinstance(event, h11.Response):
        raise TunnelRefused("its response is not HTTP")
    if not 200 <= event.status_code < 300:
        hint = ": check the user name and password in the proxy's URL" if event.status_code == 407 else ""
        raise TunnelRefused(f"HTTP {event.status_code}{hint}")
    if connection.trailing_data[0]:
        raise TunnelRefused("it sent data before the connection was used")


def _socks(proxy: Proxy, host: str, port: int) -> Handshake:
    from socksio import ProtocolError, socks5  # An optional dependency. `proxy` has checked that it is installed.

    connection: Any = socks5.SOCKS5Connection()  # Type checkers do not understand its dispatch by type.
    given = proxy.credentials
    open_method, password_method = socks5.SOCKS5AuthMethod.NO_AUTH_REQUIRED, socks5.SOCKS5AuthMethod.USERNAME_PASSWORD
    try:
        connection.send(socks5.SOCKS5AuthMethodsRequest([open_method, password_method] if given else [open_method]))
        reply = connection.receive_data((yield from _exactly(connection.data_to_send(), 2)))
        method = reply.method
        if method == password_method and given is not None:
            connection.send(socks5.SOCKS5UsernamePasswordRequest(given.username, given.password))
            reply = connection.receive_data((yield from _exactly(connection.data_to_send(), 2)))
            if not reply.success:
                raise TunnelRefused("it rejected the user name or password")
        elif method != open_method:
            raise TunnelRefused("it asks for authentication: put a user name and password into its URL")
        command = socks5.SOCKS5Command.CONNECT
        connection.send(socks5.SOCKS5CommandRequest.from_address(command, (host, port)))
        reply = connection.receive_data((yield from _command_reply(connection.data_to_send())))
    except (ProtocolError, ValueError, AssertionError, IndexError, AttributeError):
        reply = None
    if not isinstance(reply, socks5.SOCKS5Reply):
        raise TunnelRefused("its response is not SOCKS 5")
    if reply.reply_code != socks5.SOCKS5ReplyCode.SUCCEEDED:
        raise TunnelRefused(f"SOCKS reply {reply.reply_code.name.lower().replace('_', ' ')}")


def _exactly(sent: bytes, count: int, had: bytes = b"") -> Generator[bytes, bytes, bytes]:
    """Send, and wait for `count` bytes, because socksio requires complete replies."""
    while len(had) < count:
        received = yield sent
        sent = b""
        if not received:
            raise TunnelRefused("it closed the connection")
        had += received
    return had


_ADDRESS_LENGTHS: Final = {1: 4, 4: 16}


def _command_reply(sent: bytes) -> Generator[bytes, bytes, bytes]:
    head = yield from _exactly(sent, 5)
    length = _ADDRESS_LENGTHS.get(head[3], 1 + head[4])
    reply = yield from _exactly(b"", 4 + length + 2, head)
    if len(reply) > 4 + length + 2:
        raise TunnelRefused("it sent data before the connection was used")
    return reply
