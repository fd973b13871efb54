"""The state as a whole is stored in files, rolled back, reproduced, and shared between threads and clients."""

from __future__ import annotations

import ast
import inspect
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import NotFoundError, OrbitServer, ServerError
from orbitconnect.emulator import Emulator, EmulatorRequest, ManualClock, RunningClock
from orbitconnect.emulator.access import TEST_KEY
from orbitconnect.emulator.composition import all_handlers
from orbitconnect.emulator.operation_schemas import schema_of
from orbitconnect_api import operations
from orbitconnect_api.operations import OPERATIONS
from tests.emulator.conftest import user


def test_each_emulator_has_a_state_of_its_own(orbit: OrbitServer, alice: str) -> None:
    with Emulator() as other, pytest.raises(NotFoundError):
        other.client().users.get(alice)


async def test_sync_and_async_clients_share_the_state(emulator: Emulator, orbit: OrbitServer, alice: str) -> None:
    async with emulator.async_client() as shared:
        assert (await shared.users.get(alice)).display_name == "Alice"
        bob = await shared.users.create(external_id="bob", display_name="Bob")
        conversation = await shared.as_user(alice).conversations.create(type="direct", participant_id=bob.id)
        await shared.as_user(bob.id).messages.send(conversation_id=conversation.id, content="Hi")
    assert orbit.as_user(alice).messages.list(conversation.id)[0].content == "Hi"


def test_closing_a_client_does_not_close_the_emulator(emulator: Emulator, alice: str) -> None:
    emulator.client().close()
    with emulator.client() as another:
        assert another.users.get(alice).id == alice


def test_a_closed_emulator(emulator: Emulator, orbit: OrbitServer) -> None:
    emulator.close()
    emulator.close()
    with pytest.raises(RuntimeError, match="closed"):
        orbit.users.list()


class TestFile:
    def test_the_state_survives_a_restart(self, tmp_path: Path) -> None:
        path = tmp_path / "state.db"
        with Emulator(path, seed=3) as first:
            orbit = first.client()
            ada = orbit.users.create(external_id="ada", display_name="Ada", metadata={"a": [1, None]})
            secret = first.token_secret
        with Emulator(path, seed=3) as second:
            orbit = second.client()
            assert orbit.users.get(ada.id) == ada
            assert second.token_secret == secret
            assert orbit.users.create(external_id="bob", display_name="Bob").id != ada.id
        with Emulator(path) as third:
            assert third.token_secret == secret
            assert len(third.client().users.list()) == 2

    def test_a_killed_process_loses_nothing(self, tmp_path: Path) -> None:
        program = """
import os, sys
from orbitconnect.emulator import Emulator
orbit = Emulator(sys.argv[1]).client()
for number in range(20):
    orbit.users.create(external_id=str(number), display_name="Ada")
os.kill(os.getpid(), 9)
"""
        path = tmp_path / "state.db"
        done = subprocess.run([sys.executable, "-c", program, path], check=False)
        assert done.returncode == -9
        with Emulator(path) as again:
            assert len(again.client().users.list()) == 20

    def test_a_file_is_used_by_one_emulator_at_a_time(self, tmp_path: Path) -> None:
        with Emulator(tmp_path / "state.db"), pytest.raises(ValueError, match="locked"):
            Emulator(tmp_path / "state.db")

    def test_foreign_files(self, tmp_path: Path) -> None:
        other = tmp_path / "other.db"
        database = sqlite3.connect(other)
        database.execute("CREATE TABLE things (a)")
        database.commit()
        with pytest.raises(ValueError, match="another program"):
            Emulator(other)
        database.execute("DROP TABLE things")
        database.close()
        (tmp_path / "text").write_text("no database " * 100)
        for path in (tmp_path / "text", tmp_path, tmp_path / "none" / "state.db"):
            with pytest.raises(ValueError, match="cannot be used"):
                Emulator(path)
        with Emulator(tmp_path / "state.db"):
            pass
        newer = sqlite3.connect(tmp_path / "state.db")
        newer.execute("PRAGMA user_version = 99")
        newer.close()
        with pytest.raises(ValueError, match="another version"):
            Emulator(tmp_path / "state.db")


def test_a_failing_handler_changes_nothing(
    emulator: Emulator, orbit: OrbitServer, alice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = user(orbit, "Bob")
    me = orbit.as_user(alice)
    group = me.conversations.create(type="group", participant_ids=[bob])
    before = dump(emulator)
    handlers: dict[str, Any] = all_handlers()  # type: ignore[assignment]
    real = handlers[operations.SEND_MESSAGE.id]

    def failing(call: Any, **parameters: str) -> None:
        real(call, **parameters)
        raise ZeroDivisionError

    monkeypatch.setitem(handlers, operations.SEND_MESSAGE.id, failing)
    with pytest.raises(ServerError, match="ZeroDivisionError"):
        me.messages.send(conversation_id=group.id, content="x", idempotency_key="k")
    assert dump(emulator) == before
    monkeypatch.undo()
    assert me.messages.send(conversation_id=group.id, content="x", idempotency_key="k").sequence == 1


def dump(emulator: Emulator) -> list[str]:
    with emulator._lock:
        return [*emulator._store._db.iterdump(), str(emulator._store.ids.counter)]


def test_ids_do_not_depend_on_when_jobs_run() -> None:
    """With a running clock, a job may run either before or after a given request."""
    seen = []
    for waits in (0, 1, 3600, 86400):
        with Emulator(seed=1, clock=RunningClock()) as emulator:
            orbit = emulator.client()
            ids = [user(orbit, name) for name in ("Ada", "Bob", "Cy")]
            call = orbit.as_user(ids[0]).calls.initiate(callee_id=ids[1], type="voice")
            orbit.billing.generate_invoice()
            media = orbit.as_user(ids[0]).media.upload(b"x", mime_type="text/plain")
            emulator.advance(waits)
            webhook = orbit.webhooks.create(url="http://127.0.0.1:9/x")
            ids += [call.id, media.id, user(orbit, "Dan"), webhook.id, webhook.secret]
            seen.append(ids)
    assert seen[1:] == seen[:1] * 3


def transcript(seed: int | str | None) -> list[bytes]:
    """Return all responses of a run that uses every part of the API."""
    clock = ManualClock(datetime(2030, 1, 1, tzinfo=UTC))
    responses: list[bytes] = []

    class Recorded(Emulator):
        def handle(self, request: EmulatorRequest) -> Any:
            response = super().handle(request)
            responses.append(repr((response.status, sorted(response.headers.items()), response.body)).encode())
            return response

    with Recorded(clock=clock, seed=seed) as emulator:
        orbit = emulator.client(max_retries=0)
        alice, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("a", "b"))
        orbit.users.create_token(alice)
        me, other = orbit.as_user(alice), orbit.as_user(bob)
        group = me.conversations.create(type="group", participant_ids=[bob])
        sent = me.messages.send(conversation_id=group.id, content="x")
        clock.advance(timedelta(hours=1))
        other.messages.react(sent.id, "like")
        with pytest.raises(NotFoundError):
            me.messages.get("msg_none")
        other.messages.mark_read(sent.id)
        me.messages.sync(group.id, datetime(2030, 1, 1, tzinfo=UTC))
        other.conversations.list()
    return responses


def test_the_same_seed_gives_the_same_run_byte_for_byte() -> None:
    first = transcript(7)
    assert transcript(7) == first
    assert transcript("seven") == transcript("seven") != first
    assert transcript(None) != transcript(None)


@pytest.mark.parametrize("in_file", [False, True])
def test_concurrent_messages_get_sequences_without_gaps(tmp_path: Path, in_file: bool) -> None:
    with Emulator(tmp_path / "state.db" if in_file else ":memory:") as emulator:
        orbit = emulator.client()
        alice, bob = user(orbit, "Alice"), user(orbit, "Bob")
        direct = orbit.conversations.create(type="direct", participant_id=bob, acting_user_id=alice)

        def send(number: int) -> int | None:
            sender = orbit.as_user((alice, bob)[number % 2])
            sent = sender.messages.send(conversation_id=direct.id, content=str(number))
            assert sender.conversations.get(direct.id).last_sequence
            return sent.sequence

        with ThreadPoolExecutor(8) as pool:
            sequences = list(pool.map(send, range(240)))
        assert sorted(sequences) == list(range(1, 241))  # type: ignore[type-var]
        assert orbit.as_user(alice).conversations.get(direct.id).unread_count == 120


def test_one_key_from_many_threads_sends_once(orbit: OrbitServer, alice: str, bob: str) -> None:
    me = orbit.as_user(alice)
    direct = me.conversations.create(type="direct", participant_id=bob)
    with ThreadPoolExecutor(8) as pool:
        sent = pool.map(
            lambda _: me.messages.send(conversation_id=direct.id, content="x", idempotency_key="k").id, range(50)
        )
    assert len(set(sent)) == 1
    assert len(me.messages.list(direct.id)) == 1


def test_handlers_accept_the_parameters_of_the_contract() -> None:
    for operation_id, handler in all_handlers().items():
        operation = OPERATIONS[operation_id]
        _, *parameters = inspect.signature(handler).parameters.values()
        in_path = [segment[1:-1] for segment in operation.path.split("/") if segment.startswith("{")]
        query = schema_of(operation).query
        assert {parameter.name for parameter in parameters} == {*in_path, *query}, operation_id
        optional = {parameter.name for parameter in parameters if parameter.default is not parameter.empty}
        assert optional == {name for name, described in query.items() if not described.required}, operation_id


class TestClocks:
    def test_manual(self) -> None:
        clock = ManualClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
        assert clock.now() == clock.now() == datetime(2026, 3, 1, 12, tzinfo=UTC)
        assert clock.advance(90) == datetime(2026, 3, 1, 12, 1, 30, tzinfo=UTC)
        assert clock.advance(timedelta(days=1)).day == 2
        with pytest.raises(ValueError, match="advanced"):
            clock.advance(-1)
        with pytest.raises(ValueError, match="time zone"):
            ManualClock(datetime(2026, 3, 1))  # noqa: DTZ001

    def test_running(self) -> None:
        clock = RunningClock()
        before = datetime.now(UTC)
        assert before <= clock.now() <= datetime.now(UTC)
        clock.advance(3600)
        assert clock.now() - before >= timedelta(hours=1)

    def test_turning_the_clock_back_does_not_confuse_sync(
        self, alice: str, bob: str, orbit: OrbitServer, emulator: Emulator
    ) -> None:
        me = orbit.as_user(alice)
        direct = me.conversations.create(type="direct", participant_id=bob)
        first = me.messages.send(conversation_id=direct.id, content="a")
        clock: Any = emulator.clock
        clock._now -= timedelta(days=1)
        second = me.messages.send(conversation_id=direct.id, content="b")
        assert first.updated_at is not None
        assert [message.id for message in me.messages.sync(direct.id, first.updated_at)] == [first.id, second.id]


def test_a_request_without_httpx() -> None:
    with Emulator(seed=1) as emulator:
        headers = {operations.SECRET_KEY_HEADER: TEST_KEY}
        response = emulator.handle(EmulatorRequest("GET", "/app-users", "active=true", headers))
    assert (response.status, response.body) == (200, b'{"data":[]}')
    assert TEST_KEY not in repr(EmulatorRequest("GET", "/app-users", "", headers))


def test_values_are_bound_by_name_or_by_position() -> None:
    """Passing a sequence for numbered placeholders is deprecated in Python 3.12 and an error in 3.14."""
    sources = Path(inspect.getfile(Emulator)).parent.rglob("*.py")
    constants = [
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in constants if re.search(r"(?<!`)\?\d", text)] == []
