"""The registry: which function handles which operation. It imports no handlers; `composition` imports them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from orbitconnect_api.types import Model, Operation

Result = Model | Sequence[Model] | None
"""What a handler returns: the response's data."""

Handler = Callable[..., Result]
"""Takes the request context, and the path and query parameters by name."""

HandlerT = TypeVar("HandlerT", bound=Handler)

HANDLERS: Final[dict[str, Handler]] = {}
"""The registered handlers by operation id."""


def handles(operation: Operation) -> Callable[[HandlerT], HandlerT]:
    """Register a function as the handler of an operation.

    Raises:
        ValueError: If the operation already has a handler.
    """

    def register(handler: HandlerT) -> HandlerT:
        if HANDLERS.setdefault(operation.id, handler) is not handler:
            raise ValueError(f"{operation.id} already has a handler.")
        return handler

    return register
