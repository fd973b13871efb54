"""The fan-out of events: it happens after the request, and nobody can tell."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import Emulator, EmulatorRequest, EmulatorResponse, InitialWebhook, ManualClock, fan_out
from orbitconnect.emulator.fan_out import complete_fan_outs, fan_out_steps
from orbitconnect.testing import WebhookInbox
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.instructions import instructions
from tests.emulator.mixed_run import NOWHERE, Recorded, Run, begin
from tests.emulator.test_every_method import Story

COUNT = 120
"""More webhooks than one step of a fan-out covers."""


@pytest.fixture
def held(emulator: CheckedEmulator) -> Iterator[CheckedEmulator]:
    """An emulator whose threads cannot take the lock, so that no fan-out is completed between two calls."""
    with emulator._lock:
        yield emulator


def subscribe(orbit: OrbitServer, event_type: str, count: int = 1) -> list[str]:
    webhooks = [orbit.webhooks.create(NOWHERE).id for _ in range(count)]
    for webhook in webhooks:
        orbit.webhooks.subscribe(webhook, event_type)
    return webhooks


def count(emulator: Emulator, table: str) -> int:
    return emulator._store.count(f"SELECT count(*) FROM {table}")


def attempts(emulator: Emulator) -> int:
    # The API would complete the fan-outs.
    with emulator._lock:
        return count(emulator, "delivery_attempts")


class TestTheRequest:
    def test_creates_no_deliveries(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        subscribe(orbit, "user.*", COUNT)
        orbit.users.create(external_id="a", display_name="A")
        assert (count(held, "deliveries"), count(held, "fan_outs")) == (0, 1)

    def test_does_no_more_work_for_more_webhooks(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        user = orbit.users.create(external_id="a", display_name="A").id
        work = []
        for more in (1, COUNT):
            subscribe(orbit, "user.updated", more)
            work.append(instructions(held._store, lambda: orbit.users.update(user, display_name=f"{more}")))  # noqa: B023  # Called at once.
        assert work[0] == work[1]

    def test_records_nothing_for_events_without_subscribers(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        (webhook,) = subscribe(orbit, "order.*")
        (subscription,) = orbit.webhooks.list_subscriptions(subscribe(orbit, "user.created")[0])
        orbit.webhooks.unsubscribe(subscription.webhook_id, subscription.id)
        orbit.users.create(external_id="a", display_name="A")
        assert (count(held, "fan_outs"), orbit.webhooks.list_deliveries(webhook)) == (0, [])

    def test_that_fails_leaves_none_behind(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        (webhook,) = subscribe(orbit, "message.*")
        users = [orbit.users.create(external_id=name, display_name=name).id for name in "ab"]
        me = orbit.as_user(users[0])
        chat = me.conversations.create(type="direct", participant_id=users[1]).id
        sent = me.messages.send(conversation_id=chat, content="Hi")
        # The message is copied to the first conversation, and then the second one is refused.
        with pytest.raises(UnprocessableEntityError):
            me.messages.forward(sent.id, [chat, "cnv_none"])
        assert len(orbit.webhooks.list_deliveries(webhook)) == 1

    def test_that_publishes_counts_the_deliveries(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        subscribe(orbit, "order.*", 3)
        orbit.webhooks.update(subscribe(orbit, "order.*")[0], is_active=False)
        published = orbit.webhooks.publish("order.paid", {})
        assert count(held, "deliveries") == 0
        assert published.delivery_count == 3
        assert orbit.webhooks.list_events()[0] == published


class TestTheDeliveries:
    def test_have_the_order_of_the_events_and_the_webhooks(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        webhooks = subscribe(orbit, "tick", COUNT)
        events = [orbit.webhooks.publish("tick", {"n": number}).id for number in range(3)]
        assert len(list(fan_out_steps(held._store))) >= 2
        found = held._store._db.execute("SELECT event_id, webhook_id FROM deliveries ORDER BY n").fetchall()
        assert found == [(event, webhook) for event in events for webhook in webhooks]

    def test_are_created_once_by_several_threads(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        webhooks = subscribe(orbit, "user.created", COUNT)
        for name in "ab":
            orbit.users.create(external_id=name, display_name=name)
        threads = [fan_out_steps(held._store) for _ in range(3)]
        while held._store.has_fan_outs:
            for steps in threads:
                next(steps, None)
        assert [len(orbit.webhooks.list_deliveries(webhook)) for webhook in webhooks] == [2] * COUNT

    def test_are_those_of_the_restored_state(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        """The state is replaced when a thread has done one step."""
        webhooks = subscribe(orbit, "user.created", COUNT)
        others = held.snapshot()
        orbit.users.create(external_id="a", display_name="A")
        steps = fan_out_steps(held._store)
        next(steps)
        begun = held.snapshot()
        held.restore(others)
        orbit.webhooks.delete(webhooks[-1])
        orbit.users.create(external_id="a", display_name="A")
        next(fan_out_steps(held._store))  # It is now as far as the one before, and its event has the same id.
        assert list(steps)
        assert (count(held, "deliveries"), count(held, "fan_outs")) == (COUNT - 1, 0)
        held.restore(begun)
        assert [len(orbit.webhooks.list_deliveries(webhook)) for webhook in webhooks] == [1] * COUNT

    def test_go_to_the_webhooks_that_were_subscribed(
        self, held: CheckedEmulator, orbit: OrbitServer, clock: ManualClock
    ) -> None:
        kept, ended, stopped, moved, deleted = subscribe(orbit, "user.created", 5)
        orbit.users.create(external_id="a", display_name="A")
        happened_at = clock.now()
        clock.advance(60)
        (late,) = subscribe(orbit, "user.created")
        orbit.webhooks.unsubscribe(ended, orbit.webhooks.list_subscriptions(ended)[0].id)
        orbit.webhooks.update(stopped, is_active=False)
        orbit.webhooks.update(moved, url=f"{NOWHERE}moved")
        (of_deleted,) = orbit.webhooks.list_deliveries(deleted)
        orbit.webhooks.delete(deleted)
        deliveries = [orbit.webhooks.list_deliveries(webhook) for webhook in (kept, ended, stopped, moved)]
        assert [[found.created_at for found in listed] for listed in deliveries] == [[happened_at]] * 4
        assert [(found.url, found.next_attempt_at) for (found,) in deliveries] == [
            *((NOWHERE, happened_at), (NOWHERE, happened_at), (NOWHERE, None), (f"{NOWHERE}moved", happened_at)),
        ]
        assert orbit.webhooks.get_delivery(of_deleted.id).status == "failed"
        assert orbit.webhooks.list_deliveries(late) == []

    def test_are_in_snapshots_and_exports(self, held: CheckedEmulator, orbit: OrbitServer, tmp_path: Path) -> None:
        (webhook,) = subscribe(orbit, "user.created")
        orbit.users.create(external_id="a", display_name="A")
        snapshot = held.snapshot()
        orbit.users.create(external_id="b", display_name="B")
        held.export(tmp_path / "state.zip")
        held.restore(snapshot)
        assert len(orbit.webhooks.list_deliveries(webhook)) == 1
        held.load(tmp_path / "state.zip")
        assert len(orbit.webhooks.list_deliveries(webhook)) == 2

    def test_are_due_when_the_clock_advances(self, held: CheckedEmulator, orbit: OrbitServer) -> None:
        subscribe(orbit, "user.created")
        assert held.next_due() is None
        orbit.users.create(external_id="a", display_name="A")
        assert held.next_due() is not None
        held.advance(60)
        assert count(held, "delivery_attempts") == 2


class Eager(Recorded):
    """An emulator that completes each fan-out before the next request."""

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        response = super().handle(request)
        complete_fan_outs(self._store)
        return response


@pytest.mark.parametrize("seed", range(2))
def test_a_pending_fan_out_is_invisible(seed: int) -> None:
    taken = []
    for kind in (Recorded, Eager):
        with kind(clock=ManualClock(), seed=seed) as emulator, emulator._lock:
            begin(emulator)
            orbit = emulator.client()
            subscribe(orbit, "*", 3)
            subscribe(orbit, "message.*", 2)
            Run(emulator, seed).go(100)
            deliveries = [[*orbit.webhooks.list_deliveries(webhook.id)] for webhook in orbit.webhooks.list()]
            taken.append((emulator.taken(), deliveries, orbit.webhooks.list_events()))
    assert taken[0] == taken[1]


TOUCHED = re.compile(r"\b(webhooks|subscriptions|deliveries|delivery_attempts)\b")


class Behind(CheckedEmulator):
    """An emulator that has a fan-out to complete before each request. The event has no subscribers."""

    def __init__(self) -> None:
        super().__init__(clock=ManualClock(), seed=1)
        self.touched: set[str] = set()
        self._store._db.set_trace_callback(self.look)

    def fall_behind(self) -> None:
        event = ("evt_0000000000000000", "nobody.listens", "platform", "{}", 0)
        self._store.run(
            "INSERT OR IGNORE INTO events (id, type, source, data, created_at) VALUES (?, ?, ?, ?, ?)", event
        )
        self._store.run("INSERT OR IGNORE INTO fan_outs (event_id) VALUES (?)", event[:1])
        self._store.look_for_fan_outs()

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        self.fall_behind()
        return super().handle(request)

    def look(self, statement: str) -> None:
        if not self._store.has_fan_outs or not TOUCHED.search(re.sub("'[^']*'", "", statement)):
            return
        if not any(frame.f_code.co_filename == fan_out.__file__ for frame, _ in traceback.walk_stack(None)):
            self.touched.add(statement)


def test_nothing_else_touches_the_tables_meanwhile() -> None:
    """Code that reads or changes webhooks, subscriptions or deliveries must complete the fan-outs first."""
    with Behind() as emulator, emulator._lock:
        asyncio.run(Story(emulator.client(), emulator).tell())
        for control in (emulator.next_due, emulator.settle, emulator.snapshot, emulator.usage_events):
            emulator.fall_behind()
            control()
    assert not emulator.touched


def test_an_attempt_is_recorded_after_the_fan_outs(
    emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The receiver is gone. Events from before that are kept for it, and later events are not."""
    webhook = inbox.register(emulator, "order.paid").id
    inbox.answer(410, delay=0.3)
    orbit.webhooks.publish("order.paid", {})
    inbox.wait_for("order.paid")
    # No other thread completes the fan-out.
    monkeypatch.setattr(emulator._deliverer, "wake", lambda: None)
    orbit.webhooks.publish("order.paid", {})
    deadline = time.monotonic() + 10
    while not attempts(emulator) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [found.status for found in orbit.webhooks.list_deliveries(webhook)] == ["pending", "failed"]


class TestAfterACrash:
    @pytest.mark.parametrize("steps", [0, 1, 2])
    def test_every_webhook_gets_one_delivery(self, tmp_path: Path, steps: int) -> None:
        """A kill after a request, or in the middle of its fan-out."""
        path = tmp_path / "state.db"
        with Emulator(path, clock=ManualClock(), seed=1) as emulator, emulator._lock:
            webhooks = subscribe(emulator.client(), "user.created", COUNT)
            emulator.client().users.create(external_id="a", display_name="A")
            emulator.client().users.create(external_id="b", display_name="B")
            for _ in range(steps):
                next(fan_out_steps(emulator._store))
            for name in ("state.db", "state.db-wal"):
                shutil.copy(tmp_path / name, tmp_path / f"killed-{name}")
            deliveries = [emulator.client().webhooks.list_deliveries(webhook) for webhook in webhooks]
        with Emulator(tmp_path / "killed-state.db", clock=ManualClock()) as again, again._lock:
            found = [again.client().webhooks.list_deliveries(webhook) for webhook in webhooks]
            assert [[delivery.id for delivery in listed] for listed in found] == [
                [delivery.id for delivery in listed] for listed in deliveries
            ]
        assert [len(listed) for listed in found] == [2] * COUNT

    def test_the_threads_complete_it(self, tmp_path: Path) -> None:
        path = tmp_path / "state.db"
        with Emulator(path, seed=1) as emulator, emulator._lock:
            subscribe(emulator.client(), "user.created", 3)
            emulator.client().users.create(external_id="a", display_name="A")
            emulator._closed = True  # The threads find no store any more.
        with Emulator(path) as again:
            again.settle()
            assert count(again, "delivery_attempts") == 3

    def test_initial_webhooks_do_not_get_earlier_events(self, tmp_path: Path) -> None:
        path = tmp_path / "state.db"
        with Emulator(path, seed=1) as emulator, emulator._lock:
            subscribe(emulator.client(), "user.created")
            emulator.client().users.create(external_id="a", display_name="A")
            emulator._closed = True
        with Emulator(path, webhooks=[InitialWebhook(f"{NOWHERE}new")]) as again, closing(again.client()) as orbit:
            listed = {webhook.url: orbit.webhooks.list_deliveries(webhook.id) for webhook in orbit.webhooks.list()}
        assert [len(listed[url]) for url in (NOWHERE, f"{NOWHERE}new")] == [1, 0]


def test_a_fan_out_of_an_event_that_was_delivered(held: CheckedEmulator, orbit: OrbitServer) -> None:
    """A state file can contain one. It must not block the emulator."""
    (webhook,) = subscribe(orbit, "order.paid")
    event = orbit.webhooks.publish("order.paid", {})
    orbit.webhooks.list_events()
    held._store.run("INSERT INTO fan_outs (event_id) VALUES (?)", (event.id,))
    held._store.look_for_work()
    assert len({delivery.id for delivery in orbit.webhooks.list_deliveries(webhook)}) == 2
