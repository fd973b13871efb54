"""The control API's responses: JSON results and errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...json_text import Json, encode_json
from ...refusals import Refusal
from .fields import ControlError

Endpoint = Callable[[Request], Awaitable[Response]]

PRIVATE: Final = {"cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff"}
"""Headers for browsers that do not send Sec-Fetch-Site. They prevent other sites' pages from reading the response."""


def json_reply(status: int, value: Json) -> Response:
    """Create a response with a JSON body."""
    return Response(encode_json(value), status, PRIVATE, media_type="application/json")


async def refusal_reply(request: Request, error: Exception) -> Response:
    """Create the response to a request that was refused before its action ran."""
    assert isinstance(error, Refusal)
    # If the body was too large or arrived too slowly, the client may still be sending it.
    return _error(error.status, error.code, error.message, close=error.status in (408, 413))


def _error(status: int, code: str, message: str, *, close: bool = False) -> Response:
    response = json_reply(status, {"message": message, "code": code})
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


async def _conflict(request: Request, error: Exception) -> Response:
    return _error(409, "conflict", str(error))


ERROR_REPLIES: Final[dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]] = {
    HTTPException: _http_error,
    ControlError: _control_error,
    Refusal: refusal_reply,
    # Raised by the emulator's methods, for example if the clock cannot be advanced.
    ValueError: _conflict,
    TypeError: _conflict,
    RuntimeError: _conflict,
    TimeoutError: _conflict,
}
"""The function that creates the response, by exception type."""
