"""TLS over any channel of bytes."""

from __future__ import annotations

import ssl
from typing import Final, Protocol

from ..tls import TlsEngine, forget_session

_MOST_RECEIVED: Final = 256 * 1024
"""With buffers of 64 KiB, glibc returns memory to the system after each call: 5 % more processor time over TLS."""


class AsyncChannel(Protocol):
    """Sends and receives bytes. Raises `OSError` on failure, and `TimeoutError` when the limit has passed."""

    @property
    def tls(self) -> ssl.SSLObject | ssl.SSLSocket | None:
        """The connection's TLS object, or None without TLS."""
        ...

    @property
    def sent(self) -> int:
        """The number of bytes sent, or an upper bound if the exact number is not known."""
        ...

    async def send(self, data: bytes, limit: float | None) -> None:
        """Send all of these bytes."""
        ...

    async def receive(self, count: int, limit: float | None) -> bytes:
        """Receive at most `count` bytes. `b""` if the other side has closed the connection."""
        ...

    def unread(self) -> bytes | None:
        """Return the received but unread bytes, without waiting. None if the channel must not be used again."""
        ...

    def close(self) -> None:
        """Close the channel immediately. Repeating the call has no effect."""
        ...

    async def wait_closed(self) -> None:
        """Wait until the channel is closed, after `close`."""
        ...


class AsyncTlsChannel:
    """TLS over another channel, which may itself be encrypted."""

    def __init__(self, outer: AsyncChannel, context: ssl.SSLContext, hostname: str) -> None:
        self._outer = outer
        self._engine = TlsEngine(context, hostname)
        self.tls: ssl.SSLObject | ssl.SSLSocket | None = self._engine.tls
        self.sent = 0

    async def shake_hands(self, limit: float | None) -> None:
        """Perform the TLS handshake."""
        while not self._engine.shake_hands():
            await self._exchange(limit)
        await self._flush(limit)

    async def send(self, data: bytes, limit: float | None) -> None:
        before = self._outer.sent
        while not self._engine.write(data):
            await self._exchange(limit)
        try:
            await self._flush(limit)
        finally:
            if self._outer.sent > before:
                self.sent += len(data)

    async def receive(self, count: int, limit: float | None) -> bytes:
        while (data := self._engine.read(count)) is None:
            await self._exchange(limit)
        return data

    async def _exchange(self, limit: float | None) -> None:
        await self._flush(limit)
        self._engine.feed(await self._outer.receive(_MOST_RECEIVED, limit))

    async def _flush(self, limit: float | None) -> None:
        data = self._engine.to_send()
        if data:
            await self._outer.send(data, limit)

    def unread(self) -> bytes | None:
        data = self._outer.unread()
        if data is None:
            return None
        if data:
            self._engine.feed(data)
        # The received bytes may be only a session ticket, which is not data.
        try:
            data = self._engine.read(_MOST_RECEIVED)
        except ssl.SSLError:
            return None
        if data is None:
            # If the server has started another handshake, the client must respond. A new connection is simpler.
            return None if self._engine.is_renegotiating() else b""
        return data or None

    def close(self) -> None:
        self._outer.close()

    async def wait_closed(self) -> None:
        await self._outer.wait_closed()


async def encrypted(
    channel: AsyncChannel, context: ssl.SSLContext, hostname: str, limit: float | None
) -> AsyncTlsChannel:
    """Encrypt a channel. The caller must close it if this fails."""
    made = AsyncTlsChannel(channel, context, hostname)
    try:
        await made.shake_hands(limit)
    except OSError:
        forget_session(hostname)
        raise
    return made
