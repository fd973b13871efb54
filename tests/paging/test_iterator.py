"""The iterators' arguments, errors, closing and memory use."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from orbitconnect import NotFoundError, OrbitServer, ServerError
from orbitconnect.emulator import Status
from tests.paging.conftest import Chat, Reader, sequences
from tests.paging.server import BEGAN, Server


def ways(messages: Any, chat: str, **options: Any) -> dict[str, Callable[..., Any]]:
    """Functions that create each of the iterators."""
    return {
        "oldest": lambda **more: messages.iterate(chat, after_sequence=0, **options, **more),
        "newest": lambda **more: messages.iterate(chat, **options, **more),
        "sync": lambda **more: messages.iterate_sync(chat, datetime(2000, 1, 1, tzinfo=UTC), **options, **more),
        "search": lambda **more: messages.iterate_search(chat, "Hello", **options, **more),
        "search globally": lambda **more: messages.iterate_search_global("Hello", **options, **more),
    }


WAYS = tuple(ways(None, ""))
PREFETCHING = WAYS[:3]


@pytest.mark.parametrize("way", WAYS)
def test_the_acting_user(chat: Chat, reader: Reader, way: str) -> None:
    chat.send(3)
    client = reader.of(chat.emulator)
    assert len(reader.rest(ways(client.messages, chat.id, acting_user_id=chat.bob)[way]())) == 3
    assert len(reader.rest(ways(client.as_user(chat.bob).messages, chat.id)[way]())) == 3
    assert {entry.actor for entry in chat.emulator.journal.entries[-2:]} == {chat.bob}
    chat.requests()
    with pytest.raises(ValueError, match="acting_user_id"):
        reader.next(ways(client.messages, chat.id)[way]())
    assert chat.requests() == 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("limit", -1, ValueError),
        ("limit", 1.0, TypeError),
        ("limit", True, TypeError),
        ("page_size", 0, ValueError),
        ("page_size", "5", TypeError),
    ],
)
def test_invalid_numbers_raise_when_they_are_passed(way: str, name: str, value: Any, error: type[Exception]) -> None:
    messages = OrbitServer("sk_test_x").as_user("usr_1").messages
    with pytest.raises(error, match=name):
        ways(messages, "cnv_1")[way](**{name: value})


def test_invalid_starts_raise_when_they_are_passed() -> None:
    messages = OrbitServer("sk_test_x").as_user("usr_1").messages
    for name in ("after_sequence", "before_sequence"):
        with pytest.raises(ValueError, match=name):
            messages.iterate("cnv_1", **{name: -1})
        with pytest.raises(TypeError, match=name):
            messages.iterate("cnv_1", **{name: "1"})
    with pytest.raises(ValueError, match="not both"):
        messages.iterate("cnv_1", after_sequence=1, before_sequence=9)
    with pytest.raises(ValueError, match="conversation_id"):
        messages.iterate("..")
    with pytest.raises(ValueError, match="since"):
        messages.iterate_sync("cnv_1", datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("way", WAYS)
def test_a_limit_also_limits_the_requests(chat: Chat, reader: Reader, way: str) -> None:
    chat.send(8)
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    chat.requests()
    assert reader.rest(ways(messages, chat.id)[way](limit=0)) == []
    assert chat.requests() == 0
    assert len(reader.rest(ways(messages, chat.id)[way](limit=5))) == 5
    [entry] = chat.emulator.journal.entries
    assert "limit=5" in entry.query
    assert len(reader.rest(ways(messages, chat.id, page_size=2)[way](limit=3))) == 3
    assert len(reader.rest(ways(messages, chat.id)[way](limit=9))) == 8


@pytest.mark.parametrize(("way", "prefetch"), [*((way, False) for way in WAYS), *((way, True) for way in PREFETCHING)])
def test_after_an_error_it_continues_where_it_stopped(chat: Chat, reader: Reader, way: str, prefetch: bool) -> None:
    chat.send(9)
    messages = reader.of(chat.emulator, max_retries=0).as_user(chat.bob).messages
    options = {"page_size": 4, **({"prefetch": True} if prefetch else {})}
    chat.emulator.faults.add(Status(503), nth=2, times=2)
    iterator = ways(messages, chat.id, **options)[way]()
    found = reader.some(iterator, 4)
    for _ in range(2):
        with pytest.raises(ServerError):
            reader.next(iterator)
    chat.emulator.faults.check_used()
    found += reader.rest(iterator)
    assert sequences(found) == [*range(1, 10)][:: 1 if way in ("oldest", "sync") else -1]


def test_an_error_of_the_first_page(chat: Chat, reader: Reader) -> None:
    iterator = reader.of(chat.emulator).messages.iterate("cnv_nowhere", acting_user_id=chat.bob)
    for _ in range(2):
        with pytest.raises(NotFoundError):
            reader.next(iterator)


@pytest.mark.parametrize("way", WAYS)
def test_an_iterator_that_ended_stays_ended(chat: Chat, reader: Reader, way: str) -> None:
    iterator = ways(reader.of(chat.emulator).as_user(chat.bob).messages, chat.id)[way]()
    assert reader.rest(iterator) == []
    chat.send(2)
    assert reader.next(iterator) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_closed_iterator_has_ended(chat: Chat, reader: Reader, way: str) -> None:
    chat.send(5)
    iterator = ways(reader.of(chat.emulator).as_user(chat.bob).messages, chat.id)[way]()
    assert reader.next(iterator) is not None
    chat.requests()
    reader.close(iterator)
    reader.close(iterator)
    assert reader.next(iterator) is None
    assert chat.requests() == 0


def test_nothing_is_fetched_before_it_is_needed(chat: Chat, reader: Reader) -> None:
    chat.send(10)
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    chat.requests()
    iterator = messages.iterate(chat.id, page_size=5)
    assert chat.requests() == 0
    reader.some(iterator, 5)
    assert chat.requests() == 1
    reader.some(iterator, 1)
    assert chat.requests() == 1


class Long(Server):
    """A conversation so long that its messages are created on request."""

    def __init__(self, count: int) -> None:
        super().__init__([])
        self.count = count

    def answer(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        if "since" in query:
            since = datetime.fromisoformat(query["since"])
            start = max(0, -int((BEGAN - since).total_seconds() // 1))
            numbers = range(start + 1, self.count + 1)
        elif "after_sequence" in query:
            numbers = range(int(query["after_sequence"]) + 1, self.count + 1)
        else:
            numbers = range(self.count, 0, -1)
        made = [
            {
                "id": f"msg_{n}",
                "sequence": n,
                "updated_at": datetime.fromtimestamp(BEGAN.timestamp() + n, UTC).isoformat(),
            }
            for n in numbers[: int(query["limit"])]
        ]
        return httpx.Response(200, content=json.dumps({"data": made}).encode())


@pytest.mark.parametrize("way", PREFETCHING)
def test_memory_does_not_grow_with_the_conversation(way: str) -> None:
    def peak(count: int) -> int:
        with OrbitServer("sk_test_x", transport=httpx.MockTransport(Long(count).answer)) as orbit:
            iterator = ways(orbit.as_user("u").messages, "cnv_1")[way]()
            gc.collect()
            tracemalloc.start()
            try:
                assert sum(1 for _ in iterator) == count
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(300)  # Import and cache everything before measuring.
    # An iterator that keeps all messages takes 3.3 MB more. Garbage that is not collected yet takes up to 0.4 MB.
    assert peak(6_000) < peak(600) + 1_000_000
