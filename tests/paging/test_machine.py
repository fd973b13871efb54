"""Read, send and delete messages at random.

A message that exists during the whole iteration is returned once, in order.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect_api.models.message import Message
from tests.paging.conftest import Chat, Reader
from tests.properties.strategies import examples

PICKS = st.integers(0, 200)


class Reading:
    """An iterator, the messages that existed when it started, and the messages it has returned so far."""

    def __init__(self, way: str, iterator: Any, prefetch: bool) -> None:
        self.way = way
        self.iterator = iterator
        self.prefetch = prefetch
        self.there: set[int] | None = None
        self.found: list[Message] = []


class Paging(RuleBasedStateMachine):
    kind: ClassVar[str]

    @initialize(count=st.integers(0, 20))
    def start(self, count: int) -> None:
        self.reader = Reader(self.kind)
        self.emulator = Emulator(clock=ManualClock(), seed=1)
        self.chat = Chat(self.emulator)
        self.messages = self.reader.of(self.emulator, max_retries=0).as_user(self.chat.bob).messages
        self.sent: dict[int, str] = {}
        self.deleted: set[int] = set()
        self.readings: list[Reading] = []
        self.send(count)

    def teardown(self) -> None:
        if hasattr(self, "readings"):
            while self.readings:
                self.finish(0)
            self.emulator.close()
            self.reader.finish()

    def alive(self) -> set[int]:
        return self.sent.keys() - self.deleted

    @rule(count=st.integers(1, 6))
    def send(self, count: int) -> None:
        for message in self.chat.send(count):
            assert message.sequence is not None
            self.sent[message.sequence] = message.id

    @rule(pick=PICKS, count=st.integers(1, 8))
    def delete(self, pick: int, count: int) -> None:
        alive = sorted(self.alive())
        for number in alive[pick % (len(alive) + 1) :][:count]:
            self.chat.delete(self.sent[number])
            self.deleted.add(number)

    @rule(pick=PICKS)
    def edit(self, pick: int) -> None:
        alive = sorted(self.alive())
        if alive:
            self.chat.messages.edit(self.sent[alive[pick % len(alive)]], f"Hello again {pick}")

    @precondition(lambda self: len(self.readings) < 3)
    @rule(way=st.sampled_from(["oldest", "newest", "sync", "search"]), size=st.integers(1, 9), prefetch=st.booleans())
    def begin(self, way: str, size: int, prefetch: bool) -> None:
        chat, iterator = self.chat.id, None
        if way == "oldest":
            iterator = self.messages.iterate(chat, after_sequence=0, page_size=size, prefetch=prefetch)
        elif way == "newest":
            iterator = self.messages.iterate(chat, page_size=size, prefetch=prefetch)
        elif way == "sync":
            since = datetime(2000, 1, 1, tzinfo=UTC)
            iterator = self.messages.iterate_sync(chat, since, page_size=size, prefetch=prefetch)
        else:
            iterator = self.messages.iterate_search(chat, "Hello", page_size=size)
        self.readings.append(Reading(way, iterator, prefetch))

    @precondition(lambda self: self.readings)
    @rule(pick=PICKS, count=st.integers(1, 12))
    def read(self, pick: int, count: int) -> None:
        reading = self.readings[pick % len(self.readings)]
        if reading.there is None:
            reading.there = self.alive()
        reading.found += self.reader.some(reading.iterator, count)

    @precondition(lambda self: self.readings)
    @rule(pick=PICKS)
    def finish(self, pick: int) -> None:
        reading = self.readings[pick % len(self.readings)]
        self.read(pick, 1_000)
        self.readings.remove(reading)
        assert reading.there is not None
        numbers = [message.sequence or 0 for message in reading.found]
        throughout = sorted(reading.there & self.alive(), reverse=reading.way in ("newest", "search"))
        if reading.way == "sync":
            assert {*throughout} <= {*numbers}
            instants = [message.updated_at for message in reading.found]
            assert all(a < b for a, b in pairwise(instants) if a and b)
            return
        assert [number for number in numbers if number in reading.there & self.alive()] == throughout
        assert len(set(numbers)) == len(numbers)
        if reading.way != "search":
            assert numbers == sorted(numbers, reverse=reading.way == "newest")

    @precondition(lambda self: self.readings)
    @rule(pick=PICKS)
    def leave(self, pick: int) -> None:
        reading = self.readings.pop(pick % len(self.readings))
        self.reader.close(reading.iterator)

    @rule(size=st.integers(1, 9))
    def catch_up(self, size: int) -> None:
        """If both iterators are read without interruption, they return the current state."""
        found = self.reader.rest(self.messages.iterate(self.chat.id, after_sequence=0, page_size=size))
        assert [message.sequence for message in found] == sorted(self.alive())
        since = datetime(2000, 1, 1, tzinfo=UTC)
        synced = self.reader.rest(self.messages.iterate_sync(self.chat.id, since, page_size=size))
        assert {message.sequence for message in synced} == self.sent.keys()
        assert len(synced) == len(self.sent)
        assert {message.sequence for message in synced if message.deleted_at} == self.deleted


class SyncPaging(Paging):
    kind = "sync"


class AsyncPaging(Paging):
    kind = "async"


TestSyncPaging = SyncPaging.TestCase
TestAsyncPaging = AsyncPaging.TestCase
TestSyncPaging.settings = TestAsyncPaging.settings = settings(examples(30), stateful_step_count=30)
