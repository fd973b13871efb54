"""The emulator delivers every event of the contract, with a payload that matches its schema."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

import pytest

from generator.naming import constant
from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.validation import Compiler, Violation
from orbitconnect.testing.inbox import WebhookInbox
from orbitconnect_api import events
from tests.contract.facade import CONTRACT, ROOT
from tests.contract.references import attributes_of
from tests.emulator.conformance import CheckedEmulator, schemas, without_prose
from tests.emulator.test_every_method import Story
from tests.for_each import for_each

EVENTS: Final = [event.name for event in CONTRACT.events()]


@for_each("name", EVENTS)
def test_the_emulator_has_an_emitter(name: str) -> None:
    used = attributes_of(ROOT / "orbitconnect" / "emulator", "events")
    assert name.replace(".", "_").upper() in used, (
        f"openapi/orbit.yaml: webhooks: {name}: nothing in orbitconnect/emulator emits "
        f"events.{name.replace('.', '_').upper()}. Call emit(...) in the handler of the operation that causes it"
    )


class FullStory(Story):
    """Calls every method, and causes the events that no method causes at once."""

    async def billing(self, backend: Any) -> None:
        await super().billing(backend)
        await backend("billing.record_usage_event", event_type="recording_minutes", quantity=100_000)

    async def media(self, alice: Any, bob: Any, reader: str) -> None:
        await super().media(alice, bob, reader)
        upload = await alice("media.generate_upload_url", "text/plain")
        self.put(upload.upload_path, b"")  # Processing an empty file fails.
        self.emulator.advance(60)

    async def realtime(self, alice: Any, bob: Any, chat: str, callee: str) -> None:
        await super().realtime(alice, bob, chat, callee)
        session = await alice("realtime.create_session", type="chat_session")
        await alice("realtime.update_context", session.id, conversation_id=chat)

    async def messages(self, alice: Any, bob: Any, chat: str) -> None:
        await super().messages(alice, bob, chat)
        message = await alice("messages.send", conversation_id=chat, content="Hello again")
        for _ in range(2):  # The second time removes the reaction.
            await bob("messages.react", message.id, "like")

    async def deliveries(self, backend: Any, webhook: str) -> None:
        """The base class expects that there is no other endpoint."""


@pytest.fixture(scope="module")
def delivered() -> dict[str, list[dict[str, Any]]]:
    """The bodies of all deliveries of one story, by the type of the event."""
    found: dict[str, list[dict[str, Any]]] = {}
    with CheckedEmulator(clock=ManualClock(), seed=1) as emulator, WebhookInbox() as inbox:
        endpoint = inbox.register(emulator)
        story = FullStory(emulator.client(), emulator)
        asyncio.run(story.tell())
        emulator.client().webhooks.test(endpoint.id)
        emulator.settle()
        for received in inbox.received:
            found.setdefault(received.type, []).append(json.loads(received.body))
    return found


def test_every_event_is_delivered(delivered: dict[str, Any]) -> None:
    missing = sorted({*EVENTS} - delivered.keys())
    assert not missing, (
        f"No call in tests/emulator/test_every_method.py and {__name__} causes {missing}. "
        f"Emit the event in orbitconnect/emulator, or add a call that causes it"
    )


def test_every_payload_matches_its_schema(delivered: dict[str, list[dict[str, Any]]]) -> None:
    for event in CONTRACT.events():
        schema = CONTRACT.resolve(event.data["requestBody"])["content"]["application/json"]["schema"]
        check = Compiler(schemas()).compile(without_prose(schema))
        for body in delivered.get(event.name, ()):
            violations: list[Violation] = []
            check(body, "", violations)
            assert not violations, (
                f"orbitconnect/emulator emits {event.name} with a payload that openapi/orbit.yaml does not describe: "
                f"{violations}"
            )


def test_the_generated_events_are_the_contracts() -> None:
    assert [*events.EVENTS] == EVENTS, "run `make generate`"
    assert all(getattr(events, constant(name.replace(".", "_"))).name == name for name in EVENTS)
