"""The guarantees that every error keeps, whatever the server sent."""

from __future__ import annotations

import copy
import math
import pickle
import traceback
import unicodedata

from orbitconnect import errors

CLASSES: dict[int, type[errors.OrbitServerError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}
"""The statuses that have their own error class. The list is written independently of the SDK."""


def check_error(error: errors.OrbitServerError, *secrets: str) -> None:
    """Check that an error matches the documentation."""
    _check_class(error)
    _check_fields(error)
    assert len(str(error).splitlines()) == 1
    assert not any(unicodedata.category(character) == "Cc" for character in str(error))
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        # Do not compare with `==`, because the value may contain a NaN.
        assert repr(vars(twin)) == repr(vars(error))
        assert str(twin) == str(error)
    told = f"{error} {error!r} {vars(error)!r} {''.join(traceback.format_exception(error))}"
    assert not any(secret in told for secret in secrets)


def _check_class(error: errors.OrbitServerError) -> None:
    if error.status == 0:
        assert type(error) in (errors.ConnectionFailedError, errors.DeadlineExceededError)
        assert (error.headers, error.body, error.code, error.request_id) == ({}, None, None, None)
    elif 200 <= error.status < 300:
        assert type(error) is errors.UnreadableResponseError
    else:
        expected = errors.ServerError if 500 <= error.status < 600 else errors.OrbitServerError
        assert type(error) is CLASSES.get(error.status, expected)


def _check_fields(error: errors.OrbitServerError) -> None:
    assert isinstance(error.message, str)
    assert error.message
    assert isinstance(error.status, int)
    assert error.code is None or isinstance(error.code, str)
    assert error.request_id is None or isinstance(error.request_id, str)
    assert all(isinstance(value, str) for value in error.headers.values())
    assert not any(name.isascii() and name != name.lower() for name in error.headers)
    assert error.retry_after is None or (isinstance(error.retry_after, float) and 0 <= error.retry_after < math.inf)
    assert isinstance(error.operation, str)
    assert error.attempts >= 1
    assert error.body is None or isinstance(error.body, (bool, int, float, str, list, dict))
    if isinstance(error, errors.UnprocessableEntityError):
        assert isinstance(error.errors, dict)
