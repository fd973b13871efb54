"""The arguments that `conversations.create` rejects without sending a request, in both clients."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import user

Create = Callable[..., Any]


@pytest.fixture(params=["sync", "async"])
def create(request: pytest.FixtureRequest, emulator: CheckedEmulator) -> Create:
    if request.param == "sync":
        return emulator.client(max_retries=0).conversations.create
    client = emulator.async_client(max_retries=0)
    return lambda **fields: asyncio.run(client.conversations.create(**fields))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": "direct"}, "participant_id is missing: pass the id of the other user of the direct conversation."),
        (
            {"type": "direct", "participant_id": "usr_1", "participant_ids": ["usr_2"]},
            "participant_ids is only for groups: pass participant_id alone for a direct conversation.",
        ),
        ({"type": "group"}, "participant_ids is missing: pass the ids of the other users of the group."),
        (
            {"type": "group", "participant_ids": ["usr_1"], "participant_id": "usr_2"},
            "participant_id is only for direct conversations: pass participant_ids alone for a group.",
        ),
    ],
)
def test_participants_that_do_not_fit_the_type(
    create: Create, emulator: CheckedEmulator, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        create(**fields, acting_user_id="usr_1")
    assert (type(caught.value), str(caught.value)) == (ValueError, message)
    assert emulator.journal.entries == []


def test_a_list_of_participants_is_no_string(create: Create, emulator: CheckedEmulator) -> None:
    with pytest.raises(TypeError, match="participant_ids must be a list, not str"):
        create(type="group", participant_ids="usr_1", acting_user_id="usr_1")
    assert emulator.journal.entries == []


def test_a_type_that_this_version_does_not_know_is_left_to_the_server(create: Create, orbit: OrbitServer) -> None:
    alice = user(orbit, "Alice")
    with pytest.raises(UnprocessableEntityError):
        create(type="broadcast", acting_user_id=alice)
