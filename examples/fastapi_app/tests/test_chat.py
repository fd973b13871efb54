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
    """Two customers who signed up earlier; the id is Bob's at OrbitConnect."""
    orbit.users.create(external_id="ada", display_name="Ada")
    return orbit.users.create(external_id="bob", display_name="Bob").id


async def test_a_message_arrives(api: httpx.AsyncClient, orbit: OrbitServer, bob: str) -> None:
    answer = await api.post("/messages", json=HELLO)

    assert answer.status_code == 201
    (chat,) = orbit.conversations.list(acting_user_id=bob)
    assert chat.id == answer.json()["conversation_id"]
    assert chat.unread_count == 1
    assert [message.content for message in orbit.messages.list(chat.id, acting_user_id=bob)] == ["Hello, Bob!"]


@pytest.mark.usefixtures("bob")
async def test_two_customers_have_one_conversation(api: httpx.AsyncClient) -> None:
    there = await api.post("/messages", json=HELLO)
    back = await api.post("/messages", json={"sender": "bob", "recipient": "ada", "text": "Hello, Ada!"})

    assert there.json()["conversation_id"] == back.json()["conversation_id"]


@pytest.mark.usefixtures("bob")
async def test_nobody_writes_to_a_stranger(api: httpx.AsyncClient) -> None:
    answer = await api.post("/messages", json={**HELLO, "recipient": "carol"})

    assert answer.status_code == 404


# The connection breaks after the message has been taken: the client cannot know, and sends it once more.
@pytest.mark.orbit(faults=[on(operations.SEND_MESSAGE, Reset(when="after"))])
async def test_a_lost_answer_doubles_no_message(api: httpx.AsyncClient, orbit: OrbitServer, bob: str) -> None:
    answer = await api.post("/messages", json=HELLO)

    assert answer.status_code == 201
    messages = orbit.messages.list(answer.json()["conversation_id"], acting_user_id=bob)
    assert [message.content for message in messages] == ["Hello, Bob!"]


@pytest.mark.usefixtures("bob")
@pytest.mark.orbit(faults=[on("createConversation", Status(500))])
async def test_an_outage_is_no_crash(api: httpx.AsyncClient) -> None:
    assert (await api.post("/messages", json=HELLO)).status_code == 503
    assert (await api.post("/messages", json=HELLO)).status_code == 201
