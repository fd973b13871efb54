# Derived from orbitconnect/_http/_async/open_channel.py by `make generate`: edit that file.
"""Open channels to servers, through the environment's proxy if there is one."""

from __future__ import annotations

from ..sockets import open_socket, secured
from ..proxy import Proxy, proxy_at
from ..tls import shared_context
from ..tunnel import ProxyFailed, TunnelRefused, handshake
from .tls_channel import Channel

_MOST_RECEIVED = 16 * 1024


def open_channel(scheme: str, host: str, port: int, limit: float | None) -> Channel:
    """Connect to a server, without TLS.

    Args:
        scheme: The scheme of the server's URLs. The environment may set different proxies for different schemes.
        host: The server's host.
        port: The server's port.
        limit: The time limit in seconds, usually an `Until`.

    Raises:
        OSError: If the server cannot be reached.
        TimeoutError: If the time limit passes.
        ProxyFailed: If the proxy does not connect.
        SetupError: If the environment names a proxy that cannot be used.
    """
    proxy = proxy_at(scheme, host, port)
    if proxy is None:
        return open_socket(host, port, limit)
    try:
        return _tunnel(proxy, host, port, limit)
    except TimeoutError:
        raise
    except (OSError, TunnelRefused) as error:
        refusal = str(error)
    raise ProxyFailed(f"{proxy.name}: {refusal}")


def _tunnel(proxy: Proxy, host: str, port: int, limit: float | None) -> Channel:
    channel: Channel = open_socket(proxy.host, proxy.port, limit)
    try:
        if proxy.scheme == "https":
            channel = secured(channel, shared_context(), proxy.host, limit)
        steps = handshake(proxy, host, port)
        data = next(steps)
        while True:
            channel.send(data, limit)
            try:
                data = steps.send(channel.receive(_MOST_RECEIVED, limit))
            except StopIteration:
                return channel
    except BaseException:
        channel.close()
        raise
