"""Each marked line has a mistake that type checkers must report. test_typing.py runs mypy on this file."""

from typing import Any, assert_type

from orbitconnect.webhooks import (
    AnyEvent,
    AsyncEventDispatcher,
    EventDispatcher,
    UnknownEvent,
    WebhookEvent,
    construct_event,
    parse_event,
)
from orbitconnect_api.models import MessageSentEventData
from orbitconnect_api.webhook_events import CallEndedEvent, MessageEditedEvent, MessageSentEvent

construct_event({"type": "message.sent"}, None, "secret")  # E: "dict[str, str]"; expected "bytes | str"
construct_event(b"", None, None)  # E: "None"; expected "str | bytes | Sequence[str | bytes]"

# The type or the class of an event decides which fields it has.

event = parse_event(b"")
repr(event.data.message_id)  # E: has no attribute "message_id"
event.id = "evt_1"  # E: Property "id" defined in "WebhookEvent" is read-only
if event.type == "message.sent":
    assert_type(event, MessageSentEvent)
    assert_type(event.data, MessageSentEventData)
    repr(event.data.mesage_id)  # E: has no attribute "mesage_id"
elif event.type == "mesage.sent":  # E: Non-overlapping equality check
    pass
match event:
    case MessageSentEvent():
        assert_type(event.data, MessageSentEventData)
    case UnknownEvent():
        assert_type(event.data, dict[str, Any])
        if event.name == "order.shipped":
            repr(event.data["order_id"])
    case _:
        pass

# A handler must accept the events that it is registered for.

events, async_events = EventDispatcher(), AsyncEventDispatcher()


@events.on("message.sent")
def right(event: MessageSentEvent) -> None: ...


@events.on("message.sent")
def right_for_any(event: AnyEvent) -> None: ...


@events.on("message.sent")
def right_for_all(event: WebhookEvent) -> None: ...


@events.on("message.sent", "message.edited")
def right_for_two(event: MessageSentEvent | MessageEditedEvent) -> None: ...


@events.on("message.*")
def right_for_many(event: AnyEvent) -> None: ...


@events.on("order.shipped")
def right_for_an_unknown_one(event: UnknownEvent) -> None: ...


@events.fallback
def right_for_the_rest(event: AnyEvent) -> None: ...


@async_events.on("message.sent")
async def right_and_async(event: MessageSentEvent) -> None: ...


events.on("message.sent")(lambda event: repr(event.data.message_id))
events.on("message.sent")(lambda event: repr(event.data.mesage_id))  # E: has no attribute "mesage_id"


@events.on("message.sent")  # E: "Callable[[CallEndedEvent], None]"; expected "Callable[[MessageSentEvent], None]"
def wrong(event: CallEndedEvent) -> None: ...


@events.on("message.sent")  # E: "Callable[[], None]"; expected "Callable[[MessageSentEvent], None]"
def wrong_without_argument() -> None: ...


@async_events.on("message.sent")  # E: "Callable[[CallEndedEvent], Coroutine[Any, Any, None]]"; expected
async def wrong_and_async(event: CallEndedEvent) -> None: ...


@events.on  # E: No overload variant of "on"
def wrong_without_type(event: MessageSentEvent) -> None: ...


@events.fallback  # E: cannot be "Callable[[MessageSentEvent], None]"
def wrong_for_the_rest(event: MessageSentEvent) -> None: ...


events.dispatch({"type": "message.sent"})  # E: "dict[str, str]"; expected "WebhookEvent"
count: int = events.dispatch(event)
right(event)  # E: expected "MessageSentEvent"


async def asynchronous() -> None:
    counted: int = await async_events.dispatch(event)
    await right_and_async(event) if event.type == "message.sent" else None
    repr(counted)
