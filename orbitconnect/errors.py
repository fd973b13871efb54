"""The errors that a call can raise. `except OrbitServerError` catches all of them.

    OrbitServerError
    ├── BadRequestError            400
    ├── AuthenticationError        401
    ├── PermissionDeniedError      403
    ├── NotFoundError              404
    ├── ConflictError              409
    ├── UnprocessableEntityError   422
    ├── RateLimitError             429
    ├── ServerError                5xx
    ├── ConnectionFailedError      no response: the connection could not be opened, or broke
    ├── DeadlineExceededError      no complete response within the time limit
    └── UnreadableResponseError    a response that is not in the API's format

Any other unsuccessful status raises `OrbitServerError` itself. A wrong call that is detected before anything is
sent raises `ValueError`, `TypeError` or, if the client is closed, `RuntimeError`. All errors can be pickled and copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from orbitconnect_api.operations import ERROR_FIELDS_FIELD

__all__ = [
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "ConnectionFailedError",
    "DeadlineExceededError",
    "NotFoundError",
    "OrbitServerError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "UnprocessableEntityError",
    "UnreadableResponseError",
]


class OrbitServerError(Exception):
    """A call failed.

    Attributes:
        message: What went wrong: the API's message if there is one.
        status: The HTTP status, or 0 if there was no response.
        code: The API's error code, or None if there is none.
        request_id: The API's id of the request. Quote it when you contact the API's support.
        headers: The response's headers with names in lower case. Empty if there was no response.
        body: The response's decoded JSON. None if the response is empty. The start of its text if it is not JSON, is
            nested more than 100 levels deep or is larger than 256 KiB. The client's own secrets are masked here and in
            all other attributes.
        retry_after: How long the API asked the caller to wait, in seconds, or None if it did not ask.
        operation: The operation's id in the contract, such as `sendMessage`.
        attempts: How many attempts the call made.
        sent: False if no byte of the request was sent: nothing happened, and repeating the call is safe for every
            operation. If True, the API may have carried out the request. Before you repeat a call that must not happen
            twice, check whether it took effect. The method's docstring says how.
    """

    def __init__(
        self,
        message: str = "",
        *,
        status: int = 0,
        code: str | None = None,
        request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        retry_after: float | None = None,
        operation: str | None = None,
        attempts: int = 1,
        sent: bool = True,
    ) -> None:
        # Pickle and copy create the error from `args`, the message, and then set the attributes.
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.request_id = request_id
        self.headers: dict[str, str] = dict((headers or {}).items())
        self.body = body
        self.retry_after = retry_after
        self.operation = operation
        self.attempts = attempts
        self.sent = sent

    def __str__(self) -> str:
        if "operation" not in vars(self):  # A subclass raised an error before it called this constructor.
            return super().__str__()
        facts = [
            self.operation,
            f"status {self.status}" if self.status else None,
            f"code {self.code}" if self.code else None,
            f"request id {self.request_id}" if self.request_id else None,
            f"{self.attempts} attempts" if self.attempts > 1 else None,
        ]
        known = ", ".join(fact for fact in facts if fact)
        return f"{self.message} [{known}]" if known else self.message


class BadRequestError(OrbitServerError):
    """The API could not understand the request (400)."""


class AuthenticationError(OrbitServerError):
    """The API did not accept the secret key or the request's signature (401)."""


class PermissionDeniedError(OrbitServerError):
    """The key or the acting user is not allowed to do this (403)."""


class NotFoundError(OrbitServerError):
    """The object does not exist, or the acting user cannot see it (404)."""


class ConflictError(OrbitServerError):
    """The object's current state does not allow the call (409)."""


class UnprocessableEntityError(OrbitServerError):
    """A value is invalid (422)."""

    @property
    def errors(self) -> dict[str, Any]:
        """The API's error messages for each field. Empty if there are none."""
        body: object = self.body
        found = cast("dict[str, Any]", body).get(ERROR_FIELDS_FIELD) if isinstance(body, dict) else None
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


class RateLimitError(OrbitServerError):
    """Too many requests (429). `retry_after` is how long to wait, if the API says so."""


class ServerError(OrbitServerError):
    """The API, or a proxy in front of it, failed (5xx)."""


class ConnectionFailedError(OrbitServerError):
    """There was no response: the connection could not be opened, or it broke."""


class DeadlineExceededError(OrbitServerError):
    """There was no complete response within the call's time limit."""


class UnreadableResponseError(OrbitServerError):
    """The response is not in the API's format. The call may have taken effect."""
