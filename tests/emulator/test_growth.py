"""The emulator does as little work for a request if it contains much as if it contains little."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, NamedTuple

import pytest

from benchmarks.filled import Size, fill
from benchmarks.growing import LISTS, OPERATIONS, Filled
from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect.emulator.server.control.deliveries import deliveries_with_attempts
from orbitconnect.emulator.server.emulator_access import reading
from orbitconnect.emulator.store import check_database, opened
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.instructions import instructions
from tests.emulator.test_every_method import Story
from tests.for_each import for_each

SMALL, LARGE = Size(users=100, messages=2_400), Size(users=3_000, messages=48_000)
"""In both, the search of the longest conversation uses the index."""

MOST: Final = 1.5
"""How many times as much work a request may cause in the larger emulator. An index becomes a little deeper."""


class Target(NamedTuple):
    """An emulator with many rows, and what its operations are about."""

    emulator: Emulator
    filled: Filled


@contextmanager
def target(size: Size) -> Iterator[Target]:
    with Emulator(clock=ManualClock(datetime(2026, 1, 5, tzinfo=UTC)), seed=1) as emulator:
        fill(emulator._store, size)
        with emulator.client() as orbit:
            yield Target(emulator, Filled(orbit, size))


@pytest.fixture(scope="module")
def small() -> Iterator[Target]:
    with target(SMALL) as small:
        yield small


@pytest.fixture(scope="module")
def large() -> Iterator[Target]:
    with target(LARGE) as large:
        yield large


def test_the_rows_are_valid(small: Target) -> None:
    with opened(small.emulator._store.copy()) as db:
        check_database(db)


def work(target: Target, operation: Callable[[Filled], object]) -> int:
    """The work for an operation that is not the first of its kind."""
    operation(target.filled)
    return instructions(target.emulator._store, lambda: operation(target.filled))


@for_each("name", OPERATIONS)
def test_operations(small: Target, large: Target, name: str) -> None:
    operation = OPERATIONS[name]
    assert 0 < work(large, operation) <= MOST * work(small, operation)


@for_each("name", LISTS)
def test_lists_without_pages(small: Target, large: Target, name: str) -> None:
    """They do as much work for each row."""
    list_all = LISTS[name]
    for_each_row = [work(target, list_all) / len(list_all(target.filled)) for target in (small, large)]
    assert 0 < for_each_row[1] <= MOST * for_each_row[0]


CONSTANT: Final = frozenset({"emulator", "wallet", "invoice_years"})
"""Tables that do not grow."""

SCANS: Final = {
    "SELECT * FROM users ORDER BY n": "The response has all users: the contract has no pages.",
    "SELECT * FROM users WHERE is_active": "The same. The index contains only active users.",
    "SELECT * FROM webhooks WHERE deleted_at IS NULL": "The same. The index contains only webhooks that exist.",
    "SELECT * FROM transactions": "The response has all transactions.",
    "SELECT * FROM invoices": "The response has all invoices.",
    "SELECT * FROM invoice_lines ORDER BY": "The response has the lines of all invoices.",
    "SELECT * FROM billing_alerts ORDER BY": "The response has all alerts.",
    "SELECT * FROM usage_days": "The response has all days.",
    "SELECT * FROM usage_events ORDER BY": "`Emulator.usage_events()` returns all of them.",
    "SELECT id FROM invoices WHERE issued_at": "The index contains only unpaid invoices, and all of them are paid.",
    "SELECT e.id, e.type, e.source": "It stops after the newest 1000 events.",
    "SELECT 1 FROM fan_outs LIMIT 1": "It stops after one row.",
    "SELECT f.n, f.event_id": "It stops after one row.",
    "SELECT id FROM deliveries WHERE true": "It stops after the newest deliveries with the status.",
    "SELECT m.* FROM messages m WHERE instr(m.folded": "The index has no texts of one or two characters. It stops after"
    " a page.",
}
"""The queries that walk over a growing table, by their beginning, with the reason why each may."""

_STATEMENT: Final = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
_NAMED: Final = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?!WHERE|JOIN|ORDER|SET|ON|LIMIT)(\w+))?")


def scans(emulator: Emulator, statement: str) -> Iterator[str]:
    """The tables that a statement walks over."""
    tables = {alias or table: table for table, alias in _NAMED.findall(statement)}
    for *_, step in emulator._store._db.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall():
        scan = re.match(r"SCAN (\w+)(?! VIRTUAL)\b", step)
        if scan is not None and scan[1] != "CONSTANT":
            yield tables.get(scan[1], scan[1])


def test_no_query_walks_over_a_growing_table(small: Target) -> None:
    """Every operation, and what else reads the state."""
    statements = set[str]()
    with CheckedEmulator(clock=ManualClock(), seed=1) as emulator:
        emulator._store._db.set_trace_callback(statements.add)
        asyncio.run(Story(emulator.client(), emulator).tell())
        emulator.advance(40 * 86_400)
        emulator.usage_events()
        with reading(emulator) as context:
            for webhook_id in (None, "whk_0"):
                for status in (None, "failed"):
                    deliveries_with_attempts(context, webhook_id, status, 10)
    small.emulator._store._db.set_trace_callback(statements.add)
    for operation in (*OPERATIONS.values(), *LISTS.values()):
        operation(small.filled)
    small.filled.as_alice.messages.search_global("m")
    small.emulator._store._db.set_trace_callback(None)
    found, used = set[str](), set[str]()
    growing = {*small.emulator._store.scalars(str, "SELECT name FROM sqlite_master WHERE type = 'table'")} - CONSTANT
    for statement in statements:
        # SQLite's own statements for the full-text index begin otherwise or name its tables.
        if not _STATEMENT.match(statement) or "message_texts_" in statement:
            continue
        if growing.intersection(scans(small.emulator, statement)):
            reasons = {beginning for beginning in SCANS if statement.startswith(beginning)}
            used |= reasons
            if not reasons:
                found.add(statement)
    assert not found, "Add an index, or the reason to SCANS."
    assert used == SCANS.keys()
