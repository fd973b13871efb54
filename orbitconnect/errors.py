"""What a call can raise. One `except OrbitServerError` catches all of it.

    OrbitServerError
    ├── BadRequestError            400
    ├── AuthenticationError        401
    ├── PermissionDeniedError      403
    ├── NotFoundError              404
    ├── ConflictError              409
    ├── UnprocessableEntityError   422
    ├── RateLimitError             429
    ├── ServerError                5xx
    ├── ConnectionFailedError      no answer came: the connection could not be made, or broke
    ├── DeadlineExceededError      no whole answer came within the time limit
    └── UnreadableResponseError    an answer came, but not in the form that the API promises

Any other status that is no success raises `OrbitServerError` itself. Wrong use that shows before anything is sent is a
`ValueError`, a `TypeError` or, for a closed client, a `RuntimeError`. All errors can be pickled and copied.
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
        message: What went wrong, in the API's words where it gave any.
        status: The HTTP status; 0 where no answer came.
        code: The API's own name for the failure, if it gave one.
        request_id: The API's id of the request, to be quoted to its support.
        headers: The answer's headers, their names in lower case; empty where no answer came.
        body: The response's decoded JSON. The beginning of its text if it is not JSON, nested more than 100 levels deep
            or larger than 256 KiB; None if it is empty. The client's own secrets are masked in it, as in all else.
        retry_after: The seconds that the API asked to wait.
        operation: The contract's name of the operation, such as `sendMessage`.
        attempts: How many times the call was tried.
        sent: False if no byte of the request left: nothing happened, and repeating the call is safe whatever the
            operation. If True, the API may have carried the request out; look it up before you repeat a call that must
            not happen twice. Its docstring says where.
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
        # Pickle and copy make the error from `args`, which is the message, and then fill in the attributes.
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
        if "operation" not in vars(self):  # A subclass that raises before it calls this constructor; see `repr`.
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
    """The API refused the request's form (400)."""


class AuthenticationError(OrbitServerError):
    """The secret key, or the request's signature, was not accepted (401)."""


class PermissionDeniedError(OrbitServerError):
    """The key or the acting user may not do this (403)."""


class NotFoundError(OrbitServerError):
    """There is no such thing, or the acting user cannot see it (404)."""


class ConflictError(OrbitServerError):
    """The call does not fit the present state (409)."""


class UnprocessableEntityError(OrbitServerError):
    """The API refused a field's value (422)."""

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong with each field, where the API says so; else empty."""
        body: object = self.body
        found = cast("dict[str, Any]", body).get(ERROR_FIELDS_FIELD) if isinstance(body, dict) else None
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


class RateLimitError(OrbitServerError):
    """Too many requests (429); `retry_after` says how long to wait, if the API did."""


class ServerError(OrbitServerError):
    """The API, or a proxy before it, failed (5xx)."""


class ConnectionFailedError(OrbitServerError):
    """No answer came: the connection could not be made, or it broke."""


class DeadlineExceededError(OrbitServerError):
    """No whole answer came within the time limit of the call."""


class UnreadableResponseError(OrbitServerError):
    """An answer came, but not in the form that the API promises. The call may have taken effect."""
