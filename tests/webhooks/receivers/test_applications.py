"""The example applications accept the emulator's deliveries, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx
import pytest

from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect.testing import Received, WebhookInbox
from orbitconnect.webhooks import sign
from tests.webhooks.receivers.applications import (
    PATIENCE,
    RECEIVER,
    SERVERS,
    Application,
    application,
    chunked,
    environment_of,
    post,
    running,
    signed,
)

_numbers = count(1)


@pytest.fixture(scope="module", params=SERVERS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    with application(request.param, tmp_path_factory.mktemp("application")) as app:
        yield app


@pytest.fixture
def conversation_id(app: Application) -> str:
    """Provide a conversation with one message, which was delivered to the application."""
    found = greet(app)
    app.emulator.settle(PATIENCE)
    return found


@pytest.fixture
def elsewhere(app: Application) -> Received:
    """Provide a delivery to another endpoint, of a message that was not delivered to the application."""
    with WebhookInbox() as inbox:
        app.orbit.webhooks.update(app.webhook_id, is_active=False)
        webhook = inbox.register(app.emulator, "message.sent")
        greet(app)
        delivery = inbox.wait_for("message.sent", timeout=PATIENCE)
        app.emulator.settle(PATIENCE)
        app.orbit.webhooks.delete(webhook.id)
        app.orbit.webhooks.update(app.webhook_id, is_active=True)
    return delivery


def greet(app: Application) -> str:
    """Send one message in a new conversation."""
    ada, bob = (app.orbit.users.create(external_id=f"{next(_numbers)}", display_name=name) for name in ("Ada", "Bob"))
    as_ada = app.orbit.as_user(ada.id)
    conversation = as_ada.conversations.create(type="direct", participant_id=bob.id)
    as_ada.messages.send(conversation_id=conversation.id, content="Hello, Bob!")
    return conversation.id


def counted(app: Application, delivery: Received) -> int:
    return app.overview()["messages"].get(delivery.data["conversation_id"], 0)


def test_a_delivery_is_handled(app: Application, conversation_id: str) -> None:
    assert app.overview()["messages"][conversation_id] == 1
    delivery = app.newest("message.sent")
    assert delivery.status == "succeeded"
    assert app.excerpts(delivery) == [(200, "handled")]


def test_a_replay_is_not_handled_again(app: Application, conversation_id: str) -> None:
    first = app.newest("message.sent")
    app.orbit.webhooks.replay(first.event_id)
    app.emulator.settle(PATIENCE)

    second = app.newest("message.sent")
    assert second.id != first.id
    assert second.event_id == first.event_id
    assert app.excerpts(second) == [(200, "already handled")]
    assert app.overview()["messages"][conversation_id] == 1


def test_simultaneous_copies_are_handled_once(app: Application, elsewhere: Received) -> None:
    signature = signed(sign(elsewhere.body, app.secret))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: app.post(elsewhere.body, signature), range(16)))

    assert {answer.status for answer in answers} <= {200, 503}
    assert [answer.body for answer in answers].count(b"handled") == 1
    assert counted(app, elsewhere) == 1


def test_a_failed_event_is_delivered_again(app: Application) -> None:
    order = next(_numbers)
    app.orbit.webhooks.publish("order.paid", {"order": order})
    app.emulator.settle(PATIENCE)
    delivery = app.newest("order.paid")
    assert (delivery.status, delivery.last_response_status) == ("pending", 500)
    assert order not in app.overview()["shipped"]

    app.take_order(order)
    app.emulator.advance(5, timeout=PATIENCE)
    delivery = app.newest("order.paid")
    assert delivery.status == "succeeded"
    assert [status for status, _ in app.excerpts(delivery)] == [500, 200]
    assert order in app.overview()["shipped"]


def test_an_event_without_a_handler_is_accepted(app: Application) -> None:
    app.orbit.webhooks.publish("weather.changed", {})
    app.emulator.settle(PATIENCE)

    assert app.excerpts(app.newest("weather.changed")) == [(200, "no handler")]


def test_forgeries_are_refused(app: Application, elsewhere: Received) -> None:
    right = sign(elsewhere.body, app.secret)
    forged = elsewhere.body.replace(b"Hello", b"Adieu")
    serialized_again = json.dumps(json.loads(elsewhere.body), indent=1).encode()
    assert elsewhere.body not in (forged, serialized_again)
    refused = [
        app.post(forged, signed(right)),
        app.post(serialized_again, signed(right)),
        app.post(elsewhere.body, signed(sign(elsewhere.body, "a guess"))),
        app.post(elsewhere.body, signed(elsewhere.signature or "")),  # The other endpoint's signature.
        app.post(elsewhere.body, signed(right), signed(sign(elsewhere.body, "a guess"))),
        app.post(elsewhere.body, signed(right), signed(right)),
        app.post(elsewhere.body),
        app.post(b""),
    ]

    assert [(answer.status, answer.body) for answer in refused] == [(401, b"signature refused")] * len(refused)
    assert counted(app, elsewhere) == 0
    name, value = signed(right)
    assert app.post(elsewhere.body, (name.upper(), value)).status == 200
    assert counted(app, elsewhere) == 1


def test_a_signed_body_that_is_not_an_event_is_refused(app: Application) -> None:
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 100_000):
        assert app.post(body, signed(sign(body, app.secret))).status == 400


def test_a_large_body_is_refused(app: Application) -> None:
    body = b" " * 5_000_000
    signature = signed(sign(body, app.secret))
    assert app.post(body, signature).status == 413

    framing = {"Transfer-Encoding": "chunked"}
    answer = post(app.url + RECEIVER, chunked(body), framing, signature)
    assert answer.status == 413


def test_a_chunked_body_is_accepted(app: Application, elsewhere: Received) -> None:
    signature = signed(sign(elsewhere.body, app.secret))
    body = chunked(elsewhere.body, 10)

    assert post(app.url + RECEIVER, body, {"Transfer-Encoding": "chunked"}, signature).status == 200
    assert counted(app, elsewhere) == 1


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_post_is_accepted(app: Application, method: str) -> None:
    answer = httpx.request(method, app.url + RECEIVER, timeout=PATIENCE)

    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


def test_the_secret_is_not_in_the_log(app: Application, conversation_id: str) -> None:
    app.post(b"{}", signed(sign(b"{}", "a guess")))
    app.orbit.webhooks.publish("order.paid", {"order": -1})
    app.emulator.settle(PATIENCE)

    log = app.log.read_text()
    assert "The signature does not match the body" in log
    assert app.secret not in log


def test_handled_events_survive_a_restart(tmp_path: Path) -> None:
    with Emulator(clock=ManualClock(), webhook_timeout=PATIENCE) as emulator:
        orbit = emulator.client()
        webhook = orbit.webhooks.create("http://127.0.0.1:1/")
        orbit.webhooks.subscribe(webhook.id, "order.paid")
        environment = environment_of(tmp_path, webhook.secret or "")
        answers: list[str | None] = []
        for start in range(2):
            with running(SERVERS["flask"], tmp_path / f"{start}.log", environment) as (_, url):
                orbit.webhooks.update(webhook.id, url=url + RECEIVER)
                httpx.put(f"{url}/orders/1", timeout=PATIENCE).raise_for_status()
                if start == 0:
                    event = orbit.webhooks.publish("order.paid", {"order": 1})
                else:
                    orbit.webhooks.replay(event.id)
                emulator.settle(PATIENCE)
                delivery = orbit.webhooks.list_deliveries(webhook.id)[0]
                answers += [attempt.response_excerpt for attempt in orbit.webhooks.get_attempts(delivery.id)]

    assert answers == ["handled", "already handled"]
