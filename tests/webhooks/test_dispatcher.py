"""The dispatchers: which handlers get an event, in which order they run, and which handlers are rejected."""

from __future__ import annotations

import asyncio
import functools
import json
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import MagicMock

import pytest

from orbitconnect.emulator import Emulator
from orbitconnect.testing import WebhookInbox
from orbitconnect.webhooks import (
    AnyEvent,
    AsyncEventDispatcher,
    EventDispatcher,
    UnknownEvent,
    WebhookEvent,
    construct_event,
    parse_event,
)
from orbitconnect_api.events import EVENTS
from orbitconnect_api.webhook_events import MessageEditedEvent, MessageSentEvent
from tests.for_each import for_each


def event_of(name: str) -> AnyEvent:
    return parse_event(json.dumps({"id": f"evt_{name}", "type": name, "data": {"message_id": "m"}}))


class Either:
    """A sync or async dispatcher with handlers that record their calls."""

    def __init__(self, dispatcher: EventDispatcher | AsyncEventDispatcher) -> None:
        self.events = dispatcher
        self.ran: list[str] = []

    def handler(self, name: str) -> Callable[[WebhookEvent], None]:
        def handle(event: WebhookEvent) -> None:
            self.ran.append(f"{name}({event.type})")

        return handle

    def dispatch(self, event: Any) -> tuple[int, list[str]]:
        """Return the number that `dispatch` returned, and the handlers that ran."""
        self.ran.clear()
        result = self.events.dispatch(event)
        return (result if isinstance(result, int) else asyncio.run(result)), list(self.ran)


@pytest.fixture(params=[EventDispatcher, AsyncEventDispatcher])
def either(request: pytest.FixtureRequest) -> Either:
    return Either(request.param())


# Which handlers get an event.


def test_one_type(either: Either) -> None:
    either.events.on("message.sent")(either.handler("sent"))
    assert either.dispatch(event_of("message.sent")) == (1, ["sent(message.sent)"])
    assert either.dispatch(event_of("message.edited")) == (0, [])
    assert either.dispatch(event_of("order.shipped")) == (0, [])


def test_several_types(either: Either) -> None:
    either.events.on("message.sent", "message.edited", "order.shipped")(either.handler("any"))
    for name in ("message.sent", "message.edited", "order.shipped"):
        assert either.dispatch(event_of(name)) == (1, [f"any({name})"])
    assert either.dispatch(event_of("message.deleted")) == (0, [])


@pytest.mark.parametrize(
    ("pattern", "matched", "unmatched"),
    [
        ("*", ["message.sent", "order.shipped", "a", "a.b.c.d", "*"], []),
        (
            "message.*",
            ["message.sent", "message.reaction_added", "message.new.kind"],
            ["messages.sent", "message", "call.ended"],
        ),
        ("order.item.*", ["order.item.added", "order.item.a.b"], ["order.item", "order.items.added", "order.x"]),
        ("order.shipped", ["order.shipped"], ["order.shipped.again", "Order.shipped", "order.shippe"]),
    ],
)
def test_patterns(either: Either, pattern: str, matched: list[str], unmatched: list[str]) -> None:
    either.events.on(pattern)(either.handler("h"))
    assert [name for name in matched + unmatched if either.dispatch(event_of(name))[0]] == matched


def test_handlers_run_in_the_order_of_registration(either: Either) -> None:
    for number, pattern in enumerate(["*", "message.sent", "call.ended", "message.*", "message.sent", "*"]):
        either.events.on(pattern)(either.handler(str(number)))
    count, ran = either.dispatch(event_of("message.sent"))
    assert (count, [name[0] for name in ran]) == (5, list("01345"))


def test_a_handler_runs_once_even_if_several_of_its_patterns_match(either: Either) -> None:
    either.events.on("message.sent", "message.*", "*", "message.sent")(either.handler("h"))
    assert either.dispatch(event_of("message.sent"))[0] == 1


def test_the_fallback_gets_events_without_a_handler(either: Either) -> None:
    either.events.on("message.*")(either.handler("message"))
    either.events.fallback(either.handler("first"))
    either.events.fallback(either.handler("second"))
    assert either.dispatch(event_of("message.sent")) == (1, ["message(message.sent)"])
    assert either.dispatch(event_of("call.ended")) == (2, ["first(call.ended)", "second(call.ended)"])


def test_the_decorator_returns_the_handler(either: Either) -> None:
    handler = either.handler("h")
    assert either.events.on("message.sent")(handler) is handler
    assert either.events.on("message.*", "call.*")(handler) is handler
    assert either.events.fallback(handler) is handler


def test_dispatchers_share_nothing(either: Either) -> None:
    type(either.events)().on("*")(either.handler("other"))
    assert either.dispatch(event_of("message.sent")) == (0, [])


def test_the_first_error_ends_the_dispatch(either: Either) -> None:
    def fail(event: WebhookEvent) -> None:
        raise LookupError(event.type)

    either.events.on("*")(either.handler("before"))
    either.events.on("message.*")(fail)
    either.events.on("*")(either.handler("after"))
    either.events.fallback(either.handler("fallback"))
    with pytest.raises(LookupError, match=r"message\.sent"):
        either.dispatch(event_of("message.sent"))
    assert either.ran == ["before(message.sent)"]
    assert either.dispatch(event_of("call.ended"))[0] == 2


def test_a_handler_that_registers_another(either: Either) -> None:
    either.events.on("message.sent")(lambda _: either.events.on("message.sent")(either.handler("new")))
    assert either.dispatch(event_of("message.sent")) == (1, [])
    assert either.dispatch(event_of("message.sent")) == (2, ["new(message.sent)"])


def test_registering_from_many_threads_loses_no_handler(either: Either) -> None:
    def register(number: int) -> None:
        either.events.on("message.sent")(either.handler(str(number)))
        either.events.fallback(either.handler(str(number)))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(register, range(400)))
    assert either.dispatch(event_of("message.sent"))[0] == 400
    assert either.dispatch(event_of("call.ended"))[0] == 400


@pytest.mark.parametrize("wrong", [{"type": "message.sent"}, b"{}", "message.sent", None])
def test_only_events_can_be_dispatched(either: Either, wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"not {type(wrong).__name__}.*construct_event"):
        either.dispatch(wrong)


# Which objects can be handlers.


class Service:
    def __init__(self) -> None:
        self.got: list[object] = []

    def __call__(self, event: AnyEvent) -> None:
        self.got.append(event)

    def take(self, event: AnyEvent, note: str = "") -> None:
        self.got.append(event)


class AsyncService:
    async def __call__(self, event: AnyEvent) -> None: ...

    async def take(self, event: AnyEvent) -> None: ...


async def asynchronous(event: AnyEvent) -> None: ...


def generator(event: AnyEvent) -> Iterator[int]:
    yield 1


async def async_generator(event: AnyEvent) -> AsyncIterator[int]:
    yield 1


def test_any_callable_can_be_a_handler(either: Either) -> None:
    service = Service()
    either.events.on("message.sent")(service)
    either.events.on("message.sent")(service.take)
    either.events.on("message.sent")(functools.partial(service.take, note="n"))
    event = event_of("message.sent")
    assert either.dispatch(event)[0] == 3
    assert service.got == [event] * 3


@pytest.mark.parametrize(
    "handler",
    [
        asynchronous,
        AsyncService(),
        AsyncService().take,
        functools.partial(asynchronous),
        functools.partial(AsyncService().take),
    ],
)
def test_a_sync_dispatcher_rejects_async_functions_at_once(handler: Any) -> None:
    events = EventDispatcher()
    with pytest.raises(TypeError, match=r"async function.*AsyncEventDispatcher"):
        events.on("message.sent")(handler)
    with pytest.raises(TypeError, match=r"async function.*AsyncEventDispatcher"):
        events.fallback(handler)
    assert events.dispatch(event_of("message.sent")) == 0


def test_a_sync_dispatcher_detects_a_coroutine_that_is_never_awaited() -> None:
    events = EventDispatcher()
    events.on("message.sent")(lambda event: asynchronous(event))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TypeError, match="must be awaited, so it did nothing"):
            events.dispatch(event_of("message.sent"))


def test_handlers_may_be_mocks(either: Either) -> None:
    mock = MagicMock()
    either.events.on("message.sent")(mock)
    event = event_of("message.sent")
    assert either.dispatch(event)[0] == 1
    mock.assert_called_once_with(event)


@pytest.mark.parametrize("handler", [generator, async_generator, functools.partial(generator)])
def test_generators_are_rejected(either: Either, handler: Any) -> None:
    with pytest.raises(TypeError, match="is a generator: calling it would do nothing"):
        either.events.on("message.sent")(handler)
    with pytest.raises(TypeError, match="is a generator"):
        either.events.fallback(handler)


@pytest.mark.parametrize("handler", [None, "print", 7])
def test_a_handler_that_is_not_callable_is_rejected(either: Either, handler: Any) -> None:
    with pytest.raises(TypeError, match="must be a function"):
        either.events.on("message.sent")(handler)


async def test_async_handlers_are_awaited_in_order() -> None:
    events = AsyncEventDispatcher()
    ran: list[str] = []

    @events.on("message.sent")
    async def first(event: MessageSentEvent) -> None:
        await asyncio.sleep(0.01)
        ran.append(f"first {event.data.message_id}")

    @events.on("message.*")
    def second(event: AnyEvent) -> None:
        ran.append("second")

    @events.on("message.sent", "message.edited")
    async def third(event: MessageSentEvent | MessageEditedEvent) -> None:
        ran.append("third")

    events.on("*")(lambda event: asynchronous(event))
    assert await events.dispatch(event_of("message.sent")) == 4
    assert ran == ["first m", "second", "third"]


async def test_a_cancelled_dispatch_stops_in_its_handler() -> None:
    events = AsyncEventDispatcher()
    started, ran = asyncio.Event(), list[str]()

    @events.on("message.sent")
    async def wait(event: MessageSentEvent) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ran.append("cleaned up")

    @events.on("message.sent")
    def after(event: MessageSentEvent) -> None:
        ran.append("after")

    task = asyncio.create_task(events.dispatch(event_of("message.sent")))
    await asyncio.wait_for(started.wait(), 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ran == ["cleaned up"]


# Misspelt types.


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("mesage.sent", "message.sent"),
        ("message.send", "message.sent"),
        ("message_sent", "message.sent"),
        ("Message.Sent", "message.sent"),
        ("message.sent ", "message.sent"),
        ("messages.*", "message.*"),
        ("meetings.participant_joined", "meeting.participant_joined"),
        ("wallet.low-balance", "wallet.low_balance"),
    ],
)
def test_the_error_for_a_misspelt_type_suggests_the_right_one(either: Either, misspelt: str, meant: str) -> None:
    with pytest.raises(ValueError, match="not an event type of the contract") as caught:
        either.events.on("call.ended", misspelt)
    assert f"Did you mean {meant!r}?" in str(caught.value)
    assert f"on({misspelt!r}, unlisted=True)" in str(caught.value)
    either.events.on(misspelt, unlisted=True)(either.handler("h"))
    if not misspelt.endswith("*"):
        assert either.dispatch(event_of(misspelt))[0] == 1


@pytest.mark.parametrize("name", ["order.created", "order.shipped", "order.*", "document.deleted", "x", "a.b.*"])
def test_the_applications_own_types_are_accepted(either: Either, name: str) -> None:
    either.events.on(name)(either.handler("h"))
    assert either.dispatch(event_of(name.replace("*", "thing")))[0] == 1


def test_every_listed_type_is_accepted(either: Either) -> None:
    either.events.on(*EVENTS)(either.handler("h"))
    assert all(either.dispatch(event_of(name))[0] == 1 for name in EVENTS)
    either.events.on(*{f"{name.partition('.')[0]}.*" for name in EVENTS})


@for_each("pattern", ["message.*d", "mess*", "*.sent", "**", "*.*", "message.*.*", "message.**", ".*x"])
@for_each("unlisted", [True, False])
def test_a_pattern_that_would_match_nothing_is_rejected(either: Either, pattern: str, unlisted: bool) -> None:
    with pytest.raises(ValueError, match="is not a valid pattern"):
        either.events.on(pattern, unlisted=unlisted)


def test_wrong_use_of_the_decorator(either: Either) -> None:
    on: Any = either.events.on
    with pytest.raises(TypeError, match=r'Write @events\.on\("message\.sent"\)'):
        on(either.handler("h"))
    with pytest.raises(TypeError, match="needs the event types"):
        on()
    with pytest.raises(TypeError, match="must be a string, not list"):
        on(["message.sent", "message.edited"])
    for empty in ("", "  "):
        with pytest.raises(ValueError, match="is empty"):
            on(empty)


# With the emulator.


@pytest.mark.parametrize("kind", [EventDispatcher, AsyncEventDispatcher])
def test_all_events_of_the_contract_and_one_of_the_applications_own(
    kind: type[EventDispatcher | AsyncEventDispatcher],
) -> None:
    either = Either(kind())
    for name in EVENTS:
        either.events.on(name)(either.handler(name))
    either.events.fallback(either.handler("fallback"))
    with Emulator() as emulator, WebhookInbox() as inbox:
        inbox.register(emulator)
        orbit = emulator.client()
        for name in (*EVENTS, "order.shipped"):
            orbit.webhooks.publish(name, {})
        emulator.settle()
        ran = [either.dispatch(construct_event(sent.body, sent.signature, inbox.secrets))[1] for sent in inbox.received]
    assert ran == [[f"{name}({name})"] for name in EVENTS] + [["fallback(order.shipped)"]]


def test_an_unknown_event_is_handled_by_its_type() -> None:
    events, got = EventDispatcher(), list[object]()

    @events.on("order.shipped")
    def ship(event: UnknownEvent) -> None:
        got.append(event.data)

    assert events.dispatch(event_of("order.shipped")) == 1
    assert got == [{"message_id": "m"}]
