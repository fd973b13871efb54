"""Hands events to the functions that handle them, by their types.

Handlers run in the order in which they were registered. At the first that fails the dispatch ends with its error, so
that the delivery fails as a whole and is sent again. Handlers are therefore best written so that running twice does no
harm, or fed through `orbitconnect.webhooks.once`.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from inspect import (
    isasyncgenfunction,
    isawaitable,
    iscoroutine,
    iscoroutinefunction,
    isgeneratorfunction,
)
from threading import Lock
from typing import Any, Final, NamedTuple, TypeVar

from orbitconnect_api.event_handlers import EventHandlers, Registration
from orbitconnect_api.events import EVENTS
from orbitconnect_api.webhook_events import AnyEvent, WebhookEvent

_HandlerT = TypeVar("_HandlerT", bound=Callable[[AnyEvent], object])

_Handler = Callable[[Any], object]

_ANY: Final = "*"
_SIMILARITY: Final = 0.9
"""How alike two types are, by `difflib`, when one passes for a mistyped other."""


class _Entry(NamedTuple):
    patterns: frozenset[str]
    """The types and patterns of types that it takes. A fallback has none."""
    handler: _Handler


class _Dispatcher(EventHandlers):
    """What the dispatchers have in common: who handles what."""

    __slots__ = ("_entries", "_fallbacks", "_lock")

    def __init__(self) -> None:
        self._lock: Final = Lock()
        # Replaced as a whole, so that whoever dispatches needs no lock.
        self._entries: tuple[_Entry, ...] = ()
        self._fallbacks: tuple[_Handler, ...] = ()

    def fallback(self, handler: _HandlerT) -> _HandlerT:
        """Registers a handler of the events that no other handler takes: `@events.fallback`.

        Returns:
            The handler.

        Raises:
            TypeError: If it cannot be a handler of this dispatcher.
        """
        self._check(handler)
        with self._lock:
            self._fallbacks = (*self._fallbacks, handler)
        return handler

    def _registration(self, event_types: tuple[str, ...], *, unlisted: bool) -> Registration[Any]:
        patterns = _checked(event_types, unlisted)

        def register(handler: Any, /) -> Any:
            self._check(handler)
            with self._lock:
                self._entries = (*self._entries, _Entry(patterns, handler))
            return handler

        return register

    def _check(self, handler: object) -> None:
        """Refuses what could not be called, or would do nothing when it is."""
        if not callable(handler):
            raise TypeError(f"A handler must be a function, not {type(handler).__name__}.")
        if _is(isgeneratorfunction, handler) or _is(isasyncgenfunction, handler):
            raise TypeError(f"{_name(handler)} is a generator: calling it would do nothing. Do not yield in a handler.")

    def _handlers(self, event: object) -> list[_Handler] | tuple[_Handler, ...]:
        """Who is to handle an event, in order."""
        if not isinstance(event, WebhookEvent):
            raise TypeError(
                f"dispatch takes an event, not {type(event).__name__}. Make one of a delivery with construct_event."
            )
        patterns = _patterns_of(event.type)
        return [entry.handler for entry in self._entries if not entry.patterns.isdisjoint(patterns)] or self._fallbacks


class EventDispatcher(_Dispatcher):
    """Hands events to handlers that are plain functions.

    Register handlers when the application starts; any thread may dispatch.

    Example:
        ```python
        events = EventDispatcher()


        @events.on("message.sent")
        def index(event: MessageSentEvent) -> None:
            search.add(event.data.message_id)


        events.dispatch(construct_event(body, signature, secret))
        ```
    """

    __slots__ = ()

    def dispatch(self, event: WebhookEvent) -> int:
        """Runs the handlers of an event, one after the other, in the order in which they were registered.

        Args:
            event: What `construct_event` or `parse_event` returned.

        Returns:
            How many handlers ran, fallbacks included; 0 if nobody handles such events.

        Raises:
            Exception: Whatever a handler raises. Those after it do not run.
            TypeError: If it is no event, or a handler returns a coroutine, which nobody would await.
        """
        handlers = self._handlers(event)
        for handler in handlers:
            result = handler(event)
            if iscoroutine(result):
                result.close()  # Else Python warns of it at some later time.
                raise TypeError(f"{_name(handler)} has to be awaited, so it did nothing. Use AsyncEventDispatcher.")
        return len(handlers)

    def _check(self, handler: object) -> None:
        super()._check(handler)
        if _is(iscoroutinefunction, handler):
            raise TypeError(f"{_name(handler)} is an async function. Use AsyncEventDispatcher, or a plain function.")


class AsyncEventDispatcher(_Dispatcher):
    """Hands events to handlers that are async functions or plain ones.

    A plain function runs in the event loop's thread: while it waits for something, so does everything else. Wrap what
    takes its time, `await asyncio.to_thread(...)`, in an async handler.

    Example:
        ```python
        events = AsyncEventDispatcher()


        @events.on("message.sent")
        async def index(event: MessageSentEvent) -> None:
            await search.add(event.data.message_id)


        await events.dispatch(construct_event(body, signature, secret))
        ```
    """

    __slots__ = ()

    async def dispatch(self, event: WebhookEvent) -> int:
        """Runs the handlers of an event, one after the other, in the order in which they were registered.

        Args:
            event: What `construct_event` or `parse_event` returned.

        Returns:
            How many handlers ran, fallbacks included; 0 if nobody handles such events.

        Raises:
            Exception: Whatever a handler raises. Those after it do not run.
            TypeError: If it is no event.
        """
        handlers = self._handlers(event)
        for handler in handlers:
            result = handler(event)
            if isawaitable(result):
                await result
        return len(handlers)


def _checked(event_types: tuple[str, ...], unlisted: bool) -> frozenset[str]:
    if not event_types:
        raise TypeError('on takes the types of events to handle: @events.on("message.sent"), or "*" for all.')
    for event_type in event_types:
        _check_type(event_type, unlisted)
    return frozenset(event_types)


def _check_type(event_type: object, unlisted: bool) -> None:
    if not isinstance(event_type, str):
        hint = ' Write @events.on("message.sent"), with the type.' if callable(event_type) else ""
        raise TypeError(f"The type of an event must be a string, not {type(event_type).__name__}.{hint}")
    if event_type == _ANY or event_type in EVENTS:
        return
    if not event_type.strip():
        raise ValueError("The type of an event is empty. For all events write on('*').")
    if _ANY in event_type.removesuffix(f".{_ANY}"):
        raise ValueError(f"{event_type!r} is no pattern. Write a type, 'message.*' for all of a kind, or '*' for all.")
    if unlisted or event_type in _listed():
        return
    for close in get_close_matches(event_type.lower(), _listed(), n=1, cutoff=_SIMILARITY):
        raise ValueError(
            f"The contract lists no event {event_type!r}. Is {close!r} meant? If not, because it is a new one or one "
            f"that you publish yourself, write on({event_type!r}, unlisted=True)."
        )


@cache
def _listed() -> frozenset[str]:
    """The types that the contract lists, and the patterns that take some of them."""
    return frozenset(pattern for event_type in EVENTS for pattern in _patterns_of(event_type))


def _patterns_of(event_type: str) -> list[str]:
    """What a handler can be registered for so that it gets events of a type; as webhooks subscribe."""
    words = event_type.split(".")
    return [event_type, _ANY, *(".".join((*words[:count], _ANY)) for count in range(1, len(words)))]


def _is(kind: Callable[[Any], bool], handler: Any) -> bool:
    """Whether a function, or an object that is called like one, is of a kind."""
    return kind(handler) or kind(getattr(handler, "__call__", None))  # noqa: B004 - `type(handler).__call__`, bound


def _name(handler: object) -> str:
    return str(getattr(handler, "__qualname__", None) or type(handler).__qualname__)
