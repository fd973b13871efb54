"""The way of a request to the address of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from orbitconnect_api.operations import RESULT_FIELD, SECRET_KEY_HEADER

from ..access import check_key
from ..context import Context
from ..exchange import EmulatorRequest, EmulatorResponse, json_response
from ..file_store import FileStore
from ..refusals import Refusal
from ..rules import METHOD
from .bytes_in import Expected, expect, receive, take
from .bytes_out import serve
from .routes import FILES, GET, HEAD, PUT, check_target

_LIVE_KEY: Final = "sk_live_"

Within = Callable[[Callable[[Context], Any]], Any]
"""Carries something out in a transaction, while no other request is answered."""


def answer_file(request: EmulatorRequest, files: FileStore, within: Within) -> EmulatorResponse:
    """Answers a request to one of the emulator's own addresses.

    The signature of the address is the permission: no key is needed, and one that is sent does no harm. The bytes
    come and go outside of the transactions, so that a slow client holds up nobody.

    Raises:
        Refusal: If it is not let in, or what it brings is not taken.
    """
    _check_method(request)
    _check_no_live_key(request)
    if request.method != PUT:
        answer: EmulatorResponse = within(lambda context: serve(context, request, _segments(context, request)))
        return answer
    expected: Expected = within(lambda context: expect(context, request, _segments(context, request)))
    stored = receive(files, request, expected)
    within(lambda context: take(context, expected, stored))
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
