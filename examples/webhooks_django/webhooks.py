"""A shop in Django that receives webhooks, counts messages, and ships paid orders.

    export DJANGO_SETTINGS_MODULE=examples.webhooks_django.settings DJANGO_SECRET_KEY=… ORBIT_WEBHOOK_SECRET=…
    python -m django runserver

Each event is handled once, however often it is delivered, even with several workers on this machine.
"""

from __future__ import annotations

from collections import Counter

from django.conf import settings  # type: ignore[import-untyped]  # Django has no types.

from orbitconnect.webhooks import EventDispatcher, UnknownEvent
from orbitconnect.webhooks.once import SQLiteStore
from orbitconnect.webhooks.receiver import WebhookReceiver
from orbitconnect_api.webhook_events import MessageSentEvent

# A real application would use models.
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
        # The event arrived before the order. The error makes the sender deliver it again later.
        raise LookupError(f"There is no order {order}.")
    orders[order] = True


receiver = WebhookReceiver(
    secret=settings.ORBIT_WEBHOOK_SECRET, events=events, store=SQLiteStore(settings.HANDLED_EVENTS)
)
