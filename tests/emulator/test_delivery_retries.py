"""When failed deliveries are retried, and which deliveries are paused in the meantime."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.webhooks.queue import RETRY_DELAYS
from orbitconnect.testing import WebhookInbox
from orbitconnect_api.models.webhook import Webhook
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import newest_attempts, newest_delivery
from tests.emulator.test_webhooks import NOWHERE


class TestRetries:
    def test_the_schedule(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        inbox.answer(500, body="Oops")
        orbit.webhooks.publish("order.paid", {})
        emulator.advance(timedelta(days=7))
        delivery = newest_delivery(orbit, registered)
        assert (delivery.status, delivery.attempt_count, delivery.next_attempt_at) == ("failed", 10, None)
        assert (delivery.last_response_status, delivery.last_error, delivery.delivered_at) == (500, None, None)
        made = newest_attempts(orbit, registered)
        assert [attempt.number for attempt in made] == list(range(1, 11))
        assert {attempt.response_excerpt for attempt in made} == {"Oops"}
        times = [attempt.attempted_at for attempt in made if attempt.attempted_at is not None]
        delays = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
        planned = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
        assert planned == [delay / 1_000_000 for delay in RETRY_DELAYS]
        for delay, plan in zip(delays, planned, strict=True):
            assert plan * 0.9 <= delay <= plan, "jitter only shortens the delay"
        assert delays != planned
        assert len(inbox.received) == 10
        assert len({(received.body, received.signature) for received in inbox.received}) == 1
        emulator.advance(timedelta(days=7))
        assert len(inbox.received) == 10

    def test_each_is_sent_when_it_is_due(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        inbox.answer(500, times=2)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        assert len(inbox.received) == 1
        delivery = newest_delivery(orbit, registered)
        assert (delivery.status, delivery.attempt_count) == ("pending", 1)
        assert delivery.next_attempt_at is not None
        due = delivery.next_attempt_at - clock.now()
        emulator.advance(due - timedelta(microseconds=1))
        assert len(inbox.received) == 1
        emulator.advance(timedelta(microseconds=1))
        assert len(inbox.received) == 2
        emulator.advance(300)
        assert newest_delivery(orbit, registered).status == "succeeded"
        assert len(inbox.received) == 3

    def test_a_clock_that_was_advanced_directly(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        inbox.answer(500, times=1)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        clock.advance(5)
        orbit.webhooks.list()
        emulator.settle()
        assert newest_delivery(orbit, registered).status == "succeeded"

    @pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 500, 503])
    def test_only_2xx_is_a_success(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook, status: int
    ) -> None:
        with WebhookInbox() as elsewhere:
            inbox.answer(status, headers={"location": elsewhere.url})
            orbit.webhooks.publish("order.paid", {})
            emulator.settle()
            assert elsewhere.received == []
        delivery = newest_delivery(orbit, registered)
        assert (delivery.status, delivery.last_response_status) == ("pending", status)

    def test_jitter_is_derived_from_the_seed(self) -> None:
        def due(seed: int) -> object:
            with CheckedEmulator(clock=ManualClock(), seed=seed) as emulator:
                orbit = emulator.client()
                webhook = orbit.webhooks.create(NOWHERE)
                orbit.webhooks.test(webhook.id)
                emulator.settle()
                return newest_delivery(orbit, webhook).next_attempt_at

        assert due(1) == due(1) != due(2)

    def test_a_new_secret_signs_retries_too(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(500, times=1)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        secret = orbit.webhooks.rotate_secret(registered.id).secret
        assert secret is not None
        inbox.secrets[:] = [secret]
        emulator.advance(5)
        assert newest_delivery(orbit, registered).status == "succeeded"

    def test_a_retry_goes_to_the_new_url(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox
    ) -> None:
        webhook = orbit.webhooks.create(NOWHERE)
        orbit.webhooks.test(webhook.id)
        emulator.settle()
        orbit.webhooks.update(webhook.id, url=inbox.url)
        assert newest_delivery(orbit, webhook).url == inbox.url
        emulator.advance(5)
        assert newest_delivery(orbit, webhook).status == "succeeded"
        assert [attempt.url for attempt in newest_attempts(orbit, webhook)] == [NOWHERE, inbox.url]


class TestRetryAfter:
    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_postpones_the_retry(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
        status: int,
    ) -> None:
        inbox.answer(status, retry_after=120, times=1)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        assert newest_delivery(orbit, registered).next_attempt_at == clock.now() + timedelta(seconds=120)

    def test_a_date_is_compared_with_the_receivers_clock(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        date = datetime.now(UTC) + timedelta(hours=1)
        inbox.answer(503, retry_after=format_datetime(date, usegmt=True))
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        due = newest_delivery(orbit, registered).next_attempt_at
        assert due is not None
        assert timedelta(minutes=59) < due - clock.now() <= timedelta(hours=1)

    @pytest.mark.parametrize("value", ["-1", "soon", "nan", "1", ""])
    def test_invalid_values_are_ignored(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
        value: str,
    ) -> None:
        inbox.answer(503, retry_after=value)
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        due = newest_delivery(orbit, registered).next_attempt_at
        assert due is not None
        assert timedelta(seconds=4.5) <= due - clock.now() <= timedelta(seconds=5)

    def test_has_an_upper_limit(
        self,
        emulator: CheckedEmulator,
        orbit: OrbitServer,
        inbox: WebhookInbox,
        registered: Webhook,
        clock: ManualClock,
    ) -> None:
        inbox.answer(503, retry_after="999999999999999")
        orbit.webhooks.publish("order.paid", {})
        emulator.settle()
        assert newest_delivery(orbit, registered).next_attempt_at == clock.now() + timedelta(days=1)

    @pytest.mark.parametrize("status", [429, 502, 504])
    def test_pauses_all_deliveries_to_the_webhook(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook, status: int
    ) -> None:
        inbox.answer(status, retry_after=60, times=1)
        for number in range(3):
            orbit.webhooks.publish("order.paid", {"n": number})
        emulator.settle()
        assert len(inbox.received) == 1
        orbit.webhooks.publish("order.paid", {"n": 3})
        emulator.advance(59)
        assert len(inbox.received) == 1
        emulator.advance(1)
        assert [received.data["n"] for received in inbox.received] == [0, 0, 1, 2, 3]
        orbit.webhooks.publish("order.paid", {"n": 4})
        emulator.settle()
        assert len(inbox.received) == 6, "the endpoint is no longer throttled"

    def test_does_not_delay_other_webhooks(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        inbox.answer(503, retry_after=60, times=1)
        for number in range(3):
            orbit.webhooks.publish("order.paid", {"n": number})
        emulator.settle()
        assert [received.data["n"] for received in inbox.received] == [0, 1, 2]
