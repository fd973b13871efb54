"""Passes events to the functions that handle them, by event type.

Handlers run in the order in which they were registered. The first handler that raises an exception ends the dispatch,
so the whole delivery fails and is sent again. Make handlers idempotent, or handle events within
`orbitconnect.webhooks.once`.

Both `dispatch` methods are written by hand, because they differ in what they do with a handler's result. Everything
else is shared.
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

_Handler = Callable[[Any], object]  # Any: each handler takes the class of its event.
_AnyHandlerT = TypeVar("_AnyHandlerT", bound=_Handler)

_ANY: Final = "*"
_SIMILARITY: Final = 0.9
"""How similar two types must be, by `difflib`, for one to count as a misspelling of the other."""


class _Entry(NamedTuple):
    patterns: frozenset[str]
    """The event types and patterns that the handler is registered for."""
    handler: _Handler


class _Dispatcher(EventHandlers):
    """The registered handlers."""

    __slots__ = ("_entries", "_fallbacks", "_lock")

    def __init__(self) -> None:
        self._lock: Final = Lock()
        # The tuples are replaced as a whole, so a dispatch needs no lock.
        self._entries: tuple[_Entry, ...] = ()
        self._fallbacks: tuple[_Handler, ...] = ()

    def fallback(self, handler: _HandlerT) -> _HandlerT:
        """Register a handler for events that have no other handler: `@events.fallback`.

        Args:
            handler: A function that takes an event of any class.

        Returns:
            The handler, unchanged.

        Raises:
            TypeError: If the handler is not a function that this dispatcher can run.

        Example:
            ```python
            @events.fallback
            def log(event: AnyEvent) -> None:
                print("not handled:", event.type)
            ```
        """
        self._check(handler)
        with self._lock:
            self._fallbacks = (*self._fallbacks, handler)
        return handler

    def _registration(self, event_types: tuple[str, ...], *, unlisted: bool) -> Registration[Any]:
        patterns = _checked(event_types, unlisted)

        def register(handler: _AnyHandlerT, /) -> _AnyHandlerT:
            self._check(handler)
            with self._lock:
                self._entries = (*self._entries, _Entry(patterns, handler))
            return handler

        return register

    def _check(self, handler: object) -> None:
        """Raise `TypeError` if a handler cannot be called, or if calling it would do nothing."""
        if not callable(handler):
            raise TypeError(f"A handler must be a function, not {type(handler).__name__}.")
        if _is(isgeneratorfunction, handler) or _is(isasyncgenfunction, handler):
            raise TypeError(f"{_name(handler)} is a generator: calling it would do nothing. Do not yield in a handler.")

    def _handlers(self, event: object) -> list[_Handler] | tuple[_Handler, ...]:
        """Return the handlers of an event, in order."""
        if not isinstance(event, WebhookEvent):
            raise TypeError(
                f"dispatch takes an event, not {type(event).__name__}. Get one from a delivery with construct_event."
            )
        patterns = _patterns_of(event.type)
        return [entry.handler for entry in self._entries if not entry.patterns.isdisjoint(patterns)] or self._fallbacks


class EventDispatcher(_Dispatcher):
    """Passes events to handlers that are plain functions.

    Register handlers when the application starts. Any thread may dispatch.

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
        """Run the handlers of an event one after the other, in the order in which they were registered.

        Args:
            event: The event from `construct_event` or `parse_event`.

        Returns:
            The number of handlers that ran, including fallbacks. 0 if no handler is registered for the event.

        Raises:
            Exception: Any exception that a handler raises. The handlers after it do not run.
            TypeError: If the argument is not an event, or a handler returned a coroutine, which would never be awaited.

        Example:
            ```python
            events.dispatch(construct_event(body, headers, secret))
            ```
        """
        handlers = self._handlers(event)
        for handler in handlers:
            result = handler(event)
            if iscoroutine(result):
                result.close()  # Otherwise, Python would later warn that it was never awaited.
                raise TypeError(
                    f"{_name(handler)} returned a coroutine, which must be awaited, so it did nothing. Use "
                    "AsyncEventDispatcher."
                )
        return len(handlers)

    def _check(self, handler: object) -> None:
        super()._check(handler)
        if _is(iscoroutinefunction, handler):
            raise TypeError(f"{_name(handler)} is an async function. Use AsyncEventDispatcher, or a plain function.")


class AsyncEventDispatcher(_Dispatcher):
    """Passes events to handlers that are async functions or plain functions.

    A plain function blocks the event loop while it runs. Do slow work in an async handler, with
    `await asyncio.to_thread(...)`. Register handlers when the application starts.

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
        """Run the handlers of an event one after the other, in the order in which they were registered.

        Args:
            event: The event from `construct_event` or `parse_event`.

        Returns:
            The number of handlers that ran, including fallbacks. 0 if no handler is registered for the event.

        Raises:
            Exception: Any exception that a handler raises. The handlers after it do not run.
            TypeError: If the argument is not an event.

        Example:
            ```python
            await events.dispatch(construct_event(body, headers, secret))
            ```
        """
        handlers = self._handlers(event)
        for handler in handlers:
            result = handler(event)
            if isawaitable(result):
                await result
        return len(handlers)


def _checked(event_types: tuple[str, ...], unlisted: bool) -> frozenset[str]:
    if not event_types:
        raise TypeError('on needs the event types to handle: @events.on("message.sent"), or "*" for all events.')
    for event_type in event_types:
        _check_type(event_type, unlisted)
    return frozenset(event_types)


def _check_type(event_type: object, unlisted: bool) -> None:
    if not isinstance(event_type, str):
        hint = ' Write @events.on("message.sent"), with the event type.' if callable(event_type) else ""
        raise TypeError(f"An event type must be a string, not {type(event_type).__name__}.{hint}")
    if event_type == _ANY or event_type in EVENTS:
        return
    if not event_type.strip():
        raise ValueError("The event type is empty. For all events, write on('*').")
    if _ANY in event_type.removesuffix(f".{_ANY}"):
        raise ValueError(
            f"{event_type!r} is not a valid pattern. Write an event type, a prefix such as 'message.*', or '*' for all "
            "events."
        )
    if unlisted or event_type in _listed():
        return
    for close in get_close_matches(event_type.lower(), _listed(), n=1, cutoff=_SIMILARITY):
        raise ValueError(
            f"{event_type!r} is not an event type of the contract. Did you mean {close!r}? If it is a new type, or one "
            f"that you publish yourself, write on({event_type!r}, unlisted=True)."
        )


@cache
def _listed() -> frozenset[str]:
    """Return the event types of the contract, and the patterns that match any of them."""
    return frozenset(pattern for event_type in EVENTS for pattern in _patterns_of(event_type))


def _patterns_of(event_type: str) -> list[str]:
    """Return the patterns that match an event type, as in subscriptions: itself, `*` and, for example, `message.*`."""
    words = event_type.split(".")
    return [event_type, _ANY, *(".".join((*words[:count], _ANY)) for count in range(1, len(words)))]


def _is(kind: Callable[[object], bool], handler: object) -> bool:
    """Return whether a function, or the `__call__` of an object, is of a kind."""
    return kind(handler) or kind(getattr(handler, "__call__", None))  # noqa: B004 - `type(handler).__call__`, bound


def _name(handler: object) -> str:
    return str(getattr(handler, "__qualname__", None) or type(handler).__qualname__)
