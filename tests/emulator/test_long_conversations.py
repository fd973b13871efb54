"""Paging and searching in a conversation that is long enough for the emulator to use its indexes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock

COUNT = 1_100


class Long:
    """A conversation between two users, and its messages, oldest first."""

    def __init__(self, orbit: OrbitServer) -> None:
        """Send the messages. Every seventh message is deleted, and some others are edited or recalled."""
        users = [orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob")]
        self.messages = orbit.as_user(users[0]).messages
        self.id = orbit.conversations.create(type="direct", participant_id=users[1], acting_user_id=users[0]).id
        texts = [f'Message {number}: it\'s "topic {number % 97:02d}" — Größe 100%_?*' for number in range(COUNT)]
        everything = [self.messages.send(conversation_id=self.id, content=text) for text in texts]
        for number, message in enumerate(everything):
            if number % 7 == 3:
                self.messages.delete(message.id)
            elif number % 11 == 5:
                self.messages.edit(message.id, f"Changed {number}")
            elif number % 13 == 6:
                self.messages.recall(message.id)
        found = [message for number, message in enumerate(everything) if number % 7 != 3]
        self.sent = [self.messages.get(message.id) for message in found]


@pytest.fixture(scope="module")
def long() -> Iterator[Long]:
    with Emulator(clock=ManualClock(), seed=1) as emulator, emulator.client() as orbit:
        yield Long(orbit)


@pytest.mark.parametrize("limit", [1, 50, 200])
def test_pages_contain_every_message_once(long: Long, limit: int) -> None:
    messages, sent = long.messages, long.sent
    step = limit if limit > 1 else 97
    for offset in range(0, COUNT + step, step):
        newest_first = messages.list(long.id, limit=limit, offset=offset)
        assert newest_first == sent[::-1][offset : offset + limit]
        oldest_first = messages.list(long.id, limit=limit, offset=offset, after_sequence=10)
        later = [message for message in sent if (message.sequence or 0) > 10]
        assert oldest_first == later[offset : offset + limit]


@pytest.mark.parametrize(
    "text",
    [
        "Message", "mEsSaGe 1", "topic 96", '"topic', "it's", "größe", "GRÖSSE", "%_?*", "00%_", "—", "ü", "ö",
        "Changed 5", "nothing of the kind", "ge 7:", "\0", " AND ", "NEAR(a b)", "*", '""', "x" * 5_000,
    ],
)  # fmt: skip
def test_the_index_finds_what_a_scan_finds(long: Long, text: str) -> None:
    expected = [message for message in reversed(long.sent) if text.casefold() in (message.content or "").casefold()][
        :200
    ]
    messages = long.messages
    assert messages.search(long.id, text, limit=200) == expected
    assert messages.search_global(text, limit=200) == expected


def test_the_index_in_a_file_stays_consistent(tmp_path: Path) -> None:
    path = tmp_path / "emulator.db"
    for opening in range(2):
        with Emulator(path) as emulator:
            orbit = emulator.client()
            users = [orbit.users.create(external_id=name, display_name=name).id for name in ("a", "b")]
            chat = orbit.conversations.create(type="direct", participant_id=users[1], acting_user_id=users[0])
            orbit.messages.send(conversation_id=chat.id, content="needle", acting_user_id=users[0])
            assert len(orbit.messages.search_global("needle", acting_user_id=users[1])) == opening + 1
