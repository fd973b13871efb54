"""Control over HTTP: the application below `/_emulator/`. What its requests do is in `control_actions`."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ..controls import ControlledEmulator
from ..exchange import EmulatorRequest
from ..failure import emulator_failed
from ..json_text import encode_json
from ..operation_schemas import decode_body
from ..refusals import Refusal
from .bodies import Disconnected, read_body
from .control_actions import ACTIONS, Action, Snapshots
from .control_fields import ControlError, Fields

PREFIX: Final = "/_emulator"
MAX_BODY: Final = 1024 * 1024
MAX_ARCHIVE: Final = 8 * 1024**3
_PIECE: Final = 256 * 1024

_PRIVATE: Final = {"cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff"}
"""For browsers that send no Sec-Fetch-Site: no page from elsewhere gets to see the answer."""

Endpoint = Callable[[Request], Awaitable[Response]]


def control_app(emulator: ControlledEmulator) -> Starlette:
    """Makes the application that controls an emulator."""
    snapshots = Snapshots()
    routes = [
        Route(PREFIX + path, _endpoint(emulator, snapshots, action), methods=[method])
        for (method, path), action in ACTIONS.items()
    ]
    routes += [
        Route(f"{PREFIX}/state/export", _export(emulator), methods=["GET"]),
        Route(f"{PREFIX}/state/load", _load(emulator), methods=["POST"]),
    ]
    return Starlette(
        routes=_merged(routes),
        exception_handlers=_HANDLERS,
    )


def _merged(routes: list[Route]) -> list[Route]:
    """One route a path, so that a wrong method is answered with all that are right."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for route in routes:
        for method in route.methods or ():
            if method != "HEAD":
                by_path.setdefault(route.path, {})[method] = route.endpoint
    return [Route(path, _by_method(endpoints), methods=list(endpoints)) for path, endpoints in by_path.items()]


def _by_method(endpoints: dict[str, Endpoint]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            return await endpoints["GET" if request.method == "HEAD" else request.method](request)
        except (Disconnected, *_HANDLERS):
            raise
        except Exception as error:  # noqa: BLE001  # Whatever it is, the client gets an answer and the server goes on.
            asked = EmulatorRequest(request.method, request.url.path)
            return await _refusal(request, emulator_failed(asked, error))

    return endpoint


def _endpoint(emulator: ControlledEmulator, snapshots: Snapshots, action: Action) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        given: Any = dict(request.query_params)
        with await read_body(request.receive, request.headers, MAX_BODY) as body:
            content = b"".join(body.pieces())
        if content and request.method != "GET":
            given = decode_body(content)
            if given == []:
                given = {}
            if not isinstance(given, dict):
                raise ControlError(400, "bad_request", "The body is not a JSON object.")
        fields = Fields({**given, **request.path_params}, from_text=request.method == "GET")
        # In a thread: to turn the clock can take a while, and what it has delivered may come back here.
        result = await asyncio.to_thread(action.perform, emulator, snapshots, fields)
        return _json(action.status, result)

    return endpoint


def _export(emulator: ControlledEmulator) -> Endpoint:
    def export() -> IO[bytes]:
        with tempfile.TemporaryDirectory(prefix="orbit-emulator-") as folder:
            path = Path(folder, "emulator.zip")
            emulator.export(path)
            file = tempfile.TemporaryFile(prefix="orbit-emulator-")  # noqa: SIM115  # Whoever sends it closes it.
            with path.open("rb") as source:
                shutil.copyfileobj(source, file, _PIECE)
            return file

    async def pieces(file: IO[bytes]) -> AsyncGenerator[bytes]:
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece

    async def endpoint(request: Request) -> Response:
        file = await asyncio.to_thread(export)
        headers = {
            **_PRIVATE,
            "content-length": str(file.tell()),
            "content-disposition": 'attachment; filename="emulator.zip"',
        }
        return _FileResponse(file, pieces(file), media_type="application/zip", headers=headers)

    return endpoint


class _FileResponse(StreamingResponse):
    def __init__(self, file: IO[bytes], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the file and lets go of it, even if the client has gone."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def _load(emulator: ControlledEmulator) -> Endpoint:
    def load(pieces: Iterator[bytes]) -> None:
        with tempfile.TemporaryDirectory(prefix="orbit-emulator-") as folder:
            path = Path(folder, "emulator.zip")
            with path.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
            try:
                emulator.load(path)
            except ValueError as error:
                # Nobody knows the file under that name.
                message = str(error).replace(str(path), "The body")
                raise ControlError(422, "validation_failed", message) from None

    async def endpoint(request: Request) -> Response:
        with await read_body(request.receive, request.headers, MAX_ARCHIVE) as body:
            await asyncio.to_thread(load, body.pieces())
        return _json(200, {"now": emulator.clock.now().isoformat()})

    return endpoint


def _json(status: int, value: Any) -> Response:
    return Response(encode_json(value), status, _PRIVATE, media_type="application/json")


def _error(status: int, code: str, message: str, *, close: bool = False) -> Response:
    response = _json(status, {"message": message, "code": code})
    if close:
        response.headers["connection"] = "close"
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _error(
        error.status_code, "not_found" if error.status_code == 404 else "method_not_allowed", error.detail
    )
    response.headers.update(error.headers or {})
    return response


async def _control_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ControlError)
    return _error(error.status, error.code, str(error))


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    # Of a body that is refused for its size there is more to come.
    return _error(error.status, error.code, error.message, close=error.status in (408, 413))


async def _conflict(request: Request, error: Exception) -> Response:
    return _error(409, "conflict", str(error))


_HANDLERS: Final[dict[Any, Callable[[Request, Exception], Awaitable[Response]]]] = {
    HTTPException: _http_error,
    ControlError: _control_error,
    Refusal: _refusal,
    # What the emulator itself says no to, such as a clock that cannot be turned.
    ValueError: _conflict,
    TypeError: _conflict,
    RuntimeError: _conflict,
    TimeoutError: _conflict,
}
