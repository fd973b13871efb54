"""Whether the emulator stays as fast as its data grow, and how much memory they take.

Compares an emulator that contains little with one that contains much: 10^5 users and 10^6 messages.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.emulator_server import resident
from benchmarks.filled import Size, fill, filling, id_of
from benchmarks.growing import LISTS, OPERATIONS, Filled
from benchmarks.measure import Measured, ratios
from benchmarks.report import Panel, Picture, Report, Table, surroundings
from orbitconnect.emulator import Emulator, EmulatorRequest, EmulatorResponse, ManualClock
from orbitconnect.emulator.store import MEMORY, Store

SUBSCRIPTIONS: Final = (0, 1, 10, 1_000)
_MANY: Final = f"messages.send with {SUBSCRIPTIONS[-1]:,} subscriptions, milliseconds"
_SHOWN: Final = 12
"""The number of operations in the chart."""
DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "emulator.md"
BEGIN: Final = "<!-- Written by `make bench` from here -->\n"
END: Final = "<!-- to here. -->\n"

_WEBHOOK: Final = (
    "INSERT INTO webhooks (id, url, secret, paused_until, created_at, updated_at)"
    " VALUES (?, 'http://127.0.0.1:9/', 'whsec_growth', 1000000000000000000, 0, 0)"
)
"""A webhook that is paused, so that no delivery is attempted."""
_SUBSCRIPTION: Final = "INSERT INTO subscriptions (id, webhook_id, event_type, created_at) VALUES (?, ?, '*', 0)"

_ENTITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "user": ("users",),
    "conversation of two users": ("conversations", "participants"),
    "message of 30 characters": ("messages",),
    "receipt of a message": ("receipts",),
    "reaction": ("reactions",),
    "event": ("events",),
    "delivery with one attempt": ("deliveries", "delivery_attempts"),
    "call": ("calls",),
    "meeting of two users": ("meetings", "meeting_participants"),
    "file, without its bytes": ("media", "uploads"),
    "session": ("sessions",),
    "charge with its transaction": ("usage_events", "transactions"),
}
"""The tables that contain the rows of each."""


def run(*, quick: bool) -> Report:
    """Measure memory, operations, lists, and sends with subscriptions."""
    # In a new process, because this one may reuse memory that other benchmarks have freed.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
        memory = fresh.submit(_memory, Size(2_000, 2_000) if quick else Size(20_000, 100_000)).result()
    if not quick:
        text = DOCUMENT.read_text()
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}{memory.markdown()}{END}{after}")
    large = Size(10_000, 100_000) if quick else Size(100_000, 1_000_000)
    growth = _growth(Size(1_000, 10_000), large, 3 if quick else 15)
    subscriptions, request = _subscriptions(5 if quick else 21)
    values = {**growth.values, _MANY: request}
    return Report([*growth.tables, subscriptions, memory], growth.pictures, values)


class _Timed(Emulator):
    """An emulator that adds up the time that it takes for requests."""

    processor: float = 0
    elapsed: float = 0

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        processor, elapsed = time.thread_time(), time.perf_counter()
        response = super().handle(request)
        self.processor += time.thread_time() - processor
        self.elapsed += time.perf_counter() - elapsed
        return response


def _store(emulator: Emulator) -> Store:
    return emulator._store  # pyright: ignore[reportPrivateUsage]  # To write rows without requests.


class _Target(NamedTuple):
    """A filled emulator, and what the operations are about."""

    emulator: _Timed
    filled: Filled

    def seconds(self, operation: Callable[[Filled], object]) -> float:
        """The processor time that the emulator takes for the requests of an operation."""
        self.emulator.processor = 0
        operation(self.filled)
        return self.emulator.processor


def _target(size: Size) -> _Target:
    emulator = _Timed(clock=ManualClock(datetime(2026, 1, 5, tzinfo=UTC)), seed=1)
    fill(_store(emulator), size)
    return _Target(emulator, Filled(emulator.client(), size))


def _growth(small: Size, large: Size, repetitions: int) -> Report:
    values: dict[str, Measured] = {}
    targets = [_target(size) for size in (small, large)]
    operations, lists = [], []
    for name, operation in OPERATIONS.items():
        # In turns, so that both run under the same conditions.
        times = [[target.seconds(operation) for target in targets] for _ in range(repetitions)]
        few, many = zip(*times, strict=True)
        ratio = values[name] = ratios(many, few)
        medians = (f"{statistics.median(column) * 1e3:.2f} ms" for column in (few, many))
        operations.append([name, *medians, f"{ratio.median:.2f}"])
    for name, list_all in LISTS.items():
        per_row = [target.seconds(list_all) / len(list_all(target.filled)) for target in targets]
        ratio = values[name] = Measured.of([per_row[1] / per_row[0]])
        lists.append([name, *(f"{seconds * 1e6:.1f} µs" for seconds in per_row), f"{ratio.median:.2f}"])
    for target in targets:
        target.filled.orbit.close()
        target.emulator.close()
    columns = ["", *(f"{size.users:,} users, {size.messages:,} messages" for size in (small, large)), "ratio"]
    note = "The index for searching needs longer for a rare text, because each part of the text is in more messages."
    tables = [
        Table("Processor time of the emulator for each operation", columns, operations, note),
        Table("The same for each row of a list that has no pages in the contract", columns, lists),
    ]
    return Report(tables, [_picture(values, small, large)], values)


def _picture(values: Mapping[str, Measured], small: Size, large: Size) -> Picture:
    slowest = sorted(values, key=lambda name: -values[name].median)[:_SHOWN]
    return Picture(
        "emulator-growth",
        f"The {_SHOWN} operations of the emulator that slow down most",
        f"processor time with {large.users:,} users and {large.messages:,} messages; "
        f"{small.users:,} and {small.messages:,} = 1; less is better",
        [Panel("", {name: values[name].median for name in slowest})],
        surroundings(),
    )


def _subscriptions(repetitions: int) -> tuple[Table, Measured]:
    """Send messages while webhooks are subscribed, and wait for the deliveries after each."""
    rows = []
    for count in SUBSCRIPTIONS:
        with _Timed(clock=ManualClock(), seed=1) as emulator, emulator.client() as orbit:
            _subscribe(_store(emulator), count)
            messages, chat = orbit.as_user(id_of("usr", 1)).messages, id_of("cnv", 1)
            times = []
            for _ in range(repetitions):
                emulator.processor = emulator.elapsed = 0
                messages.send(conversation_id=chat, content="One more")
                began = time.perf_counter()
                emulator.settle(60)
                times.append((emulator.processor, emulator.elapsed, time.perf_counter() - began))
            columns = zip(*times, strict=True)
            processor, elapsed, until_all = (Measured.of([value * 1e3 for value in column]) for column in columns)
            rows.append([f"{count:,}", *(f"{value.median:.2f} ms" for value in (processor, elapsed, until_all))])
    titles = ["subscribed webhooks", "processor time of the request", "elapsed", "then, until all deliveries exist"]
    return Table("Sending a message to whose event webhooks are subscribed", titles, rows), elapsed


def _subscribe(store: Store, count: int) -> None:
    fill(store, Size(10, 100))
    with store.transaction():
        for number in range(1_000, 1_000 + count):
            store.run(_WEBHOOK, (id_of("whk", number),))
            store.run(_SUBSCRIPTION, (id_of("sub", number), id_of("whk", number)))


def _memory(size: Size) -> Table:
    before = resident(os.getpid())
    pages, counts = _bytes_of_tables(MEMORY, size)
    # SQLite needs memory of its own for each page.
    factor = (resident(os.getpid()) - before) / pages.total()
    with tempfile.TemporaryDirectory() as folder:
        in_file, _ = _bytes_of_tables(f"{folder}/state.db", size)
    rows = []
    for name, tables in _ENTITIES.items():
        count = counts[tables[0]]
        memory, file = (sum(sizes[table] for table in tables) / count for sizes in (pages, in_file))
        rows.append([name, f"{memory * factor:,.0f} bytes", f"{file:,.0f} bytes"])
    return Table("Memory and disk space for each", ["", "in memory", "in a file"], rows)


def _bytes_of_tables(path: str, size: Size) -> tuple[Counter[str], Counter[str]]:
    """The bytes of each table with its indexes, and the number of its rows."""
    store, sizes, counts = Store(path, seed=1), Counter[str](), Counter[str]()
    page, before = store.count("PRAGMA page_size"), store.count("PRAGMA page_count")
    for table, rows in filling(store, size):
        after = store.count("PRAGMA page_count")
        sizes[table] += (after - before) * page
        counts[table] += rows
        before = after
    store.close()
    return sizes, counts
