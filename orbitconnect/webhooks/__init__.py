"""Receive webhooks: verify that a delivery comes from OrbitConnect, and construct its event.

    from orbitconnect.webhooks import WebhookVerificationError, construct_event

    try:
        event = construct_event(raw_body, headers, webhook_secret)
    except WebhookVerificationError:
        return 401
    if event.type == "message.sent":
        print(event.data.message_id)

Pass `construct_event` or `verify` the raw body, byte for byte as it was received: `request.get_data()` in Flask,
`request.body` in Django, `await request.body()` in FastAPI and Starlette. If you parse the JSON and serialize it again,
the signature no longer matches.

The signature covers only the body: no timestamp and no header. Anyone who captures a delivery can therefore send it
again: handle each `event.dedupe_key` once, as `orbitconnect.webhooks.once` does.

`EventDispatcher` passes events to functions by event type. The event classes, for annotations, are in
`orbitconnect_api.webhook_events`.

This package receives deliveries and makes no API calls, so it needs neither a client nor a secret key, and must not
load httpx. `orbit.webhooks` registers endpoints. The receivers for web frameworks are in `.receiver`, `.starlette`,
`.flask` and `.django`, and the record of handled events is in `.once`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if not TYPE_CHECKING:  # Otherwise type checkers would accept any name.

    def __getattr__(name: str) -> object:
        """Load a name when it is first used, because code that only verifies needs no event classes."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module = "dispatcher" if name in _DISPATCHERS else "parsing"
        found = globals()[name] = getattr(import_module(f".{module}", __name__), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
