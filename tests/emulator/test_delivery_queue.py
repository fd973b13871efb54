"""Which delivery is next: the one that has waited longest, among those to webhooks without an attempt in progress."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing

import pytest

from orbitconnect.emulator.ids import derived_id
from orbitconnect.emulator.store import Store
from orbitconnect.emulator.webhooks import queue
from orbitconnect.emulator.webhooks.queue import next_due
from tests.emulator.instructions import instructions

EVENT = "evt_0123456789abcdef"
WEBHOOKS = 20


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store(seed=1)) as store:
        store.run(
            "INSERT INTO events (id, type, source, data, created_at) VALUES (?, 't', 'platform', '{}', 0)", (EVENT,)
        )
        for number in range(WEBHOOKS):
            values = (webhook(number), "http://127.0.0.1/", "whsec_queue", 0, 0)
            store.run("INSERT INTO webhooks (id, url, secret, created_at, updated_at) VALUES (?, ?, ?, ?, ?)", values)
        yield store


def webhook(number: int) -> str:
    return derived_id(b"", "whk", str(number))


def add(store: Store, webhook_id: str, due_at: int | None) -> None:
    number = store.count("SELECT count(*) FROM deliveries")
    store.run(
        "INSERT INTO deliveries (id, webhook_id, event_id, url, status, is_replay, next_attempt_at, created_at,"
        " updated_at) VALUES (?, ?, ?, 'http://127.0.0.1/', 'pending', 0, ?, 0, 0)",
        (derived_id(b"", "dlv", str(number)), webhook_id, EVENT, due_at),
    )


@pytest.mark.parametrize("look_ahead", [1, 5, 1_000])
def test_the_order(store: Store, monkeypatch: pytest.MonkeyPatch, look_ahead: int) -> None:
    monkeypatch.setattr(queue, "_LOOK_AHEAD", look_ahead)
    chance = random.Random(look_ahead)
    rows = list[tuple[int, int, str]]()
    for number in range(300):
        webhook_id, due_at = (
            webhook(min(chance.randrange(WEBHOOKS) for _ in range(3))),
            chance.choice((None, *range(30))),
        )
        add(store, webhook_id, due_at)
        if due_at is not None:
            rows.append((due_at, number, webhook_id))
    store.look_for_work()
    for _ in range(300):
        now = chance.randrange(32)
        busy = {webhook(number) for number in chance.sample(range(WEBHOOKS), chance.randrange(9))}
        expected = [number for due_at, number, webhook_id in sorted(rows) if due_at <= now and webhook_id not in busy]
        attempt = next_due(store, now, busy)
        found = None if attempt is None else attempt.delivery_id
        assert found == (derived_id(b"", "dlv", str(expected[0])) if expected else None)


def test_a_busy_webhook_with_many_deliveries(store: Store) -> None:
    """A receiver that does not respond does not slow down the requests that follow."""
    work = []
    for count in (100, 3_000):
        for _ in range(count):
            add(store, webhook(0), 1)
        store.look_for_work()
        work.append(instructions(store, lambda: next_due(store, 2, {webhook(0)})))
    assert 0 < work[1] <= 1.1 * work[0]
