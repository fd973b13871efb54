"""For the endpoint that receives webhooks: checks that a delivery comes from OrbitConnect, and tells what it is about.

    from orbitconnect.webhooks import WebhookVerificationError, construct_event

    try:
        event = construct_event(raw_body, headers, webhook_secret)
    except WebhookVerificationError:
        return 401
    if event.type == "message.sent":
        print(event.data.message_id)

Give `construct_event`, or `verify`, the raw body, byte for byte as it came: `request.get_data()` in Flask,
`request.body` in Django, `await request.body()` in FastAPI and Starlette. JSON that was parsed and serialised again has
another signature.

The signature covers the body alone, neither a time nor a header. Whoever gets hold of a delivery can therefore send it
again: handle each `event.dedupe_key` once, as `orbitconnect.webhooks.once` does. `orbit.webhooks` registers endpoints;
it is not needed here, nor is a client.

`EventDispatcher` hands events to functions, by their types. The classes of the events, for annotations, are in
`orbitconnect_api.webhook_events`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .signature import SIGNATURE_HEADER, WebhookVerificationError, sign, verify

if TYPE_CHECKING:
    from .dispatcher import AsyncEventDispatcher, EventDispatcher
    from .parsing import AnyEvent, UnknownEvent, WebhookEvent, construct_event, parse_event

__all__ = [
    "SIGNATURE_HEADER",
    "AnyEvent",
    "AsyncEventDispatcher",
    "EventDispatcher",
    "UnknownEvent",
    "WebhookEvent",
    "WebhookVerificationError",
    "construct_event",
    "parse_event",
    "sign",
    "verify",
]

_DISPATCHERS = ("AsyncEventDispatcher", "EventDispatcher")

if not TYPE_CHECKING:  # Else type checkers would take any name for one that is found here.

    def __getattr__(name: str) -> Any:
        """Loads what is asked for: who only verifies needs no classes of events."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module = "dispatcher" if name in _DISPATCHERS else "parsing"
        found = globals()[name] = getattr(import_module(f".{module}", __name__), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
