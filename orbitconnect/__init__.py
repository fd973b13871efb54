"""The Python server SDK for OrbitConnect.

    from orbitconnect import OrbitServer

    with OrbitServer() as orbit:
        user = orbit.users.create(external_id="customer-1", display_name="Ada")

`AsyncOrbitServer` has the same methods for asyncio. `orbitconnect.errors` lists the errors that a call can raise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._version import VERSION

if TYPE_CHECKING:
    from orbitconnect_api.types import UNSET

    from ._async.client import AsyncOrbitServer
    from ._sync.client import OrbitServer
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

_MODULES = {
    "AsyncOrbitServer": "orbitconnect._async.client",
    "OrbitServer": "orbitconnect._sync.client",
    "UNSET": "orbitconnect_api.types",
}

if not TYPE_CHECKING:  # A type checker would accept every name if it saw a module-level `__getattr__`.

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first used.

        A program that uses one client does not load the other, and one that uses neither does not load httpx.
        """
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = globals()[name] = getattr(import_module(_MODULES.get(name, "orbitconnect.errors")), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
