"""The Python server SDK for OrbitConnect.

    from orbitconnect import OrbitServer

    with OrbitServer() as orbit:
        user = orbit.users.create(external_id="customer-1", display_name="Ada")

`AsyncOrbitServer` is the same with `await`. `orbitconnect.errors` shows what a call can raise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orbitconnect_api.types import UNSET

from ._version import VERSION
from .errors import (
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

if TYPE_CHECKING:
    from ._async.client import AsyncOrbitServer
    from ._sync.client import OrbitServer

__version__ = VERSION

__all__ = [
    "UNSET",
    "AsyncOrbitServer",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "ConnectionFailedError",
    "DeadlineExceededError",
    "NotFoundError",
    "OrbitServer",
    "OrbitServerError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "UnprocessableEntityError",
    "UnreadableResponseError",
    "__version__",
]

if not TYPE_CHECKING:  # Else type checkers would take any name for one that is found here.

    def __getattr__(name: str) -> Any:
        """Loads a client when it is first asked for: the other one's code and httpx would be loaded in vain."""
        if name == "OrbitServer":
            from ._sync import client
        elif name == "AsyncOrbitServer":
            from ._async import client
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(client, name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
