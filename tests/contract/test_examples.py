"""Every example in the facade's docstrings runs against the emulator, with both clients."""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from unittest.mock import Mock

import httpx
import pytest

import orbitconnect
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect_api.models import Reaction, Transaction
from tests.base_url import ORIGIN
from tests.contract.facade import METHODS, method_of
from tests.flows.harness import TurningClock

SIZE: Final = 7_340_032


class World:
    """The objects that the examples refer to. Each object is created when an example first uses it."""

    def __init__(self, emulator: Emulator, method: str) -> None:
        self.emulator = emulator
        self.method = method
        self.backend = emulator.client()
        self.alice, self.bob, self.carol, self.dave = (
            self.backend.users.create(external_id=external_id, display_name=name)
            for external_id, name in (("your_db_user_id", "Alice"), ("2", "Bob"), ("3", "Carol"), ("4", "Dave"))
        )
        self.as_alice, self.as_bob = self.backend.as_user(self.alice.id), self.backend.as_user(self.bob.id)
        self.datetime, self.timedelta, self.timezone = datetime, timedelta, timezone
        self.Reaction, self.Transaction = Reaction, Transaction
        self.offer_sdp = self.answer_sdp = "v=0\r\n"
        self.candidate = "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ host"
        self.store = str

    def is_for(self, *methods: str) -> bool:
        return self.method in methods

    @cached_property
    def chat(self) -> Any:
        return self.as_alice.conversations.create(type="direct", participant_id=self.bob.id)

    @cached_property
    def team(self) -> Any:
        return self.as_alice.conversations.create(type="group", participant_ids=[self.bob.id, self.carol.id])

    @cached_property
    def message(self) -> Any:
        return self.as_alice.messages.send(conversation_id=self.chat.id, content="Your invoice")

    @cached_property
    def call(self) -> Any:
        call = self.as_alice.calls.initiate(callee_id=self.bob.id, type="voice")
        if not self.is_for("calls.accept", "calls.reject"):
            call = self.as_bob.calls.accept(call.id)
        if self.is_for("calls.submit_answer"):
            self.as_alice.calls.submit_offer(call.id, self.offer_sdp)
        if self.is_for("calls.wait_until_ended"):
            call = self.as_bob.calls.end(call.id)
        if self.is_for("calls.wait_until_recording_ready"):
            self.as_alice.calls.toggle_record(call.id)
        return call

    @cached_property
    def meeting(self) -> Any:
        meetings = self.as_alice.meetings
        meeting = meetings.create(title="Review")
        if self.is_for("meetings.start"):
            return meeting
        meetings.start(meeting.id)
        meetings.add_participant(meeting.id, self.bob.id)
        meetings.add_participant(meeting.id, self.carol.id)
        if self.is_for("meetings.wait_until_ended"):
            meetings.end(meeting.id)
        elif not self.is_for("meetings.join", "meetings.generate_token", "meetings.wait_until_started"):
            self.as_bob.meetings.join(meeting.id)
        if self.is_for("meetings.stop_screen_share"):
            self.as_bob.meetings.start_screen_share(meeting.id)
        if self.is_for("meetings.stop_recording", "meetings.wait_until_recording_ready"):
            meetings.start_recording(meeting.id)
        return meeting

    @cached_property
    def recording(self) -> Any:
        if self.is_for("meetings.get_recording"):
            return self.as_alice.meetings.start_recording(self.meeting.id)
        return self.as_alice.calls.toggle_record(self.call.id)

    @cached_property
    def media(self) -> Any:
        media = self.as_alice.media.upload(b"A holiday", mime_type="video/mp4")
        self.emulator.advance(60)
        return media

    @cached_property
    def session(self) -> Any:
        if self.is_for("media.complete_multipart"):
            return self.upload_session()
        realtime = self.as_alice.realtime
        session = realtime.create_session(type="chat_session", context_id=self.chat.id)
        if self.is_for("realtime.call_to_meeting", "realtime.meeting_to_chat"):
            realtime.chat_to_call(session.id, self.call.id)
        if self.is_for("realtime.meeting_to_chat"):
            realtime.call_to_meeting(session.id, self.meeting.id)
        return session

    def upload_session(self) -> Any:
        session = self.as_alice.media.init_multipart("video/mp4", "holiday.mp4")
        left = SIZE
        with httpx.Client(transport=self.emulator.transport) as http:
            for part in session.parts:
                length = min(left, session.part_size)
                left -= length
                if length:
                    http.put(ORIGIN + part.upload_path, content=bytes(length)).raise_for_status()
        return session

    @cached_property
    def webhook(self) -> Any:
        return self.backend.webhooks.create("http://127.0.0.1:9/")

    @cached_property
    def subscription(self) -> Any:
        return self.backend.webhooks.subscribe(self.webhook.id, "message.sent")

    @cached_property
    def delivery(self) -> Any:
        return self.backend.webhooks.test(self.webhook.id)

    @cached_property
    def event(self) -> Any:
        if self.is_for("realtime.get_event"):
            return self.as_alice.realtime.emit_event(self.session.id, event_type="slide.changed")
        return self.backend.webhooks.publish("order.paid", {"order": 1})

    @cached_property
    def invoice(self) -> Any:
        self.backend.billing.record_usage_event(event_type="call_minutes", quantity=1)
        return self.backend.billing.generate_invoice()

    def answer_calls(self) -> None:
        for call in self.as_bob.calls.list():
            if call.status == "ringing":
                self.as_bob.calls.accept(call.id)


def example_of(described: Any) -> str:
    text = inspect.getdoc(described) or ""
    found = re.search(r"^Example:\n    ```python\n(.*)    ```$", text, flags=re.MULTILINE | re.DOTALL)
    assert found, "there is no example"
    return textwrap.dedent(found[1])


class Names(dict[str, Any]):
    """The names that an example can use: those it assigns, and the attributes of `World`."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(self._world, name)
        except AttributeError:
            raise KeyError(name) from None


def run_example(code: str, names: Names) -> None:
    # Some examples return a web application's response.
    code = re.sub(r"^return ", "answer = ", code, flags=re.MULTILINE)
    awaitable = eval(compile(code, "example", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), {}, names)
    if awaitable is not None:
        asyncio.run(awaitable)


@pytest.fixture
def emulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.chdir(tmp_path)
    Path("holiday.mp4").write_bytes(b"A holiday")
    with Emulator(clock=ManualClock(), seed=1) as emulator:
        yield emulator


@pytest.mark.parametrize("kind", [OrbitServer, AsyncOrbitServer])
@pytest.mark.parametrize("method", METHODS)
def test_the_example_runs(emulator: Emulator, method: str, kind: type[OrbitServer | AsyncOrbitServer]) -> None:
    world = World(emulator, method)
    names = Names(world)
    names["orbit"] = orbit = emulator.client() if kind is OrbitServer else emulator.async_client()
    orbit._connection.clock = clock = TurningClock(emulator)
    clock.after(0.1, world.answer_calls)
    code = example_of(method_of(method, kind))
    assert method.rpartition(".")[2] in code
    run_example(code, names)


@pytest.mark.parametrize("kind", [OrbitServer, AsyncOrbitServer])
@pytest.mark.parametrize("name", [None, "as_user", "with_options", "capture_responses"])
def test_the_example_of_the_client_runs(
    emulator: Emulator, name: str | None, kind: type[OrbitServer | AsyncOrbitServer]
) -> None:
    names = Names(World(emulator, name or ""))
    names.update(OrbitServer=emulator.client, AsyncOrbitServer=emulator.async_client)
    names["orbit"] = emulator.client() if kind is OrbitServer else emulator.async_client()
    run_example(example_of(getattr(kind, name) if name else kind), names)


@pytest.mark.parametrize("kind", [OrbitServer, AsyncOrbitServer])
def test_the_example_of_raw_requests_runs(emulator: Emulator, kind: type[OrbitServer | AsyncOrbitServer]) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": {"path": request.url.path}}))
    names = Names(World(emulator, ""))
    names["orbit"] = orbit = kind("sk_test_1", transport=transport)
    run_example(example_of(orbit.raw.request), names)
    assert names["thing"]["path"].endswith("/things/thg_1")


@pytest.mark.parametrize("module", ["orbitconnect", "orbitconnect.observers", "orbitconnect.otel"])
def test_the_example_of_a_module_runs(emulator: Emulator, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orbitconnect, "OrbitServer", emulator.client)
    names = Names(World(emulator, ""))
    names.update(OrbitServer=emulator.client, requests=Mock(), latency=Mock())
    lines = inspect.getdoc(importlib.import_module(module)) or ""
    code = "\n".join(line for line in lines.splitlines() if line.startswith("    ") or not line)
    run_example(textwrap.dedent(code), names)
    assert isinstance(names["orbit"], OrbitServer)
