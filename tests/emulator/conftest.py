from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect.testing import WebhookInbox
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.delivery import Delivery
from orbitconnect_api.models.delivery_attempt import DeliveryAttempt
from orbitconnect_api.models.webhook import Webhook
from orbitconnect_api.operations import ACTING_USER_HEADER, BASE_URL, SECRET_KEY_HEADER
from tests.emulator.conformance import CheckedEmulator


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[CheckedEmulator]:
    with CheckedEmulator(clock=clock, seed=1) as emulator:
        yield emulator


@pytest.fixture
def orbit(emulator: CheckedEmulator) -> OrbitServer:
    return emulator.client(max_retries=0)


@pytest.fixture
def wire(emulator: CheckedEmulator) -> Wire:
    return Wire(emulator)


class Wire:
    """Plain HTTP over the transport, for requests that no client would send."""

    def __init__(self, emulator: CheckedEmulator) -> None:
        self.http = httpx.Client(transport=emulator.transport)

    def __call__(
        self, method: str, path: str, *, actor: str | None = None, key: str | None = "sk_test_x", **more: Any
    ) -> httpx.Response:
        headers = dict(more.pop("headers", {}))
        if key is not None:
            headers[SECRET_KEY_HEADER] = key
        if actor is not None:
            headers[ACTING_USER_HEADER] = actor
        return self.http.request(method, BASE_URL + path, headers=headers, **more)


def user(orbit: OrbitServer, name: str) -> str:
    return orbit.users.create(external_id=name.lower(), display_name=name).id


@pytest.fixture
def alice(orbit: OrbitServer) -> str:
    return user(orbit, "Alice")


@pytest.fixture
def bob(orbit: OrbitServer) -> str:
    return user(orbit, "Bob")


@pytest.fixture
def carol(orbit: OrbitServer) -> str:
    return user(orbit, "Carol")


@pytest.fixture
def direct(orbit: OrbitServer, alice: str, bob: str) -> Conversation:
    return orbit.conversations.create(type="direct", participant_id=bob, acting_user_id=alice)


@pytest.fixture
def group(orbit: OrbitServer, alice: str, bob: str, carol: str) -> Conversation:
    return orbit.conversations.create(type="group", participant_ids=[bob, carol], acting_user_id=alice)


@pytest.fixture
def inbox() -> Iterator[WebhookInbox]:
    with WebhookInbox() as inbox:
        yield inbox


@pytest.fixture
def registered(emulator: CheckedEmulator, inbox: WebhookInbox) -> Webhook:
    """The inbox, registered as a webhook that is subscribed to all events."""
    return inbox.register(emulator, "*")


def newest_delivery(orbit: OrbitServer, webhook: Webhook) -> Delivery:
    return orbit.webhooks.list_deliveries(webhook.id)[0]


def newest_attempts(orbit: OrbitServer, webhook: Webhook) -> list[DeliveryAttempt]:
    return orbit.webhooks.get_attempts(newest_delivery(orbit, webhook).id)
