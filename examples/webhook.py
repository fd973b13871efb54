"""Webhooks: register an endpoint, receive and verify events, and look up failed deliveries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from orbitconnect.testing.inbox import WebhookInbox
from orbitconnect.webhooks import WebhookVerificationError, verify

if TYPE_CHECKING or __package__:
    from .narration import Stage, open_stage, say, show, show_failure
else:
    from narration import Stage, open_stage, say, show, show_failure

LOG = ("event_type", "status", "is_replay", "attempt_count", "last_response_status", "next_attempt_at")


def main() -> None:
    with open_stage("Webhooks") as stage:
        if stage.emulator:
            # A small HTTP server on this machine that records the deliveries. In production, this is a route in your
            # backend.
            with WebhookInbox() as inbox:
                run(stage, inbox.url, inbox)
        else:
            # The live API cannot reach this machine. The default URL ends in .invalid, so it reaches no server at all.
            run(stage, os.environ.get("ORBIT_WEBHOOK_URL", "https://yourapp.invalid/webhooks/orbit"), None)


def run(stage: Stage, url: str, inbox: WebhookInbox | None) -> None:
    orbit = stage.orbit
    webhook = show(
        "Register an endpoint. Store its secret, which is returned only once.", lambda: orbit.webhooks.create(url)
    )
    secret = webhook.secret or ""
    show("Subscribe it to an event type.", lambda: orbit.webhooks.subscribe(webhook.id, "message.sent"))
    show("Subscribe it to another event type.", lambda: orbit.webhooks.subscribe(webhook.id, "order.paid"))
    send_message(stage)
    if inbox:
        receive(inbox, secret)
    event = show(
        "Publish an event of your own.",
        lambda: orbit.webhooks.publish("order.paid", {"order": 4711, "total": 49.90}),
        *("id", "type", "source", "payload"),
    )
    if inbox:
        inbox.wait_for("order.paid")
    show("Deliver an event again, for example after an outage.", lambda: orbit.webhooks.replay(event.id))
    settle(stage)
    deliveries = show("List the deliveries.", lambda: orbit.webhooks.list_deliveries(webhook.id), *LOG)
    show("List the attempts of a delivery.", lambda: orbit.webhooks.get_attempts(deliveries[0].id))
    if inbox:
        retry(stage, inbox, webhook.id)
    rotate(stage, inbox, webhook.id, secret)
    show(
        "Deactivate the endpoint.",
        lambda: orbit.webhooks.update(webhook.id, is_active=False),
        "is_active",
    )
    show("Delete the endpoint.", lambda: orbit.webhooks.delete(webhook.id))


def send_message(stage: Stage) -> None:
    alice = stage.orbit.users.create(external_id="example-alice", display_name="Alice")
    bob = stage.orbit.users.create(external_id="example-bob", display_name="Bob")
    as_alice = stage.orbit.as_user(alice.id)
    chat = as_alice.conversations.create(type="direct", participant_id=bob.id)
    show(
        "Alice sends Bob a message, which causes an event.",
        lambda: as_alice.messages.send(conversation_id=chat.id, content="Hello, Bob!"),
        *("id", "content"),
    )


def receive(inbox: WebhookInbox, secret: str) -> None:
    delivery = inbox.wait_for("message.sent")
    show(
        "First, verify the signature of the raw body.",
        lambda: verify(delivery.body, delivery.signature, secret),
    )
    show(
        "The endpoint has received the event. It can receive it again, so handle each id once.",
        lambda: delivery.event,
        *("id", "type", "created_at"),
    )
    show("The payload is in data.", lambda: (delivery.data["message_id"], delivery.data["message"]["content"]))
    forged = delivery.body.replace(b"Hello", b"Adieu")
    show_failure(
        "A changed body does not verify. Respond with 401 and do nothing else.",
        lambda: verify(forged, delivery.signature, secret),
        WebhookVerificationError,
    )


def retry(stage: Stage, inbox: WebhookInbox, webhook_id: str) -> None:
    orbit, emulator = stage.orbit, stage.emulator
    assert emulator is not None
    say("The endpoint responds with 503 twice.")
    inbox.answer(503, times=2)
    orbit.webhooks.publish("order.paid", {"order": 4712})
    settle(stage)
    show("The delivery waits for its next attempt.", lambda: orbit.webhooks.list_deliveries(webhook_id)[0], *LOG)
    show("The second attempt, five seconds later, fails too.", lambda: emulator.advance(5))
    show("The third attempt is five minutes later.", lambda: emulator.advance(300))
    delivery = show("The delivery has succeeded.", lambda: orbit.webhooks.list_deliveries(webhook_id)[0], *LOG)
    show("List its attempts.", lambda: orbit.webhooks.get_attempts(delivery.id), "number", "response_status")


def rotate(stage: Stage, inbox: WebhookInbox | None, webhook_id: str, old_secret: str) -> None:
    rotated = show(
        "Replace the secret, for example after a leak.", lambda: stage.orbit.webhooks.rotate_secret(webhook_id)
    )
    new_secret = rotated.secret or ""
    show(
        "Send a test event, which needs no subscription.",
        lambda: stage.orbit.webhooks.test(webhook_id),
        "event_type",
        "status",
    )
    if inbox:
        delivery = inbox.wait_for("webhook.test")
        show(
            "Earlier deliveries can still be signed with the old secret, so accept both for some time.",
            lambda: verify(delivery.body, delivery.signature, [new_secret, old_secret]),
        )


def settle(stage: Stage) -> None:
    """Wait until all deliveries that are due have been sent."""
    if stage.emulator:
        stage.emulator.settle()
    else:
        stage.wait(5)


if __name__ == "__main__":
    main()
