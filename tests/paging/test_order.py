"""Tests with the emulator: every message is returned once, in order, even if messages are sent in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise

import pytest

from orbitconnect.emulator import Emulator, ManualClock, RunningClock, Snapshot
from tests.paging.conftest import Chat, Reader, sequences

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
SIZES = [1, 2, 3, 7, 50, 200, 1_000]


@lru_cache
def state(count: int, kept: frozenset[int]) -> Snapshot:
    """A chat in which most messages were deleted. Created once for all tests that only read it."""
    with Emulator(clock=ManualClock(), seed=1) as emulator:
        chat = Chat(emulator)
        for message in chat.send(count):
            if message.sequence not in kept:
                chat.delete(message.id)
        return emulator.snapshot()


@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_all_messages_in_both_directions(chat: Chat, reader: Reader, size: int, prefetch: bool) -> None:
    count = 420 if size >= 50 else 30
    chat.emulator.restore(state(count, frozenset(n for n in range(1, count + 1) if n % 7 != 1)))
    kept = chat.messages.list(chat.id, limit=200, after_sequence=0)
    while newer := chat.messages.list(chat.id, limit=200, after_sequence=kept[-1].sequence):
        kept += newer
    messages = reader.of(chat.emulator).as_user(chat.bob).messages

    def read(**options: int) -> list[int | None]:
        return sequences(reader.rest(messages.iterate(chat.id, page_size=size, prefetch=prefetch, **options)))

    everything = sequences(kept)
    assert read(after_sequence=0) == everything
    assert read() == everything[::-1]
    middle = count // 2
    assert read(after_sequence=middle) == [n for n in everything if n > middle]
    assert read(before_sequence=middle) == [n for n in everything[::-1] if n < middle]
    assert read(before_sequence=1) == read(before_sequence=0) == read(after_sequence=count) == []
    assert read(before_sequence=10 * count) == everything[::-1]
    assert read(after_sequence=3, limit=5) == [n for n in everything if n > 3][:5]
    assert read(limit=12) == everything[::-1][:12]


@pytest.mark.parametrize("kept", [range(1, 2), range(300, 301), range(1, 301, 40), range(150, 260), range(0)])
@pytest.mark.parametrize("size", [1, 10, 100])
def test_newest_first_skips_long_gaps_of_deleted_messages(chat: Chat, reader: Reader, kept: range, size: int) -> None:
    chat.emulator.restore(state(300, frozenset(kept)))
    chat.requests()
    iterator = reader.of(chat.emulator).messages.iterate(chat.id, page_size=size, acting_user_id=chat.alice)
    assert sequences(reader.rest(iterator)) == list(kept)[::-1]
    assert chat.requests() <= 3 * len(kept) / size + 25


def test_newest_first_leaves_out_messages_sent_later(chat: Chat, reader: Reader) -> None:
    chat.send(10)
    iterator = reader.of(chat.emulator).as_user(chat.alice).messages.iterate(chat.id, page_size=3)
    found = reader.some(iterator, 4)
    chat.send(5)
    assert sequences(found + reader.rest(iterator)) == list(range(10, 0, -1))


def test_newest_first_continues_if_returned_messages_are_deleted(chat: Chat, reader: Reader) -> None:
    sent = chat.send(40)
    iterator = reader.of(chat.emulator).as_user(chat.alice).messages.iterate(chat.id, page_size=5)
    found = reader.some(iterator, 5)
    for message in sent[20:]:
        chat.delete(message.id)
    found += reader.rest(iterator)
    assert sequences(found) == [*range(40, 35, -1), *range(20, 0, -1)]


def test_oldest_first_includes_messages_sent_later(chat: Chat, reader: Reader) -> None:
    sent = chat.send(4)
    iterator = reader.of(chat.emulator).as_user(chat.alice).messages.iterate(chat.id, after_sequence=0, page_size=2)
    found = reader.some(iterator, 2)
    chat.delete(sent[0].id)
    chat.delete(sent[2].id)
    chat.send(3)
    assert sequences(found + reader.rest(iterator)) == [1, 2, 4, 5, 6, 7]


@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize("size", [1, 2, 5, 500])
def test_sync_returns_every_change(chat: Chat, reader: Reader, size: int, prefetch: bool) -> None:
    sent = chat.send(30)
    chat.messages.edit(sent[3].id, "Changed")
    chat.delete(sent[5].id)
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    iterator = messages.iterate_sync(chat.id, BEGINNING, page_size=size, prefetch=prefetch)
    order = [n for n in range(1, 31) if n not in (4, 6)] + [4, 6]
    found = reader.rest(iterator)
    assert sequences(found) == order
    assert found[-2].content == "Changed"
    assert found[-1].deleted_at is not None
    # A new iterator that starts where this one ended returns only the last message again.
    again = messages.iterate_sync(chat.id, found[-1].updated_at, page_size=size, limit=3)
    assert sequences(reader.rest(again)) == [6]


def test_sync_returns_a_message_again_that_changed_in_the_meantime(chat: Chat, reader: Reader) -> None:
    sent = chat.send(6)
    messages = reader.of(chat.emulator).as_user(chat.alice).messages
    iterator = messages.iterate_sync(chat.id, BEGINNING, page_size=2)
    found = reader.some(iterator, 2)
    chat.messages.edit(sent[0].id, "Changed")
    chat.messages.edit(sent[4].id, "Changed")
    found += reader.rest(iterator)
    assert sequences(found) == [1, 2, 3, 4, 6, 1, 5]
    assert [message.content for message in found[-2:]] == ["Changed", "Changed"]


@pytest.mark.parametrize("scope", ["iterate_search", "iterate_search_global"])
def test_search_requests_more(chat: Chat, reader: Reader, scope: str) -> None:
    chat.send(150, "needle")
    chat.send(10, "hay")
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    where = (chat.id,) if scope == "iterate_search" else ()
    for size in (1, 20, 150, 500):
        chat.requests()
        assert sequences(reader.rest(getattr(messages, scope)(*where, "needle", page_size=size))) == [
            *range(150, 0, -1)
        ]
        assert chat.requests() <= 9
    assert sequences(reader.rest(getattr(messages, scope)(*where, "needle", page_size=4, limit=9))) == [
        *range(150, 141, -1)
    ]


def test_search_ends_at_the_servers_cap(chat: Chat, reader: Reader) -> None:
    chat.send(230, "needle")
    found = reader.rest(reader.of(chat.emulator).as_user(chat.bob).messages.iterate_search(chat.id, "needle"))
    assert sequences(found) == list(range(230, 30, -1))


def test_search_loses_nothing_if_messages_are_sent_and_deleted(chat: Chat, reader: Reader) -> None:
    sent = chat.send(40, "needle")
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    iterator = messages.iterate_search(chat.id, "needle", page_size=10)
    found = reader.some(iterator, 10)
    chat.send(5, "needle")
    for message in sent[28:34]:
        chat.delete(message.id)
    found += reader.rest(iterator)
    old = [n for n in sequences(found) if n is not None and n <= 40]
    assert old == [*range(40, 30, -1), *range(28, 0, -1)]
    assert len(set(sequences(found))) == len(found)


@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize("way", ["oldest", "newest", "sync"])
def test_while_another_thread_writes(reader: Reader, way: str, prefetch: bool) -> None:
    with Emulator(clock=RunningClock(), seed=1) as emulator:
        chat = Chat(emulator)
        first = chat.send(150)
        doomed = {message.id for message in first[::5]}
        done = threading.Event()

        def write() -> None:
            for message_id in doomed:
                if done.is_set():
                    break
                chat.messages.send(conversation_id=chat.id, content="More")
                chat.delete(message_id)

        messages = reader.of(emulator).as_user(chat.bob).messages
        iterators: dict[str, Callable[[], object]] = {
            "oldest": lambda: messages.iterate(chat.id, after_sequence=0, page_size=7, prefetch=prefetch),
            "newest": lambda: messages.iterate(chat.id, page_size=7, prefetch=prefetch),
            "sync": lambda: messages.iterate_sync(chat.id, BEGINNING, page_size=7, prefetch=prefetch),
        }
        writer = threading.Thread(target=write)
        writer.start()
        try:
            found = reader.rest(iterators[way]())
        finally:
            done.set()
            writer.join()
    kept = [message.sequence for message in first if message.id not in doomed]
    assert [message.sequence for message in found if message.sequence in set(kept)] == (
        kept[::-1] if way == "newest" else kept
    )
    if way == "sync":
        assert all(a.updated_at < b.updated_at for a, b in pairwise(found) if a.updated_at and b.updated_at)
    else:
        assert len({message.id for message in found}) == len(found)
