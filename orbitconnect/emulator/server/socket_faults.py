"""Applies scripted faults to a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from starlette.types import Receive, Scope, Send

from ..exchange import EmulatorResponse
from ..faults import Drip, Fault, Garbage, Latency, Reset, Stall, Truncate
from .protocol import reset, transport_of

NOT_HTTP: Final = b"\x16\x03 garbage\r\n\r\n"

Reply = Callable[[EmulatorResponse, Send], Awaitable[None]]


class FaultyConnection:
    """The connection of a request to which a fault applies."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, stopping: asyncio.Event) -> None:
        """Take over the connection.

        Args:
            scope: ASGI's `scope`.
            receive: ASGI's `receive`.
            send: ASGI's `send`.
            stopping: Set when the server stops; ends all pauses.
        """
        self._transport = transport_of(scope)
        self._receive = receive
        self._send = send
        self._stopping = stopping

    async def apply(self, fault: Fault, response: EmulatorResponse, reply: Reply) -> None:
        """Send the response that the fault describes."""
        match fault:
            case Latency(seconds=seconds):
                await self._pause(seconds)
                await reply(response, self._send)
            case Drip():
                await self._drip(fault, response)
            case Truncate():
                await self._truncate(fault, response)
            case Garbage():
                if self._transport is not None:
                    self._transport.write(NOT_HTTP)
                await self._close()
            case Reset():
                await self._reset()
            case Stall():
                await self._until_gone()
                await self._reset()
            case _:
                await reply(response, self._send)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass

    async def _drip(self, fault: Drip, response: EmulatorResponse) -> None:
        await self._send(start_of(response))
        is_first = True
        for chunk in _content(response):
            for start in range(0, len(chunk), fault.chunk):
                if not is_first:
                    await self._pause(fault.pause)
                is_first = False
                await self._send_chunk(chunk[start : start + fault.chunk])
        await self._send({"type": "http.response.body"})

    async def _truncate(self, fault: Truncate, response: EmulatorResponse) -> None:
        length = int(response.headers.get("content-length", 0))
        if length:
            # The head already declares the size of the whole body.
            await self._send(start_of(response))
            remaining = fault.kept(length)
            for chunk in _content(response):
                await self._send_chunk(chunk[:remaining])
                remaining -= min(remaining, len(chunk))
                if not remaining:
                    break
        await self._close()

    async def _send_chunk(self, chunk: bytes) -> None:
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()
        await self._until_gone()

    async def _reset(self) -> None:
        if self._transport is not None:
            reset(self._transport)
        await self._until_gone()

    async def _until_gone(self) -> None:
        """Wait until the client disconnects. Otherwise, uvicorn would send a response of its own."""
        stopping = asyncio.ensure_future(self._stopping.wait())
        gone = asyncio.ensure_future(self._gone())
        try:
            await asyncio.wait((stopping, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            gone.cancel()

    async def _gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


def _content(response: EmulatorResponse) -> Iterable[bytes]:
    return (response.body,) if response.stream is None else response.stream


def start_of(response: EmulatorResponse) -> dict[str, object]:
    """The ASGI message that starts a response."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    return {"type": "http.response.start", "status": response.status, "headers": headers}
