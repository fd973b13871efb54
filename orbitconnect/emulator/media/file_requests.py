"""Handles requests to the signed URLs of files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from orbitconnect_api.operations import RESULT_FIELD, SECRET_KEY_HEADER

from ..access import check_key
from ..context import Context
from ..exchange import EmulatorRequest, EmulatorResponse, json_response
from ..file_store import FileStore
from ..refusals import Refusal
from ..rules import METHOD
from .download_requests import serve
from .signed_urls import FILES, GET, HEAD, PUT, check_target
from .upload_requests import complete, expect, receive

_LIVE_KEY: Final = "sk_live_"

ResultT = TypeVar("ResultT")


class InTransaction(Protocol):
    """Runs a function in a transaction, under the emulator's lock."""

    def __call__(self, work: Callable[[Context], ResultT], /) -> ResultT:
        """Run the function, and return its result."""
        ...


def answer_file(request: EmulatorRequest, files: FileStore, in_transaction: InTransaction) -> EmulatorResponse:
    """Handle a request to a signed URL of a file.

    The URL's signature authorizes the request: no secret key is needed, and none is checked, except that live keys are
    refused. The bytes are transferred outside the transactions, so a slow client does not block others.

    Raises:
        Refusal: If the URL is invalid or has expired, or the method or the body is not acceptable.
    """
    _check_method(request)
    _check_no_live_key(request)
    if request.method != PUT:
        return in_transaction(lambda context: serve(context, request, _segments(context, request)))
    expected = in_transaction(lambda context: expect(context, request, _segments(context, request)))
    stored = receive(files, request, expected)
    in_transaction(lambda context: complete(context, expected, stored))
    return json_response(200, {RESULT_FIELD: None}, {"etag": f'"{stored.id}"'})


def _check_method(request: EmulatorRequest) -> None:
    allowed = (GET, HEAD) if request.target.startswith(FILES) else (PUT,)
    if request.method not in allowed:
        names = ", ".join(allowed)
        message = f"{request.method} is not allowed for this path. Allowed: {names}."
        raise Refusal(405, "method_not_allowed", message, METHOD, headers={"allow": names})


def _check_no_live_key(request: EmulatorRequest) -> None:
    if request.headers.get(SECRET_KEY_HEADER, "").startswith(_LIVE_KEY):
        check_key(request.headers)


def _segments(context: Context, request: EmulatorRequest) -> list[str]:
    return check_target(request.method, request.target, context.now, context.token_secret)
