"""A shop in Flask that receives webhooks, counts messages, and ships paid orders.

    ORBIT_WEBHOOK_SECRET=… flask --app examples.webhooks_flask.app run

Each event is handled once, however often it is delivered, even with several workers on this machine.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

from flask import Flask

from orbitconnect.webhooks import EventDispatcher, UnknownEvent
from orbitconnect.webhooks.flask import webhook_view
from orbitconnect.webhooks.once import SQLiteStore
from orbitconnect.webhooks.receiver import WebhookReceiver
from orbitconnect_api.webhook_events import MessageSentEvent

# A real application would use database tables.
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
    secret=os.environ["ORBIT_WEBHOOK_SECRET"],
    events=events,
    store=SQLiteStore(os.environ.get("HANDLED_EVENTS", "handled-events.db")),
)

app = Flask(__name__)
app.add_url_rule("/webhooks/orbit", view_func=webhook_view(receiver))


@app.put("/orders/<int:order>")
def take_order(order: int) -> dict[str, Any]:
    orders[order] = False
    return {}


@app.get("/")
def overview() -> dict[str, Any]:
    return {"messages": messages, "shipped": [order for order, is_shipped in orders.items() if is_shipped]}
