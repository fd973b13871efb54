"""Whether iterators miss or repeat messages while another client writes, and the time that prefetching saves."""

from __future__ import annotations

import asyncio
import random
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import httpx

from benchmarks.report import Report, Table
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import Emulator
from orbitconnect_api.models.message import Message

PAGE = 100
PAUSE = 0.02
"""The seconds that a request takes, and the seconds that the caller needs to process a page."""


def run(*, quick: bool) -> Report:
    """Read a conversation while another client writes, and then read one with a pause after each page."""
    return Report([_while_writing(5_000 if quick else 100_000), _prefetch(10 if quick else 50)], [])


class _Writer:
    """Another client in a thread, which alternately sends a message and deletes an old one."""

    def __init__(self, emulator: Emulator, chat: str, user: str, ids: dict[int, str]) -> None:
        self._messages = emulator.client().as_user(user).messages
        self._chat = chat
        self._ids = ids
        self._left = list(ids)
        random.Random(1).shuffle(self._left)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.deleted: set[int] = set()

    def __enter__(self) -> _Writer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        while self._left and not self._stop.is_set():
            self._messages.send(conversation_id=self._chat, content="One more")
            number = self._left.pop()
            self._messages.delete(self._ids[number])
            self.deleted.add(number)


def _while_writing(count: int) -> Table:
    rows = []
    with Emulator() as emulator, closing(emulator.client()) as orbit:
        alice, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob"))
        messages = orbit.as_user(alice).messages
        chat = orbit.conversations.create(type="direct", participant_id=bob, acting_user_id=alice).id
        for number in range(count):
            messages.send(conversation_id=chat, content=f"Message {number}")

        def by_offset() -> Iterator[Message]:
            offset = 0
            while page := messages.list(chat, limit=PAGE, offset=offset):
                yield from page
                offset += len(page)

        ways: dict[str, Callable[[], Iterable[Message]]] = {
            "iterate, newest first": lambda: messages.iterate(chat),
            "iterate, oldest first": lambda: messages.iterate(chat, after_sequence=0),
            "iterate, oldest first, prefetch": lambda: messages.iterate(chat, after_sequence=0, prefetch=True),
            "iterate_sync": lambda: messages.iterate_sync(chat, datetime(2000, 1, 1, tzinfo=UTC)),
            "list with offset, for comparison": by_offset,
        }
        for name, way in ways.items():
            ids = {message.sequence or 0: message.id for message in messages.iterate(chat)}
            returned = bytearray(3 * count)  # times that each message was returned; uses less memory than a dict
            tracemalloc.start()
            total = 0
            with _Writer(emulator, chat, alice, ids) as writer:
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                for message in way():
                    total += 1
                    number = message.sequence or 0
                    if number < len(returned) and not (name == "iterate_sync" and message.deleted_at):
                        returned[number] = min(returned[number] + 1, 255)
                peak = tracemalloc.get_traced_memory()[1] - before
            tracemalloc.stop()
            throughout = ids.keys() - writer.deleted
            missed = sum(not returned[number] for number in throughout)
            doubled = sum(times > 1 for times in returned)
            rows.append(
                [
                    name,
                    f"{total:,}",
                    f"{2 * len(writer.deleted):,}",
                    f"{missed:,}",
                    f"{doubled:,}",
                    f"{peak / 1e6:.1f} MB",
                ]
            )
    return Table(
        f"A conversation of {count:,} messages, read while another client sends and deletes",
        ["", "returned", "concurrent writes", "missed", "doubled", "peak memory"],
        rows,
        "A message counts as missed if it existed during the whole iteration and was not returned. The peak memory "
        "includes the reader, the writer and the in-process emulator.",
    )


class _SlowTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Connects to an emulator and delays each request."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        time.sleep(PAUSE)
        return self._emulator.transport.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(PAUSE)
        return await self._emulator.async_transport.handle_async_request(request)


def _prefetch(pages: int) -> Table:
    with Emulator() as emulator, closing(emulator.client()) as orbit:
        alice, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob"))
        chat = orbit.conversations.create(type="direct", participant_id=bob, acting_user_id=alice).id
        for number in range(pages * PAGE):
            orbit.messages.send(conversation_id=chat, content=f"Message {number}", acting_user_id=alice)

        def read(*, prefetch: bool) -> float:
            with OrbitServer("sk_test_slow", transport=_SlowTransport(emulator)) as slow:
                began = time.perf_counter()
                for number, _ in enumerate(slow.as_user(bob).messages.iterate(chat, prefetch=prefetch), 1):
                    if number % PAGE == 0:
                        time.sleep(PAUSE)
                return time.perf_counter() - began

        async def read_async(*, prefetch: bool) -> float:
            async with AsyncOrbitServer("sk_test_slow", transport=_SlowTransport(emulator)) as slow:
                began, number = time.perf_counter(), 0
                async for _ in slow.as_user(bob).messages.iterate(chat, prefetch=prefetch):
                    number += 1
                    if number % PAGE == 0:
                        await asyncio.sleep(PAUSE)
                return time.perf_counter() - began

        rows = []
        for name, one, other in (
            ("OrbitServer", read(prefetch=False), read(prefetch=True)),
            ("AsyncOrbitServer", asyncio.run(read_async(prefetch=False)), asyncio.run(read_async(prefetch=True))),
        ):
            rows.append([name, f"{one:.2f} s", f"{other:.2f} s", f"{other / one:.2f}"])
    title = f"{pages} pages of {PAGE} messages; a request and processing a page take {PAUSE * 1e3:.0f} ms each"
    return Table(title, ["", "without prefetch", "with prefetch", "ratio"], rows)


if __name__ == "__main__":
    for table in run(quick=False).tables:
        print(f"\n{table.markdown()}", end="")
