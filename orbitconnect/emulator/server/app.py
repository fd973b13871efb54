"""The emulator as an ASGI application: passes requests to `handle`, and sends the responses."""

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
from ..media.signed_urls import is_file_target
from ..refusals import Refusal, error_body
from ..rules import RULE_HEADER
from .bodies import DRAINED, Disconnected, IncomingBody, declared_size, has_body, read_body
from .control.app import PREFIX, control_app
from .emulator_access import handle_if_free, is_closed
from .guards import check_caller, check_framing, check_size
from .protocol import transport_of
from .request_lines import Report, RequestLine
from .socket_faults import FaultyConnection, start_of

WRITE_SECONDS: Final = 60.0
"""How long a client may take to read a chunk of a response, in seconds."""

_CLOSE: Final = {"connection": "close"}


class EmulatorApp:
    """The ASGI application."""

    def __init__(self, emulator: ControlledEmulator, report: Report | None = None) -> None:
        """Create the application. The emulator can be used in other ways at the same time.

        Args:
            emulator: The emulator.
            report: Called with a line for each request.
        """
        self._emulator: Final = emulator
        self.report: Final = report
        """Called with a line for each request."""
        self._control: Final = control_app(emulator)
        self.stopping: Final = asyncio.Event()
        """Set when the server stops, to end the pauses of scripted faults."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        if scope["type"] == "http":
            line = None if self.report is None else RequestLine(scope, _target(scope), send)
            try:
                await self._respond(scope, receive, send if line is None else line.send, line)
            except Disconnected:
                transport = transport_of(scope)
                if transport is not None:
                    transport.abort()
            finally:
                if self.report is not None:
                    self.report(str(line))
        elif scope["type"] == "lifespan":
            await _acknowledge_lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})

    async def _respond(self, scope: Scope, receive: Receive, send: Send, line: RequestLine | None) -> None:
        target = _target(scope)
        headers = _headers(scope)
        path = target.partition("?")[0]
        is_control = path == PREFIX or path.startswith(PREFIX + "/")
        try:
            check_caller(headers, same_origin=is_control, is_embeddable=is_file_target(target))
            check_size(target, headers)
            check_framing(headers)
            if is_control:
                await self._control(scope, receive, send)
                return
            response = await self._response_of(scope, receive, target, headers)
        except Refusal as refusal:
            response = _refused(refusal)
        if response.fault is None:
            await _reply(response, send)
        else:
            if line is not None:
                line.fault = response.fault
            await FaultyConnection(scope, receive, send, self.stopping).apply(response.fault, response, _reply)

    async def _response_of(
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
            return await self._response_to_file(request, receive)
        if not has_body(headers, scope["http_version"]):
            return await self._handle(request, in_thread=False)
        with await read_body(receive, headers, MAX_BODY + DRAINED) as body:
            if body.is_spooled:
                return await self._handle(evolve(request, stream=body.chunks()), in_thread=True)
            return await self._handle(evolve(request, body=body.data), in_thread=False)

    async def _response_to_file(self, request: EmulatorRequest, receive: Receive) -> EmulatorResponse:
        """Let the emulator read an upload's body as it arrives, after checking the URL."""
        incoming = IncomingBody(receive)
        chunks = incoming.chunks(asyncio.get_running_loop())
        response = await self._handle(evolve(request, stream=chunks), in_thread=True)
        try:
            ended = declared_size(request.headers) <= DRAINED and await incoming.drain()
        except Refusal:
            ended = False
        return response if ended else evolve(response, headers={**response.headers, **_CLOSE})

    async def _handle(self, request: EmulatorRequest, *, in_thread: bool) -> EmulatorResponse:
        emulator = self._emulator
        try:
            # Most requests take microseconds and run in the event loop. A request that waits for the disk or for
            # another thread runs in a thread.
            response = None if in_thread else handle_if_free(emulator, request)
            if response is not None:
                return response
            return await asyncio.to_thread(emulator.handle, request)
        except Exception as error:  # noqa: BLE001  # The client gets a response and the server continues, whatever it is.
            if is_closed(emulator):
                return json_response(503, _error("This emulator is closed.", "server_error"), _CLOSE)
            return _refused(emulator_failed(request, error))


def asgi_app(emulator: ControlledEmulator) -> EmulatorApp:
    """Create an ASGI application for an emulator, to run on a server of your own.

    The server must listen only on the loopback interface.
    """
    return EmulatorApp(emulator)


async def _reply(response: EmulatorResponse, send: Send) -> None:
    await send(start_of(response))
    if response.stream is None:
        await send({"type": "http.response.body", "body": response.body})
    else:
        await _send_chunks(response.stream, send)


async def _send_chunks(chunks: Iterable[bytes], send: Send) -> None:
    iterator = iter(chunks)
    try:
        while chunk := await asyncio.to_thread(next, iterator, b""):
            async with asyncio.timeout(WRITE_SECONDS):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body"})
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            close()


def _error(message: str, code: str) -> dict[str, str]:
    return {ERROR_MESSAGE_FIELD: message, ERROR_CODE_FIELD: code}


def _refused(refusal: Refusal) -> EmulatorResponse:
    # The connection is closed, because the rest of the request's body is not read.
    return json_response(
        refusal.status, error_body(refusal), {RULE_HEADER: str(refusal.rule), **refusal.headers, **_CLOSE}
    )


def _target(scope: Scope) -> str:
    """The path, still encoded, and the query."""
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


async def _acknowledge_lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
