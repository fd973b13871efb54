"""Fixtures that use the sync and the async iterators in the same way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect_api import operations
from orbitconnect_api.models.message import Message

PAGED = (
    operations.LIST_MESSAGES,
    operations.SEARCH_MESSAGES,
    operations.SEARCH_MESSAGES_GLOBALLY,
    operations.SYNC_MESSAGES,
)


class Reader:
    """One of the two clients. Its iterators return one message at a time, without `await`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.runner = asyncio.Runner() if kind == "async" else None

    def client(self, **options: Any) -> Any:
        """Create a client with a key."""
        return (OrbitServer if self.runner is None else AsyncOrbitServer)("sk_test_paging", **options)

    def of(self, emulator: Emulator, **options: Any) -> Any:
        """Return an emulator's client."""
        return emulator.client(**options) if self.runner is None else emulator.async_client(**options)

    def next(self, iterator: Any) -> Message | None:
        """Return the next message, or None at the end."""
        if self.runner is None:
            return next(iterator, None)

        async def step() -> Message | None:
            return await anext(iterator, None)

        return self.runner.run(step())

    def some(self, iterator: Any, count: int) -> list[Message]:
        """Return at most this many messages."""
        found: list[Message] = []
        while len(found) < count and (message := self.next(iterator)) is not None:
            found.append(message)
        return found

    def rest(self, iterator: Any) -> list[Message]:
        """Return all remaining messages."""
        return self.some(iterator, 1_000_000)

    def close(self, iterator: Any) -> None:
        """Close an iterator."""
        if self.runner is None:
            iterator.close()
        else:
            self.runner.run(iterator.aclose())

    def finish(self) -> None:
        """End the event loop."""
        if self.runner is not None:
            self.runner.close()


@pytest.fixture(params=["sync", "async"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    reader = Reader(request.param)
    yield reader
    reader.finish()


class Chat:
    """A conversation of two users in an emulator. Messages are sent with the synchronous client."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.orbit = orbit = emulator.client()
        self.alice, self.bob = (orbit.users.create(external_id=n, display_name=n).id for n in ("alice", "bob"))
        self.messages = orbit.as_user(self.alice).messages
        self.conversations = orbit.as_user(self.alice).conversations
        self.id = self.conversations.create(type="direct", participant_id=self.bob).id

    def send(self, count: int, text: str = "Hello") -> list[Message]:
        """Send messages."""
        return [self.messages.send(conversation_id=self.id, content=f"{text} {number}") for number in range(count)]

    def delete(self, message_id: str) -> None:
        """Delete a message for both users."""
        for user in self.alice, self.bob:
            self.orbit.as_user(user).messages.delete(message_id)

    def requests(self) -> int:
        """Return the number of pages requested since the last call of this method."""
        count = sum(len(self.emulator.journal.find(operation=operation)) for operation in PAGED)
        self.emulator.journal.clear()
        return count


@pytest.fixture
def chat() -> Iterator[Chat]:
    with Emulator(clock=ManualClock(), seed=1) as emulator:
        yield Chat(emulator)


def sequences(messages: list[Message]) -> list[int | None]:
    return [message.sequence for message in messages]
