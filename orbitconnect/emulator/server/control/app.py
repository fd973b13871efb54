"""The Starlette application of the control API."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...controls import ControlledEmulator
from ...exchange import EmulatorRequest
from ...failure import emulator_failed
from ...json_text import Json
from ...operation_schemas import decode_body
from ..bodies import Disconnected, read_body
from .actions import ACTIONS, Action, ControlRequest
from .archives import export_endpoint, load_endpoint
from .fields import ControlError, Fields
from .replies import ERROR_REPLIES, Endpoint, json_reply, refusal_reply
from .snapshots import Snapshots

PREFIX: Final = "/_emulator"
MAX_BODY: Final = 1024 * 1024
_EXPECTED_ERRORS: Final[tuple[type[Exception], ...]] = (Disconnected, *ERROR_REPLIES)


def control_app(emulator: ControlledEmulator) -> Starlette:
    """Create the application that controls an emulator."""
    snapshots = Snapshots()
    endpoints: dict[str, dict[str, Endpoint]] = {
        "/state/export": {"GET": export_endpoint(emulator)},
        "/state/load": {"POST": load_endpoint(emulator)},
    }
    for (method, path), action in ACTIONS.items():
        endpoints.setdefault(path, {})[method] = _endpoint(emulator, snapshots, action)
    # One route for each path, so that the response to a wrong method lists all allowed methods.
    routes = [Route(PREFIX + path, _by_method(methods), methods=list(methods)) for path, methods in endpoints.items()]
    return Starlette(routes=routes, exception_handlers=ERROR_REPLIES)


def _by_method(endpoints: dict[str, Endpoint]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            return await endpoints["GET" if request.method == "HEAD" else request.method](request)
        except _EXPECTED_ERRORS:
            raise
        except Exception as error:  # noqa: BLE001  # The client gets a response and the server continues, whatever it is.
            failed = EmulatorRequest(request.method, request.url.path)
            return await refusal_reply(request, emulator_failed(failed, error))

    return endpoint


def _endpoint(emulator: ControlledEmulator, snapshots: Snapshots, action: Action) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        given: Json = dict(request.query_params)
        with await read_body(request.receive, request.headers, MAX_BODY) as body:
            content = b"".join(body.chunks())
        if content and request.method != "GET":
            given = decode_body(content)
            if given == []:
                given = {}
        if not isinstance(given, dict):
            raise ControlError(400, "bad_request", "The body must be a JSON object.")
        fields = Fields({**given, **request.path_params}, from_text=request.method == "GET")
        # Runs in a thread: advancing the clock can take a long time, and a webhook receiver may call this server in the
        # meantime.
        result = await asyncio.to_thread(action.perform, ControlRequest(emulator, snapshots, fields))
        return json_reply(action.status, result)

    return endpoint
