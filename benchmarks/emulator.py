"""The time for a call to the in-process emulator, for a page of a long conversation, and for creating an emulator."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

import httpx

from benchmarks import server
from benchmarks.contestants import BASE, PLAIN_PATH
from benchmarks.measure import Measured, processor_seconds, ratios, rounds
from benchmarks.report import Report, Table
from orbitconnect.emulator import Emulator

CALLS = 200
PAGE = 100
_IN_PROCESS = "Emulator, in-process"


def run(*, quick: bool) -> Report:
    """Measure calls, pages and creating an emulator."""
    calls, ratio = _calls(7 if quick else 31)
    tables = [calls, _long_conversation(2_000 if quick else 100_000), _construction()]
    return Report(tables, [], {"users.get": ratio})


def _calls(repetitions: int) -> tuple[Table, Measured]:
    """Compare `users.get` against the emulator with plain httpx and a canned response over loopback."""
    with (
        server.running() as origins,
        httpx.Client(trust_env=False) as plain,
        Emulator() as emulator,
        closing(emulator.client()) as orbit,
    ):
        url = origins.plain + PLAIN_PATH
        user_id = orbit.users.create(external_id="customer-1", display_name="Ada Lovelace").id

        def naive() -> None:
            for _ in range(CALLS):
                plain.get(url).json()

        def emulated() -> None:
            for _ in range(CALLS):
                orbit.users.get(user_id)

        turns = {
            BASE: lambda: processor_seconds(naive) / CALLS,
            _IN_PROCESS: lambda: processor_seconds(emulated) / CALLS,
        }
        seconds = rounds(turns, repetitions)
    compared = {name: ratios(values, seconds[BASE]) for name, values in seconds.items()}
    rows = [
        [name, f"{Measured.of(seconds[name]).median * 1e6:.0f} µs ({ratio.median:.2f})"]
        for name, ratio in compared.items()
    ]
    title = f"users.get, compared with {BASE} and a canned response over loopback"
    return Table(title, ["", "processor time"], rows), compared[_IN_PROCESS]


def _long_conversation(count: int) -> Table:
    """Compare pages from the middle and the end of a long conversation with its first page."""
    with Emulator() as emulator, closing(emulator.client()) as orbit:
        alice, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob"))
        messages = orbit.as_user(alice).messages
        chat = orbit.conversations.create(type="direct", participant_id=bob, acting_user_id=alice).id
        began = time.perf_counter()
        instants = []
        for number in range(count):
            sent = messages.send(conversation_id=chat, content=f"Message {number} about topic {number % 997:03d}")
            assert sent.created_at is not None
            instants.append(sent.created_at)
        took = (time.perf_counter() - began) / count * 1e6
        starts = (0, count // 2, count - PAGE)
        pages: dict[str, Sequence[Callable[[], object]]] = {
            "list by offset": [partial(messages.list, chat, limit=PAGE, offset=at) for at in starts],
            "list after a sequence": [partial(messages.list, chat, limit=PAGE, after_sequence=at) for at in starts],
            "sync": [partial(messages.sync, chat, instants[at], limit=PAGE) for at in starts],
            "search": [
                partial(messages.search, chat, text, limit=PAGE) for text in ("Message", "topic 996", "Message 7 ")
            ],
        }
        rows = []
        for name, variants in pages.items():
            times = [_milliseconds(variant) for variant in variants]
            rows.append([name, f"{times[0]:.2f} ms", f"{max(times):.2f} ms", f"{max(times) / times[0]:.2f}"])
    title = f"Pages of a conversation with {count:,} messages ({took:.0f} µs to send one)"
    return Table(title, ["", "first page", "slowest page", "ratio"], rows)


def _construction() -> Table:
    Emulator().close()
    milliseconds = _milliseconds(lambda: Emulator().close())
    return Table("Creating an emulator, in-process", ["", "time"], [["Emulator()", f"{milliseconds:.2f} ms"]])


def _milliseconds(call: Callable[[], object]) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(15):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e3
