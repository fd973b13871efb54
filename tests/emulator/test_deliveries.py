"""Deliveries over real loopback sockets, with a manual clock."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from orbitconnect import ConflictError, NotFoundError, OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect.testing import WebhookInbox
from orbitconnect.webhooks import SIGNATURE_HEADER, WebhookVerificationError, verify
from orbitconnect_api.models.webhook import Webhook
from tests.emulator.conformance import CheckedEmulator, schemas
from tests.emulator.conftest import newest_attempts, newest_delivery
from tests.emulator.test_webhooks import NOWHERE


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[CheckedEmulator]:
    with CheckedEmulator(clock=clock, seed=1, webhook_timeout=5) as emulator:
        yield emulator
    assert not [thread for thread in threading.enumerate() if thread.name == "orbit-deliverer"]


class TestRequests:
    def test_the_envelope_and_its_signature(
        self, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook, clock: ManualClock
    ) -> None:
        event = orbit.webhooks.publish("order.paid", {"who": "Zoë", "n": 1.5})
        received = inbox.wait_for("order.paid")
        content = json.loads(received.body)
        assert set(content) == set(schemas()["Event"]["properties"])
        assert content == {
            "id": event.id,
            "type": "order.paid",
            "created_at": clock.now().isoformat(),
            "data": {"who": "Zoë", "n": 1.5},
        }
        assert registered.secret
        verify(received.body, received.headers[SIGNATURE_HEADER], registered.secret)
        with pytest.raises(WebhookVerificationError):
            verify(received.body, received.signature, "whsec_other")
        assert received.headers["content-type"] == "application/json"
        assert not any("sk_test" in value for value in received.headers.values())

    def test_events_of_the_api_are_delivered(
        self, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook, alice: str, bob: str
    ) -> None:
        me = orbit.as_user(alice)
        direct = me.conversations.create(type="direct", participant_id=bob)
        sent = me.messages.send(conversation_id=direct.id, content="Hi")
        received = inbox.wait_for("message.sent")
        assert (received.data["message_id"], received.data["conversation_id"]) == (sent.id, direct.id)
        assert received.data["message"] == sent.to_dict()

    def test_the_order_is_kept(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        for number in range(50):
            orbit.webhooks.publish("tick", {"n": number})
        emulator.settle()
        assert [received.data["n"] for received in inbox.received] == list(range(50))

    def test_path_and_query_are_kept(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        url = f"{inbox.url.replace('127.0.0.1', 'localhost')}/a%20b/ü?x=1&y=%2F"
        orbit.webhooks.update(registered.id, url=url)
        orbit.webhooks.test(registered.id)
        assert inbox.wait_for("webhook.test").headers["host"].startswith("localhost:")
        assert newest_delivery(orbit, registered).url == url

    def test_a_slow_webhook_does_not_delay_others(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        with WebhookInbox() as slow:
            slow.answer(200, delay=3)
            slow.register(emulator, "order.*")
            orbit.webhooks.publish("order.paid", {"n": 1})
            orbit.webhooks.publish("order.paid", {"n": 2})
            assert [inbox.wait_for("order.paid", timeout=2).data["n"] for _ in range(2)] == [1, 2]


class TestTestEvents:
    def test_is_delivered_without_a_subscription(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox
    ) -> None:
        webhook = inbox.register(emulator, "order.paid")
        delivery = orbit.webhooks.test(webhook.id)
        assert (delivery.status, delivery.attempt_count, delivery.event_type) == ("pending", 0, "webhook.test")
        assert inbox.wait_for("webhook.test").data["webhook_id"] == webhook.id
        emulator.settle()
        assert orbit.webhooks.get_delivery(delivery.id).status == "succeeded"

    def test_is_delivered_to_one_webhook_only(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        other = orbit.webhooks.create(NOWHERE)
        orbit.webhooks.test(other.id)
        emulator.settle()
        assert inbox.received == []

    def test_an_inactive_webhook_is_not_tested(self, orbit: OrbitServer, registered: Webhook) -> None:
        orbit.webhooks.update(registered.id, is_active=False)
        with pytest.raises(ConflictError):
            orbit.webhooks.test(registered.id)


class TestLog:
    def test_a_success(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        inbox.answer(204)
        event = orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        delivery = newest_delivery(orbit, registered)
        assert delivery == orbit.webhooks.get_delivery(delivery.id)
        assert (delivery.webhook_id, delivery.event_id, delivery.url) == (registered.id, event.id, inbox.url)
        assert (delivery.status, delivery.attempt_count, delivery.last_response_status) == ("succeeded", 1, 204)
        assert (delivery.next_attempt_at, delivery.last_error, delivery.is_replay) == (None, None, False)
        assert delivery.delivered_at == delivery.last_attempt_at == clock.now()
        (attempt,) = newest_attempts(orbit, registered)
        assert attempt.id.startswith("att_")
        assert (attempt.delivery_id, attempt.number, attempt.url) == (delivery.id, 1, inbox.url)
        assert (attempt.response_status, attempt.response_excerpt, attempt.error) == (204, "", None)
        assert (attempt.duration_ms, attempt.attempted_at) == (0, clock.now())

    def test_response_bodies_are_truncated(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(500, body="Zoë " * 1000)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        excerpt = newest_attempts(orbit, registered)[0].response_excerpt
        assert excerpt is not None
        assert excerpt.startswith("Zoë Zoë ")
        assert len(excerpt.encode()) <= 1026

    def test_unknown_deliveries(self, orbit: OrbitServer) -> None:
        with pytest.raises(NotFoundError):
            orbit.webhooks.get_delivery("dlv_none")
        with pytest.raises(NotFoundError):
            orbit.webhooks.get_attempts("dlv_none")

    def test_replay(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        event = orbit.webhooks.publish("order.paid", {"n": 1})
        first = inbox.wait_for("order.paid")
        clock.advance(60)
        replayed = orbit.webhooks.replay(event.id)
        assert isinstance(replayed, list)
        (delivery,) = replayed
        assert (delivery.event_id, delivery.is_replay, delivery.status) == (event.id, True, "pending")
        second = inbox.wait_for("order.paid")
        assert (second.id, second.body) == (first.id, first.body), "the receiver can recognize the replay"
        emulator.settle()
        ids = [known.id for known in orbit.webhooks.list_deliveries(registered.id)]
        assert len(set(ids)) == 2
        assert ids[0] == delivery.id
        (known,) = orbit.webhooks.list_events()
        assert (known.delivery_count, known.last_replayed_at) == (2, clock.now())

    def test_replay_goes_to_those_subscribed_now(self, orbit: OrbitServer) -> None:
        event = orbit.webhooks.publish("order.paid", {})
        assert orbit.webhooks.replay(event.id) == []
        webhook = orbit.webhooks.create(NOWHERE)
        orbit.webhooks.subscribe(webhook.id, "order.*")
        assert len(orbit.webhooks.replay(event.id)) == 1  # type: ignore[arg-type]
        orbit.webhooks.update(webhook.id, is_active=False)
        assert orbit.webhooks.replay(event.id) == []


class TestEndingDeliveries:
    def test_410_disables_the_webhook(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(410)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        delivery = newest_delivery(orbit, registered)
        assert (delivery.status, delivery.attempt_count, delivery.next_attempt_at) == ("failed", 1, None)
        assert orbit.webhooks.get(registered.id).is_active is False
        orbit.webhooks.publish("order.paid", {})
        emulator.advance(timedelta(days=7))
        assert len(inbox.received) == len(orbit.webhooks.list_deliveries(registered.id)) == 1

    def test_an_inactive_webhook_gets_nothing(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(500, times=1)
        orbit.webhooks.publish("order.paid", {"n": 1})
        emulator.settle()
        orbit.webhooks.update(registered.id, is_active=False)
        waiting = newest_delivery(orbit, registered)
        assert (waiting.status, waiting.next_attempt_at) == ("pending", None)
        orbit.webhooks.publish("order.paid", {"n": 2})
        emulator.advance(timedelta(days=1))
        assert len(inbox.received) == 1
        orbit.webhooks.update(registered.id, is_active=True)
        emulator.settle()
        assert [received.data["n"] for received in inbox.received] == [1, 1], "only the waiting delivery continues"
        assert newest_delivery(orbit, registered).status == "succeeded"

    def test_a_deleted_webhook_gets_nothing(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(500)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        delivery = newest_delivery(orbit, registered)
        orbit.webhooks.delete(registered.id)
        orbit.webhooks.publish("order.paid", {})
        emulator.advance(timedelta(days=7))
        assert len(inbox.received) == 1
        given_up = orbit.webhooks.get_delivery(delivery.id)
        assert (given_up.status, given_up.next_attempt_at) == ("failed", None)
        assert len(orbit.webhooks.get_attempts(delivery.id)) == 1

    def test_deleting_it_during_a_delivery(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(500, delay=0.1)
        delivery = orbit.webhooks.test(registered.id)
        inbox.wait_for("webhook.test")
        orbit.webhooks.delete(registered.id)
        emulator.settle()
        ended = orbit.webhooks.get_delivery(delivery.id)
        assert (ended.status, ended.attempt_count, ended.next_attempt_at) == ("failed", 1, None)

    def test_unsubscribing_keeps_pending_deliveries(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(500, times=1)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        (subscription,) = orbit.webhooks.list_subscriptions(registered.id)
        orbit.webhooks.unsubscribe(registered.id, subscription.id)
        orbit.webhooks.publish("order.paid", {})
        emulator.advance(5)
        assert len(inbox.received) == 2
        assert newest_delivery(orbit, registered).status == "succeeded"


class TestInbox:
    def test_unsigned_requests_are_refused(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        orbit.webhooks.rotate_secret(registered.id)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        assert newest_delivery(orbit, registered).last_response_status == 401
        assert inbox.received[0].is_refused
        with pytest.raises(TimeoutError, match=r"No order.paid .*: order.paid \(with a wrong signature\)"):
            inbox.wait_for("order.paid", timeout=0)

    def test_each_delivery_is_returned_once(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        for number in range(3):
            orbit.webhooks.publish("order.paid", {"n": number})
        assert inbox.wait_for("order.paid", where=lambda received: received.data["n"] == 1).data["n"] == 1
        assert [inbox.wait_for().data["n"] for _ in range(2)] == [0, 2]
        with pytest.raises(TimeoutError):
            inbox.wait_for(timeout=0)
        inbox.clear()
        assert inbox.received == []

    def test_closing_twice(self) -> None:
        inbox = WebhookInbox()
        inbox.close()
        inbox.close()
        assert not [thread for thread in threading.enumerate() if thread.name == "orbit-inbox"]
