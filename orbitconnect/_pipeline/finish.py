"""Convert an outcome to the call's result or error. A broken response raises only `UnreadableResponseError`."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import responses
from typing import Any, Final, TypeGuard, TypeVar, cast

from orbitconnect_api.operations import (
    ERROR_CODE_FIELD,
    ERROR_MESSAGE_FIELD,
    REQUEST_ID_HEADER,
    RESULT_FIELD,
    RETRY_AFTER_HEADER,
)
from orbitconnect_api.types import Reading, Request, UnexpectedData, result_none

from ..errors import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    DeadlineExceededError,
    NotFoundError,
    OrbitServerError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnprocessableEntityError,
    UnreadableResponseError,
)
from .api_host import other_hosts
from .json_reader import NotJson, read_json
from .nesting import is_deep
from .outcome import Answer, Failure
from .retry import retry_after

T = TypeVar("T")

_DATA: Final = "data"
EXCERPT_BYTES: Final = 2_000
MAX_ERROR_BYTES: Final = 256 * 1024
"""Larger bodies are kept in errors only as an excerpt, because errors are searched, copied and pickled."""
MESSAGE_LENGTH: Final = 1_000
_NO_CONTROL_CHARACTERS: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")

_CLASSES: Final[dict[int, type[OrbitServerError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def is_success(outcome: Answer | Failure) -> TypeGuard[Answer]:
    """Whether the attempt got a complete response with a success status."""
    return isinstance(outcome, Answer) and 200 <= outcome.status < 300 and not outcome.flaw


def result_of(request: Request[T], answer: Answer, attempts: int) -> T:
    """Read the result from a successful response.

    Raises:
        UnreadableResponseError: If the response does not have the form that the contract declares.
    """
    flaw = ""
    try:
        part, parse = _DATA, request.parse
        if request.readings is not None:
            part, parse = _reading(request.readings, answer.status)
            if part == "content":
                return parse(answer.body)
        if not answer.body and parse is result_none:
            return parse(None)
        envelope = read_json(answer.body)
        if isinstance(envelope, dict):
            fields = cast("dict[str, object]", envelope)
            return parse(fields.get(RESULT_FIELD) if part == _DATA else fields)
        flaw = "it is not a JSON object"
    except (NotJson, UnexpectedData) as error:
        flaw = str(error)
    except RecursionError:
        flaw = "it is nested too deeply"
    raise _unreadable(request, answer, attempts, flaw)


def is_file(request: Request[Any], status: int) -> bool:
    """Whether a response with this status is a file."""
    return 200 <= status < 300 and request.readings is not None and _reading(request.readings, status).part == "content"


def _reading(readings: Mapping[int, Reading], status: int) -> Reading:
    """How to read a response. A success status that the contract does not declare is read like the most usual one."""
    return readings.get(status) or next(iter(readings.values()))


def anything_of(request: Request[Any], answer: Answer, attempts: int) -> Any:
    """Read the result of a call that is not in the contract: the body's `data` field, or else the whole body."""
    flaw = ""
    try:
        if not answer.body:
            return None
        value = read_json(answer.body)
        if not isinstance(value, dict):
            return value
        envelope = cast("dict[str, object]", value)
        return envelope.get(RESULT_FIELD, envelope)
    except NotJson as error:
        flaw = str(error)
    raise _unreadable(request, answer, attempts, flaw)


def error_of(
    request: Request[Any],
    outcome: Answer | Failure,
    *,
    attempts: int,
    sent: bool,
    timeout: float | None,
    late: bool,
    now: float,
) -> OrbitServerError:
    """Create the error for a failed call.

    Raise it outside of `except` blocks, so that no other exception is chained to it.

    Args:
        request: The call.
        outcome: The outcome of its last attempt.
        attempts: The number of attempts.
        sent: Whether the API may have received any of them.
        timeout: The call's time limit, in seconds.
        late: Whether the time limit has passed.
        now: The wall-clock time, in seconds, for a date in the `Retry-After` header.
    """
    operation = request.operation
    if isinstance(outcome, Failure):
        text = _sentence(outcome, sent) + (other_hosts() if outcome.unreachable else "")
        if not (late or (outcome.timeout and outcome.sent)):
            return ConnectionFailedError(text, operation=operation.id, attempts=attempts, sent=sent)
        limit = "" if timeout is None else f" The time limit of the call is {timeout:g} s."
        return DeadlineExceededError(text + limit, operation=operation.id, attempts=attempts, sent=sent)
    if 200 <= outcome.status < 300:
        return _unreadable(request, outcome, attempts, outcome.flaw)
    body = _body_or_excerpt(outcome)
    return error_class(outcome.status)(
        _message(outcome, body),
        status=outcome.status,
        code=_code(body),
        request_id=_request_id(outcome),
        headers=outcome.headers,
        body=body if len(outcome.body) <= MAX_ERROR_BYTES else _excerpt(outcome.body),
        retry_after=retry_after(outcome.headers.get(RETRY_AFTER_HEADER), now),
        operation=operation.id,
        attempts=attempts,
    )


def error_class(status: int) -> type[OrbitServerError]:
    """Return the error class for a status."""
    return _CLASSES.get(status, ServerError if 500 <= status < 600 else OrbitServerError)


def _sentence(failure: Failure, sent: bool) -> str:
    if failure.sent:
        return f"{failure.text}. The API may have carried out the request."
    if sent:
        return f"{failure.text}. An earlier attempt may have been carried out."
    return f"{failure.text}. The request was not sent."


def _unreadable(request: Request[Any], answer: Answer, attempts: int, flaw: str) -> UnreadableResponseError:
    return UnreadableResponseError(
        f"HTTP {answer.status} from the API, but its response cannot be read: {flaw}. "
        "The API may have carried out the request.",
        status=answer.status,
        request_id=_request_id(answer),
        headers=answer.headers,
        body=_excerpt(answer.body),
        operation=request.operation.id,
        attempts=attempts,
    )


def _body_or_excerpt(answer: Answer) -> object:
    if not answer.flaw:
        try:
            body = read_json(answer.body)
        except NotJson:
            pass
        else:
            # Deeply nested bodies could not be pickled or copied with the error.
            if not is_deep(body, answer.body):
                return body
    return _excerpt(answer.body)


def _excerpt(body: bytes) -> str | None:
    return body[:EXCERPT_BYTES].decode("utf-8", "replace") if body else None


def _message(answer: Answer, body: object) -> str:
    said = _text(cast("object", body), 4) if isinstance(body, dict) else ""
    if said:
        return said
    status = answer.status
    if 300 <= status < 400:
        hint = ": redirects are not followed"
    elif isinstance(body, str):
        hint = ": its response is not JSON, so it probably comes from a proxy in between"
    else:
        hint = f": {responses[status]}" if status in responses else ""
    return f"HTTP {status} from the API{hint}"


def _text(value: object, depth: int) -> str:
    """Return the message, which may be a string, a list of messages or an object with a message."""
    if isinstance(value, str):
        return _line(value)
    if depth == 0:
        return ""
    if isinstance(value, dict):
        return _text(cast("dict[str, object]", value).get(ERROR_MESSAGE_FIELD), depth - 1)
    if isinstance(value, list):
        parts = [_text(item, depth - 1) for item in cast("list[object]", value)[:20]]
        return "; ".join(part for part in parts if part)[:MESSAGE_LENGTH]
    return ""


def _line(text: str) -> str:
    """Return the text as a single line of limited length without control characters, for logs and terminals."""
    return " ".join(text[: MESSAGE_LENGTH * 2].translate(_NO_CONTROL_CHARACTERS).split())[:MESSAGE_LENGTH]


def _request_id(answer: Answer) -> str | None:
    found = answer.headers.get(REQUEST_ID_HEADER)
    return None if found is None else _line(found)


def _code(body: object) -> str | None:
    code = cast("dict[str, object]", body).get(ERROR_CODE_FIELD) if isinstance(body, dict) else None
    if isinstance(code, str):
        return _line(code)
    return str(code) if isinstance(code, int) and not isinstance(code, bool) else None
