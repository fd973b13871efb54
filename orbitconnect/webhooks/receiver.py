"""Receives deliveries in any web framework: verify, deduplicate, dispatch, and return the response to send.

    receiver = WebhookReceiver(secret=secret, events=events, store=SQLiteStore("handled.db"))

    receipt = receiver.receive(raw_body, headers)  # Respond with receipt.status, receipt.headers and receipt.body.

`AsyncWebhookReceiver` is the same for asyncio. Its store can be async or blocking; a blocking one runs in threads.
`orbitconnect.webhooks.starlette` (also for FastAPI), `.flask` and `.django` create an endpoint for a receiver. The
responses:

    200   handled, or handled before, or no handler for the event's type
    400   signed, but not an event
    401   the signature is missing or wrong, or the event is older than `max_age`
    405   not a POST
    413   larger than `max_body`
    500   the application read the body before the receiver could
    503   another worker is handling the event, or the store of handled events failed; with `retry-after`

A handler's exception propagates, so that the framework responds with 500 and error trackers see it. The event is
released, so that its next delivery is handled.

Why 503 and not 409: every sender retries a delivery after a 5xx, but some give up after a 4xx. 410, 429, 502 and 504
are never sent, because under Standard Webhooks they disable or slow down the whole endpoint (inferred).
"""

from __future__ import annotations

from ._async.receiver import AsyncWebhookReceiver
from ._sync.receiver import WebhookReceiver
from .receipts import BUSY_SECONDS, Receipt
from .receiver_base import DEFAULT_MAX_BODY, Secret

__all__ = [
    "BUSY_SECONDS",
    "DEFAULT_MAX_BODY",
    "AsyncWebhookReceiver",
    "Receipt",
    "Secret",
    "WebhookReceiver",
]
