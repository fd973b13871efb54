"""Webhooks: register an endpoint, receive events, check that they are genuine, and find out what went wrong."""

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
            # A small HTTP server on this machine, which keeps what it gets. Yours would be a route of your backend.
            with WebhookInbox() as inbox:
                run(stage, inbox.url, inbox)
        else:
            # The live API cannot reach this machine. The name ends in .invalid, so without yours nobody is reached.
            run(stage, os.environ.get("ORBIT_WEBHOOK_URL", "https://yourapp.invalid/webhooks/orbit"), None)


def run(stage: Stage, url: str, inbox: WebhookInbox | None) -> None:
    orbit = stage.orbit
    webhook = show("Register an endpoint. Keep its secret: it is not shown again.", lambda: orbit.webhooks.create(url))
    secret = webhook.secret or ""
    show("It gets what it subscribes to,", lambda: orbit.webhooks.subscribe(webhook.id, "message.sent"))
    show("as many types as you like.", lambda: orbit.webhooks.subscribe(webhook.id, "order.paid"))
    send_message(stage)
    if inbox:
        receive(inbox, secret)
    event = show(
        "Your own events go the same way.",
        lambda: orbit.webhooks.publish("order.paid", {"order": 4711, "total": 49.90}),
        *("id", "type", "source", "payload"),
    )
    if inbox:
        inbox.wait_for("order.paid")
    show("An event can be delivered once more, say after a failure of yours.", lambda: orbit.webhooks.replay(event.id))
    settle(stage)
    deliveries = show("What was delivered?", lambda: orbit.webhooks.list_deliveries(webhook.id), *LOG)
    show("And how did it go?", lambda: orbit.webhooks.get_attempts(deliveries[0].id))
    if inbox:
        retry(stage, inbox, webhook.id)
    rotate(stage, inbox, webhook.id, secret)
    show(
        "An endpoint can be left alone for a while,",
        lambda: orbit.webhooks.update(webhook.id, is_active=False),
        "is_active",
    )
    show("and deleted.", lambda: orbit.webhooks.delete(webhook.id))


def send_message(stage: Stage) -> None:
    alice = stage.orbit.users.create(external_id="example-alice", display_name="Alice")
    bob = stage.orbit.users.create(external_id="example-bob", display_name="Bob")
    as_alice = stage.orbit.as_user(alice.id)
    chat = as_alice.conversations.create(type="direct", participant_id=bob.id)
    show(
        "Something happens: Alice writes to Bob.",
        lambda: as_alice.messages.send(conversation_id=chat.id, content="Hello, Bob!"),
        *("id", "content"),
    )


def receive(inbox: WebhookInbox, secret: str) -> None:
    got = inbox.wait_for("message.sent")
    show(
        "The endpoint is told. It can be told twice: handle each id once.",
        lambda: got.event,
        *("id", "type", "created_at"),
    )
    show("What has happened is in the data.", lambda: (got.data["message_id"], got.data["message"]["content"]))
    show(
        "But first, check who sends that: the raw body and its signature.",
        lambda: verify(got.body, got.signature, secret),
    )
    forged = got.body.replace(b"Hello", b"Adieu")
    show_failure(
        "A body that somebody has changed does not pass. Answer 401 then, and do nothing.",
        lambda: verify(forged, got.signature, secret),
        WebhookVerificationError,
    )


def retry(stage: Stage, inbox: WebhookInbox, webhook_id: str) -> None:
    orbit, emulator = stage.orbit, stage.emulator
    assert emulator is not None
    say("Now the endpoint fails: it answers 503 twice.")
    inbox.answer(503, times=2)
    orbit.webhooks.publish("order.paid", {"order": 4712})
    settle(stage)
    show("The delivery waits for its next attempt.", lambda: orbit.webhooks.list_deliveries(webhook_id)[0], *LOG)
    show("Five seconds later it fails again.", lambda: emulator.advance(5))
    show("The next attempt is five minutes later; no need to wait for it here.", lambda: emulator.advance(300))
    delivery = show("It has arrived,", lambda: orbit.webhooks.list_deliveries(webhook_id)[0], *LOG)
    show("at the third attempt.", lambda: orbit.webhooks.get_attempts(delivery.id), "number", "response_status")


def rotate(stage: Stage, inbox: WebhookInbox | None, webhook_id: str, old_secret: str) -> None:
    rotated = show("A secret that has got out is replaced.", lambda: stage.orbit.webhooks.rotate_secret(webhook_id))
    new_secret = rotated.secret or ""
    show(
        "A test event, whatever is subscribed to:",
        lambda: stage.orbit.webhooks.test(webhook_id),
        "event_type",
        "status",
    )
    if inbox:
        got = inbox.wait_for("webhook.test")
        show(
            "What was on its way may still have the old signature, so accept both until that has come in.",
            lambda: verify(got.body, got.signature, [new_secret, old_secret]),
        )


def settle(stage: Stage) -> None:
    """Waits until what is due was delivered."""
    if stage.emulator:
        stage.emulator.settle()
    else:
        stage.wait(5)


if __name__ == "__main__":
    main()
