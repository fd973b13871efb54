"""A server in its own process. It responds with the number of the connection on which the call arrived.

Usage: python server.py [CERTIFICATE]. It prints its port and serves until its standard input is closed.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from typing import cast


class Connection(asyncio.Protocol):
    """Responds to each request with the connection's number, and whether its TLS session was resumed."""

    opened = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        Connection.opened += 1
        tls = transport.get_extra_info("ssl_object")
        user = {
            "id": str(Connection.opened),
            "display_name": "plain" if tls is None else "resumed" if tls.session_reused else "new",
        }
        body = json.dumps({"data": user}).encode()
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        self.missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"
        self.transport = cast("asyncio.WriteTransport", transport)
        self.received = b""

    def data_received(self, data: bytes) -> None:
        # Calls have no bodies. The path determines whether a call gets no response or a late one.
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            target = self.received[: self.received.index(b"\r\n")]
            self.received = self.received[end + 4 :]
            if b"/slow" in target:
                asyncio.get_running_loop().call_later(1.0, self.reply, self.answer)
            elif b"/missing" in target:
                self.reply(self.missing)
            elif b"/never" not in target:
                self.reply(self.answer)

    def reply(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


async def main() -> None:
    context = None
    if len(sys.argv) > 1:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0, ssl=context, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
