"""A shop in Django that receives webhooks: it counts messages, and ships the orders that were paid.

    export DJANGO_SETTINGS_MODULE=examples.webhooks_django.settings DJANGO_SECRET_KEY=… ORBIT_WEBHOOK_SECRET=…
    python -m django runserver

Each event is handled once, however often it is delivered and however many workers there are on this machine.
"""

from __future__ import annotations

from collections import Counter

from django.conf import settings  # type: ignore[import-untyped]  # Django has no types.

from orbitconnect.webhooks import EventDispatcher, UnknownEvent
from orbitconnect.webhooks.once import SQLiteStore
from orbitconnect.webhooks.receiver import WebhookReceiver
from orbitconnect_api.webhook_events import MessageSentEvent

# In a real application: models.
messages: Counter[str] = Counter()
orders: dict[int, bool] = {}

events = EventDispatcher()


@events.on("message.sent")
def count_message(event: MessageSentEvent) -> None:
    messages[event.data.conversation_id] += 1


@events.on("order.paid")
def ship(event: UnknownEvent) -> None:
    order = event.data["order"]
    if order not in orders:
        # The event was faster than the order. It is delivered again later.
        raise LookupError(f"There is no order {order}.")
    orders[order] = True


receiver = WebhookReceiver(
    secret=settings.ORBIT_WEBHOOK_SECRET, events=events, store=SQLiteStore(settings.HANDLED_EVENTS)
)
