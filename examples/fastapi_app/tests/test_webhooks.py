from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from examples.fastapi_app.app import create_app
from orbitconnect import AsyncOrbitServer
from orbitconnect.testing import Received, WebhookInbox
from orbitconnect.webhooks import SIGNATURE_HEADER, sign

RECEIVER = "/webhooks/orbit"


@pytest.fixture
def app(async_orbit: AsyncOrbitServer, orbit_webhooks: WebhookInbox) -> FastAPI:
    """The application, with the secret of the webhook that the emulator delivers to."""
    return create_app(async_orbit, client_id="pk_test_of_the_tests", webhook_secret=orbit_webhooks.secrets[0])


@pytest.fixture
async def delivery(api: httpx.AsyncClient, orbit_webhooks: WebhookInbox) -> Received:
    """A delivery that the emulator sends when one customer sends another a message."""
    for name in ("ada", "bob"):
        await api.post("/customers", json={"id": name, "name": name.title()})
    await api.post("/messages", json={"sender": "ada", "recipient": "bob", "text": "Hello, Bob!"})
    return orbit_webhooks.wait_for("message.sent")


def signed(delivery: Received) -> dict[str, str]:
    return {SIGNATURE_HEADER: delivery.signature or ""}


async def count(api: httpx.AsyncClient, delivery: Received) -> int:
    number: int = (await api.get(f"/conversations/{delivery.data['conversation_id']}/count")).json()
    return number


async def test_a_delivery_is_counted_once(api: httpx.AsyncClient, delivery: Received) -> None:
    for _ in range(2):
        response = await api.post(RECEIVER, content=delivery.body, headers=signed(delivery))
        assert response.status_code == 200

    assert await count(api, delivery) == 1


async def test_a_forged_delivery_is_refused(api: httpx.AsyncClient, delivery: Received) -> None:
    forged = delivery.body.replace(b"Hello", b"Howdy")
    assert forged != delivery.body
    for headers in (signed(delivery), {SIGNATURE_HEADER: sign(forged, "a guess")}, {}):
        assert (await api.post(RECEIVER, content=forged, headers=headers)).status_code == 401

    assert await count(api, delivery) == 0


@pytest.mark.parametrize("type", ["user.created", "an.event.of_next_year"])
async def test_events_without_a_handler_are_accepted(
    api: httpx.AsyncClient, orbit_webhooks: WebhookInbox, type: str
) -> None:
    body = b'{"id": "evt_1", "type": "%s", "created_at": "2026-01-05T09:30:00Z", "data": {}}' % type.encode()
    headers = {SIGNATURE_HEADER: sign(body, orbit_webhooks.secrets[0])}

    assert (await api.post(RECEIVER, content=body, headers=headers)).status_code == 200
