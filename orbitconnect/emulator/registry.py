"""The registry: which function handles which operation. It imports no handlers; `composition` imports them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from attrs import field, frozen

from orbitconnect_api.types import Model, Operation, SafeRepr

Data = Model | Sequence[Model] | None
"""The data of a response. If the contract declares fields beside the data, a model of the whole envelope."""


@frozen(repr=False)
class Reply(SafeRepr):
    """A result with a status other than the operation's first success status."""

    status: int
    data: Data = None


@frozen(repr=False)
class FileReply(SafeRepr):
    """A result that is a file."""

    content: bytes = field(repr=False)
    content_type: str


Result = Data | Reply | FileReply
"""What a handler returns."""

Handler = Callable[..., Result]
"""Takes the request context, and the parameters of the path, the query and the headers by name."""

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
