"""What carries out the operations: one function each, found by the operation that it is registered for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from attrs import frozen

from orbitconnect_api.types import EventType, Model, Operation, SafeRepr

from .events import record
from .exchange import API_ORIGIN, encode_json
from .ids import Ids
from .media.files import FileStore
from .media.options import MediaOptions
from .store import Store

Answer = Model | Sequence[Model] | None

Handler = Callable[..., Answer]
"""Takes the call, and by name the parameters of path and query. It returns what the answer's data are."""

HandlerT = TypeVar("HandlerT", bound=Handler)

_handlers: Final[dict[str, Handler]] = {}


@frozen(kw_only=True, repr=False)
class Context(SafeRepr):
    """What a change of the state is done with; its transaction has begun."""

    now: int
    """The emulator's time in microseconds, the same throughout."""
    store: Store
    token_secret: bytes
    files: FileStore
    media: MediaOptions
    ids: Ids | None = None
    """Where its ids come from, if not from those that requests take in their order."""

    def new_id(self, prefix: str) -> str:
        """A new id, such as `usr_4f1c0d9b2a7e6c35`."""
        return (self.ids or self.store.ids).new(prefix)

    def emit(self, event: EventType, data: Model) -> None:
        """Records that something happened; the webhooks that subscribed to it get to know."""
        record(self, event, data)


@frozen(kw_only=True, repr=False)
class Call(Context):
    """One call that is carried out: its rules have been checked."""

    operation: Operation
    actor_id: str
    """The acting user; empty where the operation has none."""
    body: Mapping[str, Any]
    origin: str = API_ORIGIN
    """Where the URLs of files lead to."""


def handles(operation: Operation) -> Callable[[HandlerT], HandlerT]:
    """Registers a function for an operation."""

    def register(handler: HandlerT) -> HandlerT:
        if _handlers.setdefault(operation.id, handler) is not handler:
            raise ValueError(f"{operation.id} has a handler already.")
        return handler

    return register


@cache
def all_handlers() -> Mapping[str, Handler]:
    """The handlers of all operations that are emulated, by the operation's id."""
    # Named one by one, so that tools that freeze an application find them.
    from . import billing, calls, chat, media, meetings, realtime, webhooks

    assert all((billing, calls, chat, media, meetings, realtime, webhooks))

    return _handlers


@cache
def nulls(model: type[Model]) -> Mapping[str, None]:
    """Makes a model of an answer say null where an attribute is None; else it would leave the property out.

    It is given as what the model was read from.
    """
    return {known.name: None for known in model.FIELDS}


def to_json(value: Mapping[str, Any] | None) -> str:
    """A free-form object as the store keeps it."""
    return encode_json(value) if value else "{}"


def from_json(text: str) -> dict[str, Any]:
    """A free-form object that the store has kept."""
    return {} if text == "{}" else json.loads(text)


def same_json(one: str, other: str) -> bool:
    """Whether two free-form objects that the store keeps are the same; in which order their names came is no matter."""
    return one == other or json.dumps(from_json(one), sort_keys=True) == json.dumps(from_json(other), sort_keys=True)
