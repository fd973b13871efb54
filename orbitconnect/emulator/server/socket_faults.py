"""Does to a real connection what a scripted fault says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from starlette.types import Receive, Scope, Send

from ..exchange import EmulatorResponse
from ..faults import Drip, Fault, Garbage, Latency, Reset, Stall, Truncate
from .protocol import reset, transport_of

NO_HTTP: Final = b"\x16\x03 garbage\r\n\r\n"

Reply = Callable[[EmulatorResponse, Send], Awaitable[None]]


class FaultyConnection:
    """One exchange that a fault befalls."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, stopping: asyncio.Event) -> None:
        """Takes over the exchange.

        Args:
            scope: ASGI's.
            receive: ASGI's.
            send: ASGI's.
            stopping: Set when the server ends; nothing waits any longer then.
        """
        self._transport = transport_of(scope)
        self._receive = receive
        self._send = send
        self._stopping = stopping

    async def suffer(self, fault: Fault, response: EmulatorResponse, reply: Reply) -> None:
        """Answers as the fault has it."""
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
                    self._transport.write(NO_HTTP)
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
        for part in _content(response):
            for position in range(0, len(part), fault.chunk):
                if not is_first:
                    await self._pause(fault.pause)
                is_first = False
                await self._send_part(part[position : position + fault.chunk])
        await self._send({"type": "http.response.body"})

    async def _truncate(self, fault: Truncate, response: EmulatorResponse) -> None:
        length = int(response.headers.get("content-length", 0))
        if length:
            # The head promises the whole body.
            await self._send(start_of(response))
            left = fault.kept(length)
            for part in _content(response):
                await self._send_part(part[:left])
                left -= min(left, len(part))
                if not left:
                    break
        await self._close()

    async def _send_part(self, part: bytes) -> None:
        await self._send({"type": "http.response.body", "body": part, "more_body": True})

    async def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()
        await self._until_gone()

    async def _reset(self) -> None:
        if self._transport is not None:
            reset(self._transport)
        await self._until_gone()

    async def _until_gone(self) -> None:
        """Waits until the client has gone, so that uvicorn has nobody left to answer."""
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
    """The head of an answer, as ASGI has it."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    return {"type": "http.response.start", "status": response.status, "headers": headers}
