"""A shop in FastAPI that receives webhooks, counts messages, and ships paid orders.

    ORBIT_WEBHOOK_SECRET=… uvicorn examples.webhooks_fastapi.app:app

Each event is handled once, however often it is delivered, even with several workers on this machine.
"""

from __future__ import annotations

import os
from collections import Counter

from fastapi import FastAPI

from orbitconnect.webhooks import AsyncEventDispatcher, UnknownEvent
from orbitconnect.webhooks.once import SQLiteStore
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver
from orbitconnect.webhooks.starlette import webhook_endpoint
from orbitconnect_api.webhook_events import MessageSentEvent

# A real application would use database tables.
messages: Counter[str] = Counter()
orders: dict[int, bool] = {}

events = AsyncEventDispatcher()


@events.on("message.sent")
async def count_message(event: MessageSentEvent) -> None:
    messages[event.data.conversation_id] += 1


@events.on("order.paid")
async def ship(event: UnknownEvent) -> None:
    order = event.data["order"]
    if order not in orders:
        # The event arrived before the order. The error makes the sender deliver it again later.
        raise LookupError(f"There is no order {order}.")
    orders[order] = True


receiver = AsyncWebhookReceiver(
    secret=os.environ["ORBIT_WEBHOOK_SECRET"],
    events=events,
    store=SQLiteStore(os.environ.get("HANDLED_EVENTS", "handled-events.db")),
)

app = FastAPI(title="Shop")
app.add_route("/webhooks/orbit", webhook_endpoint(receiver), methods=["POST"])


@app.put("/orders/{order}")
async def take_order(order: int) -> None:
    orders[order] = False


@app.get("/")
async def overview() -> dict[str, dict[str, int] | list[int]]:
    return {"messages": messages, "shipped": [order for order, is_shipped in orders.items() if is_shipped]}
