"""Sends requests over sockets, with so little work that the server is what is measured."""

from __future__ import annotations

import select
import socket
import time
from urllib.parse import urlsplit


def load(url: str, request: bytes, *, connections: int, seconds: float = 1e9, count: int = 10**9) -> float:
    """Send a request over all connections, one at a time on each, and return the responses per second."""
    port = urlsplit(url).port
    poll = select.epoll()
    sockets = {}
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sockets[connection.fileno()] = connection
        poll.register(connection.fileno(), select.EPOLLIN)
        connection.sendall(request)
    done, began = 0, time.perf_counter()
    while done < count and time.perf_counter() - began < seconds:
        for number, _ in poll.poll():
            connection = sockets[number]
            response = connection.recv(65536)
            assert response.startswith(b"HTTP/1.1 200"), response
            # If the head and the body arrive separately, the response ends with the body.
            if response.endswith(b"\r\n\r\n") and b"content-length" in response:
                connection.recv(65536)
            done += 1
            connection.sendall(request)
    took = time.perf_counter() - began
    for connection in sockets.values():
        connection.close()
    return done / took
