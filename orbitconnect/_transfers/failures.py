"""Converts a transfer's outcome to an error. Quotes the storage server's response, masking possible secrets. No I/O."""

from __future__ import annotations

import json
import re
from html import unescape
from http.client import responses
from typing import Final, cast

from orbitconnect_api.operations import (
    ERROR_CODE_FIELD,
    ERROR_MESSAGE_FIELD,
    REQUEST_ID_HEADER,
    RETRY_AFTER_HEADER,
)

from .._pipeline.finish import error_class
from .._pipeline.outcome import Answer, Failure
from .._pipeline.retry import retry_after
from ..errors import ConnectionFailedError, DeadlineExceededError, OrbitServerError, UnreadableResponseError
from .signed_url import SignedUrl

_EXCERPT: Final = 2_000
_SENTENCE: Final = 500
_AMAZON_ID: Final = "x-amz-request-id"


def failed(what: str, text: str, *, operation: str, attempts: int, timeout: bool) -> OrbitServerError:
    """The error for a transfer that got no response."""
    kind = DeadlineExceededError if timeout else ConnectionFailedError
    return kind(f"The {what} failed: {text}.", operation=operation, attempts=attempts)


def too_late(what: str, limit: float | None, *, operation: str, attempts: int) -> OrbitServerError:
    """The error for a transfer that exceeded its time limit."""
    limited = "in time" if limit is None else f"within its time limit of {limit:g} s"
    return DeadlineExceededError(f"The {what} did not finish {limited}.", operation=operation, attempts=attempts)


def unreadable(what: str, flaw: str, *, operation: str, status: int = 0) -> OrbitServerError:
    """The error for a response without the information that the transfer needs."""
    return UnreadableResponseError(f"The {what} cannot continue: {flaw}.", status=status, operation=operation)


def refused(
    what: str, answer: Answer, url: SignedUrl, *, operation: str, attempts: int, now: float, hint: str = ""
) -> OrbitServerError:
    """The error for a transfer that a server rejected.

    Args:
        what: `upload` or `download`.
        answer: The server's response, with the beginning of its body.
        url: The URL that the server responded to.
        operation: The operation that returned the URL.
        attempts: The number of attempts.
        now: The current time, in seconds since the epoch.
        hint: A sentence to append to the message.
    """
    text = url.scrub(answer.body.decode("utf-8", "replace"))
    code, message = _said(text)
    status = answer.status
    if 300 <= status < 400:
        message = "redirects are not followed"
    message = message or responses.get(status, "")
    request_id = answer.headers.get(REQUEST_ID_HEADER) or answer.headers.get(_AMAZON_ID)
    return error_class(status)(
        f"The {what} was refused with HTTP {status} by {url.host}{': ' if message else ''}{message.rstrip('.')}.{hint}",
        status=status,
        code=code,
        request_id=None if request_id is None else url.scrub(request_id),
        body=text[:_EXCERPT] or None,
        retry_after=retry_after(answer.headers.get(RETRY_AFTER_HEADER), now),
        operation=operation,
        attempts=attempts,
    )


def failure_error(
    what: str, failure: Failure, *, operation: str, attempts: int, late: bool, limit: float | None
) -> OrbitServerError:
    """The error for a transfer whose connection failed."""
    if late:
        return too_late(what, limit, operation=operation, attempts=attempts)
    timeout = failure.timeout and failure.sent
    return failed(what, failure.text, operation=operation, attempts=attempts, timeout=timeout)


def _said(text: str) -> tuple[str | None, str]:
    """The error code and message from a storage's XML or the API's JSON."""
    if text.lstrip().startswith("<"):
        return _element(text, "Code") or None, _element(text, "Message")
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(value, dict):
        return None, ""
    fields = cast("dict[str, object]", value)
    code, message = fields.get(ERROR_CODE_FIELD), fields.get(ERROR_MESSAGE_FIELD)
    return (code if isinstance(code, str) else None), (_line(message) if isinstance(message, str) else "")


def _element(text: str, name: str) -> str:
    # Not an XML parser, because untrusted documents can exploit one (entity expansion, external entities).
    found = re.search(rf"<{name}>([^<]{{1,{_SENTENCE}}})</{name}>", text)
    return "" if found is None else _line(unescape(found[1]))


def _line(text: str) -> str:
    return " ".join(text.split())[:_SENTENCE]
