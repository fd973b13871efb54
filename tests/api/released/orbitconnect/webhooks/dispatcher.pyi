from orbitconnect_api.event_handlers import EventHandlers
from orbitconnect_api.webhook_events import WebhookEvent
from typing import NamedTuple

class _Entry(NamedTuple):
    patterns: frozenset[str]
    handler: _Handler

class _Dispatcher(EventHandlers):
    def __init__(self) -> None: ...
    def fallback(self, handler: _HandlerT) -> _HandlerT: ...

class EventDispatcher(_Dispatcher):
    def dispatch(self, event: WebhookEvent) -> int: ...

class AsyncEventDispatcher(_Dispatcher):
    async def dispatch(self, event: WebhookEvent) -> int: ...
