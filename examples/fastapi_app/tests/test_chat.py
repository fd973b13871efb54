from __future__ import annotations

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Reset, Status
from orbitconnect.testing import on
from orbitconnect_api import operations

HELLO = {"sender": "ada", "recipient": "bob", "text": "Hello, Bob!"}


@pytest.fixture
def bob(orbit: OrbitServer) -> str:
    """Two existing customers. The value is Bob's user id in OrbitConnect."""
    orbit.users.create(external_id="ada", display_name="Ada")
    return orbit.users.create(external_id="bob", display_name="Bob").id


async def test_a_message_arrives(api: httpx.AsyncClient, orbit: OrbitServer, bob: str) -> None:
    response = await api.post("/messages", json=HELLO)

    assert response.status_code == 201
    (chat,) = orbit.conversations.list(acting_user_id=bob)
    assert chat.id == response.json()["conversation_id"]
    assert chat.unread_count == 1
    assert [message.content for message in orbit.messages.list(chat.id, acting_user_id=bob)] == ["Hello, Bob!"]


@pytest.mark.usefixtures("bob")
async def test_two_customers_have_one_conversation(api: httpx.AsyncClient) -> None:
    first = await api.post("/messages", json=HELLO)
    reply = await api.post("/messages", json={"sender": "bob", "recipient": "ada", "text": "Hello, Ada!"})

    assert first.json()["conversation_id"] == reply.json()["conversation_id"]


@pytest.mark.usefixtures("bob")
async def test_an_unknown_recipient_is_not_found(api: httpx.AsyncClient) -> None:
    response = await api.post("/messages", json={**HELLO, "recipient": "carol"})

    assert response.status_code == 404


# The connection breaks after the API has accepted the message. The client cannot know this and sends it again.
@pytest.mark.orbit(faults=[on(operations.SEND_MESSAGE, Reset(when="after"))])
async def test_a_lost_response_does_not_double_the_message(
    api: httpx.AsyncClient, orbit: OrbitServer, bob: str
) -> None:
    response = await api.post("/messages", json=HELLO)

    assert response.status_code == 201
    messages = orbit.messages.list(response.json()["conversation_id"], acting_user_id=bob)
    assert [message.content for message in messages] == ["Hello, Bob!"]


@pytest.mark.usefixtures("bob")
@pytest.mark.orbit(faults=[on("createConversation", Status(500))])
async def test_during_an_outage_the_response_is_503(api: httpx.AsyncClient) -> None:
    assert (await api.post("/messages", json=HELLO)).status_code == 503
    assert (await api.post("/messages", json=HELLO)).status_code == 201
