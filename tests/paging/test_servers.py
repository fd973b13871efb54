"""Servers that differ from the emulator: no message is lost, and every iteration ends."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from orbitconnect import UnreadableResponseError
from tests.paging.conftest import Reader, sequences
from tests.paging.server import BEGAN, SECOND, Server

MANY = [0] * 30 + [1] * 130 + [2] * 5 + [3] * 190 + [4]


def messages_of(reader: Reader, server: Server | httpx.MockTransport) -> Any:
    transport = server.transport if isinstance(server, Server) else server
    return reader.client(transport=transport, max_retries=0).as_user("usr_1").messages


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("inclusive", [False, True])
@pytest.mark.parametrize("size", [1, 40, 130, 500])
def test_sync_with_many_changes_in_one_second(reader: Reader, size: int, inclusive: bool, shuffled: bool) -> None:
    server = Server(MANY, inclusive=inclusive, shuffled=shuffled)
    found = reader.rest(messages_of(reader, server).iterate_sync("cnv_1", BEGAN - SECOND, page_size=size))
    assert [message.updated_at for message in found] == [BEGAN + second * SECOND for second in MANY]
    assert sorted(n for n in sequences(found) if n) == list(range(1, len(MANY) + 1))
    assert len(server.asked) < 60 + 3 * len(MANY) / size


def test_sync_with_a_message_that_changes_twice_in_one_second(reader: Reader) -> None:
    server = Server([0, 1, 1])
    iterator = messages_of(reader, server).iterate_sync("cnv_1", BEGAN, page_size=1)
    found = reader.some(iterator, 2)
    server.messages[0]["updated_at"] = server.messages[2]["updated_at"]
    assert sequences(found + reader.rest(iterator)) == [1, 2, 3, 1]


def test_sync_requests_only_what_it_needs(reader: Reader) -> None:
    server = Server([n // 4 for n in range(300)])
    assert len(reader.rest(messages_of(reader, server).iterate_sync("cnv_1", BEGAN, page_size=10))) == 300
    assert max(int(asked["limit"]) for asked in server.asked) <= 15


@pytest.mark.parametrize("last", [99, 100, 150, 199])
def test_sync_ends_with_many_changes_in_its_last_second(reader: Reader, last: int) -> None:
    server = Server([0] * 60 + [1] * last)
    found = reader.rest(messages_of(reader, server).iterate_sync("cnv_1", BEGAN + SECOND))
    assert sequences(found) == list(range(61, 61 + last))


@pytest.mark.parametrize("later", [0, 3])
@pytest.mark.parametrize("size", [10, 100, 200, 500])
def test_sync_fails_if_it_cannot_get_past_a_second(reader: Reader, size: int, later: int) -> None:
    server = Server([0] * 5 + [1] * 201 + [2] * later)
    iterator = messages_of(reader, server).iterate_sync("cnv_1", BEGAN, page_size=size)
    found = reader.some(iterator, 5 + 200)
    assert sequences(found) == list(range(1, 206))
    for _ in range(2):
        with pytest.raises(UnreadableResponseError, match=r"same time.*sync from a later time") as caught:
            reader.next(iterator)
        assert caught.value.operation == "syncMessages"
    rest = messages_of(reader, server).iterate_sync("cnv_1", BEGAN + 2 * SECOND)
    assert len(reader.rest(rest)) == later


def test_sync_limits_the_page_size(reader: Reader) -> None:
    class Endless(Server):
        def page(self, found: list[dict[str, Any]]) -> httpx.Response:
            return super().page(self.messages[:1] * int(self.asked[-1]["limit"]))

    server = Endless([0])
    iterator = messages_of(reader, server).iterate_sync("cnv_1", BEGAN)
    assert reader.next(iterator) is not None
    with pytest.raises(UnreadableResponseError, match="same time"):
        reader.next(iterator)
    assert max(int(asked["limit"]) for asked in server.asked) == 10_000


@pytest.mark.parametrize("cap", [1, 3, 20])
def test_a_low_cap_loses_nothing(reader: Reader, cap: int) -> None:
    server = Server([0] * 50, cap=cap)
    server.messages = [message for message in server.messages if message["sequence"] not in (50, 49, 20, 21, 22, 1)]
    expected = [message["sequence"] for message in server.messages]
    messages = messages_of(reader, server)
    assert sequences(reader.rest(messages.iterate("cnv_1", after_sequence=0))) == expected
    assert sequences(reader.rest(messages.iterate("cnv_1"))) == expected[::-1]
    assert sequences(reader.rest(messages.iterate("cnv_1", before_sequence=51, page_size=10))) == expected[::-1]


def test_search_without_a_cap(reader: Reader) -> None:
    server = Server([0] * 1_000, cap=1_000_000)
    found = reader.rest(messages_of(reader, server).iterate_search("cnv_1", "x"))
    assert sequences(found) == list(range(1_000, 0, -1))
    assert [asked["limit"] for asked in server.asked] == ["100", "200", "400", "800", "1600"]


def test_search_limits_the_page_size(reader: Reader) -> None:
    server = Server([0] * 12_000, cap=1_000_000)
    found = reader.rest(messages_of(reader, server).iterate_search("cnv_1", "x", page_size=4_000, limit=11_000))
    assert len(found) == 10_000
    assert [asked["limit"] for asked in server.asked] == ["4000", "8000", "10000"]


def test_search_on_a_server_that_ignores_the_limit(reader: Reader) -> None:
    class Deaf(Server):
        def answer(self, request: httpx.Request) -> httpx.Response:
            self.asked.append({})
            return self.page(self.messages[::-1])

    server = Deaf([0] * 120)
    found = reader.rest(messages_of(reader, server).iterate_search_global("x"))
    assert sequences(found) == list(range(120, 0, -1))
    assert len(server.asked) == 1


ALWAYS: dict[str, list[dict[str, Any]]] = {
    "same page": [{"id": f"msg_{n}", "sequence": n, "updated_at": BEGAN.isoformat()} for n in range(1, 101)],
    "wrong order": [
        {"id": f"msg_{n}", "sequence": n % 7, "updated_at": (BEGAN - n * SECOND).isoformat()} for n in range(1, 101)
    ],
    "nothing known": [{"id": f"msg_{n}", "sequence": None, "updated_at": "soon"} for n in range(1, 101)],
    "other types": [{"id": f"msg_{n}", "sequence": True, "updated_at": 7} for n in range(1, 101)],
}


@pytest.mark.parametrize("page", ALWAYS)
@pytest.mark.parametrize("prefetch", [False, True])
@pytest.mark.parametrize("way", ["oldest", "newest", "before", "sync"])
def test_a_server_that_always_returns_the_same_page(reader: Reader, way: str, prefetch: bool, page: str) -> None:
    body = json.dumps({"data": ALWAYS[page]}).encode()
    messages = messages_of(reader, httpx.MockTransport(lambda _: httpx.Response(200, content=body)))
    iterator = {
        "oldest": lambda: messages.iterate("cnv_1", after_sequence=0, prefetch=prefetch),
        "newest": lambda: messages.iterate("cnv_1", prefetch=prefetch),
        "before": lambda: messages.iterate("cnv_1", before_sequence=1_000, prefetch=prefetch),
        "sync": lambda: messages.iterate_sync("cnv_1", BEGAN, prefetch=prefetch),
    }[way]()
    with pytest.raises(UnreadableResponseError) as caught:
        reader.some(iterator, 1_000)
    assert caught.value.operation in ("listMessages", "syncMessages")
    reader.close(iterator)


def test_a_server_that_ignores_since(reader: Reader) -> None:
    class Deaf(Server):
        def changed(self, since: Any) -> list[dict[str, Any]]:
            return self.messages

    iterator = messages_of(reader, Deaf(list(range(300)))).iterate_sync("cnv_1", BEGAN, page_size=100)
    assert len(reader.some(iterator, 100)) == 100
    with pytest.raises(UnreadableResponseError, match="older than the requested time"):
        reader.next(iterator)


def test_a_server_that_rounds_since_down(reader: Reader) -> None:
    class Rounding(Server):
        def changed(self, since: Any) -> list[dict[str, Any]]:
            return super().changed(since.replace(microsecond=0))

    seconds = [n // 3 for n in range(300)]
    iterator = messages_of(reader, Rounding(seconds)).iterate_sync("cnv_1", BEGAN + timedelta(seconds=0.5))
    assert sequences(reader.rest(iterator)) == list(range(1, 301))
