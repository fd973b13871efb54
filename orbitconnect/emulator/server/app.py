"""The emulator as an ASGI application: whatever came over HTTP goes to `Emulator.handle`, and its answer back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from attrs import evolve
from starlette.types import Receive, Scope, Send

from orbitconnect_api.operations import ERROR_CODE_FIELD, ERROR_MESSAGE_FIELD

from ..controls import ControlledEmulator
from ..exchange import MAX_BODY, EmulatorRequest, EmulatorResponse, json_response, split_target
from ..failure import emulator_failed
from ..media.routes import is_file_target
from ..refusals import Refusal, error_body
from ..rules import RULE_HEADER
from .bodies import DRAINED, Disconnected, Incoming, declared_size, read_body
from .guards import check_caller, check_framing, check_size
from .inside import is_closed, try_handle
from .protocol import transport_of
from .request_lines import Report, RequestLine
from .socket_faults import FaultyConnection, start_of

CONTROL: Final = "/_emulator"
"""Below it lies what is the emulator's own."""
WRITE_SECONDS: Final = 60.0
"""How long a client may take to read a part of an answer."""

_CLOSE: Final = {"connection": "close"}


class EmulatorApp:
    """The ASGI application."""

    def __init__(self, emulator: ControlledEmulator, report: Report | None = None) -> None:
        """Serves an emulator, which others can use at the same time.

        Args:
            emulator: The emulator.
            report: Takes a line for each request.
        """
        from .control import control_app

        self._emulator: Final = emulator
        self.report: Final = report
        """Takes a line for each request."""
        self._control: Final = control_app(emulator)
        self.stopping: Final = asyncio.Event()
        """Set when the server ends: what waits on purpose stops waiting."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http":
            line = None if self.report is None else RequestLine(scope, _target(scope), send)
            try:
                await self._answer(scope, receive, send if line is None else line.send, line)
            except Disconnected:
                transport = transport_of(scope)
                if transport is not None:
                    transport.abort()
            finally:
                if self.report is not None:
                    self.report(str(line))
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})

    async def _answer(self, scope: Scope, receive: Receive, send: Send, line: RequestLine | None) -> None:
        target = _target(scope)
        headers = _headers(scope)
        path = target.partition("?")[0]
        controls = path == CONTROL or path.startswith(CONTROL + "/")
        try:
            is_file = is_file_target(target)
            check_caller(headers, same_origin=controls, is_embeddable=is_file)
            check_size(target, headers)
            check_framing(headers)
            if controls:
                await self._control(scope, receive, send)
                return
            response = await self._carry_out(scope, receive, target, headers)
        except Refusal as refusal:
            response = _refused(refusal)
        if response.fault is None:
            await _reply(response, send)
        else:
            if line is not None:
                line.fault = response.fault
            await FaultyConnection(scope, receive, send, self.stopping).suffer(response.fault, response, _reply)

    async def _carry_out(
        self, scope: Scope, receive: Receive, target: str, headers: Mapping[str, str]
    ) -> EmulatorResponse:
        path, query = split_target(target)
        request = EmulatorRequest(
            scope["method"],
            path,
            query,
            headers,
            target=target,
            origin=f"http://{headers.get('host') or _address(scope)}",
        )
        if is_file_target(target):
            return await self._pass_file(request, receive)
        with await read_body(receive, headers, MAX_BODY + DRAINED) as body:
            if body.is_spooled:
                return await self._handle(evolve(request, stream=body.pieces()), at_once=False)
            return await self._handle(evolve(request, body=body.data) if body.data else request, at_once=True)

    async def _pass_file(self, request: EmulatorRequest, receive: Receive) -> EmulatorResponse:
        """Lets the emulator read the body as it comes; it looks first whether it wants it."""
        incoming = Incoming(receive)
        pieces = incoming.pieces(asyncio.get_running_loop())
        response = await self._handle(evolve(request, stream=pieces), at_once=False)
        try:
            ended = declared_size(request.headers) <= DRAINED and await incoming.drain()
        except Refusal:
            ended = False
        return response if ended else evolve(response, headers={**response.headers, **_CLOSE})

    async def _handle(self, request: EmulatorRequest, *, at_once: bool) -> EmulatorResponse:
        emulator = self._emulator
        try:
            # What takes microseconds is done at once; what would wait, for a disk or another thread, is done in one.
            response = try_handle(emulator, request) if at_once else None
            if response is not None:
                return response
            return await asyncio.to_thread(emulator.handle, request)
        except Exception as error:  # noqa: BLE001  # Whatever it is, the client gets an answer and the server goes on.
            if is_closed(emulator):
                return json_response(503, _error("This emulator is closed.", "closed"), _CLOSE)
            return _refused(emulator_failed(request, error))


def asgi_app(emulator: ControlledEmulator) -> EmulatorApp:
    """Makes an ASGI application of an emulator, for a server of your own; it must listen on the loopback interface."""
    return EmulatorApp(emulator)


async def _reply(response: EmulatorResponse, send: Send) -> None:
    await send(start_of(response))
    if response.stream is None:
        await send({"type": "http.response.body", "body": response.body})
    else:
        await _send_pieces(response.stream, send)


async def _send_pieces(pieces: Iterable[bytes], send: Send) -> None:
    iterator = iter(pieces)
    try:
        while piece := await asyncio.to_thread(next, iterator, b""):
            async with asyncio.timeout(WRITE_SECONDS):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body"})
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            close()


def _error(message: str, code: str) -> dict[str, str]:
    return {ERROR_MESSAGE_FIELD: message, ERROR_CODE_FIELD: code}


def _refused(refusal: Refusal) -> EmulatorResponse:
    # There may be more of the request's body that nobody is going to read.
    return json_response(
        refusal.status, error_body(refusal), {RULE_HEADER: str(refusal.rule), **refusal.headers, **_CLOSE}
    )


def _target(scope: Scope) -> str:
    """The path as it came, still encoded, and the query."""
    raw: bytes | None = scope.get("raw_path")
    path = raw.decode("latin-1") if raw else quote(scope["path"])
    query = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _headers(scope: Scope) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _address(scope: Scope) -> str:
    host, port = scope.get("server") or ("127.0.0.1", 80)
    return f"{host}:{port}"


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
