"""The docstring of a call that is never retried says how to find out whether it took effect."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from orbitconnect import AsyncOrbitServer, ConnectionFailedError, OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, Reset
from tests.contract.facade import in_facade
from tests.for_each import for_each
from tests.yaml_files import contract

CONTRACT = contract()
OPERATIONS: list[dict[str, Any]] = [
    operation
    for path in CONTRACT["paths"].values()
    for operation in path.values()
    if isinstance(operation, dict) and "x-orbit-retry" in operation
]
CLASS_OF = {method: operation["x-orbit-retry"] for operation in OPERATIONS for method in operation["x-orbit-facade"]}
NEVER = [method for method, retry in CLASS_OF.items() if retry == "never"]


def advice(client: type[OrbitServer | AsyncOrbitServer], method: str) -> str:
    """What the docstring says about a lost response. Empty if the docstring says nothing."""
    namespace, name = method.split(".")
    text = inspect.getdoc(getattr(getattr(client, namespace), name)) or ""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    found = [re.search(r"If `error\.sent` is True, (.*)", paragraph) for paragraph in paragraphs]
    return "".join(match[1] for match in found if match)


@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
@for_each("method", NEVER)
def test_the_docstring_names_an_operation_to_check_with(
    client: type[OrbitServer | AsyncOrbitServer], method: str
) -> None:
    namespace = method.split(".")[0]
    named = re.findall(r"`([a-z_]+)`", advice(client, method))
    looked_up = [name for name in named if CLASS_OF.get(f"{namespace}.{name}") == "safe"]
    assert looked_up, f"{in_facade(method)}: name an operation that shows whether the call took effect"


@for_each("method", [method for method, retry in CLASS_OF.items() if retry != "never"])
def test_no_other_docstring_mentions_it(method: str) -> None:
    assert advice(OrbitServer, method) == "", f"{in_facade(method)}: the SDK retries this call, delete the advice"


def test_the_methods_come_from_the_contract() -> None:
    assert {"billing.top_up", "billing.record_usage_event", "webhooks.rotate_secret", "calls.toggle_record"} <= {*NEVER}


class World:
    """Two users and one object of each kind."""

    def __init__(self, emulator: Emulator) -> None:
        self.orbit = emulator.client()
        self.alice, self.bob, self.carol = (
            self.orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob", "carol")
        )
        self.as_alice, self.as_bob = self.orbit.as_user(self.alice), self.orbit.as_user(self.bob)
        self.group = self.as_alice.conversations.create(type="group", participant_ids=[self.bob]).id
        self.message = self.as_alice.messages.send(conversation_id=self.group, content="Hello").id
        self.meeting = self.as_alice.meetings.create(title="Offer").id
        self.as_alice.meetings.start(self.meeting)
        self.webhook = self.orbit.webhooks.create("http://127.0.0.1:9/").id
        self.orbit.webhooks.subscribe(self.webhook, "order.paid")
        self.event = self.orbit.webhooks.publish("order.paid", {"order": 1}).id
        self.session = self.as_alice.realtime.create_session(type="chat_session", context_id=self.group).id

    def call(self) -> str:
        return self.as_alice.calls.initiate(callee_id=self.bob, type="voice").id


def status(world: World) -> Any:
    return {participant.app_user_id: participant.status for participant in participants(world)}


def participants(world: World) -> Any:
    return world.as_alice.meetings.get(world.meeting).participants


# The method, a call of it, and the check that the docstring suggests.
LOST: list[tuple[str, Callable[[World], Any], Callable[[World], Any]]] = [
    (
        "conversations.create",
        lambda w: w.as_alice.conversations.create(type="direct", participant_id=w.bob),
        lambda w: len(w.as_alice.conversations.list()),
    ),
    (
        "conversations.add_participant",
        lambda w: w.as_alice.conversations.add_participant(w.group, w.carol),
        lambda w: [user.app_user_id for user in w.as_alice.conversations.list_participants(w.group)],
    ),
    (
        "messages.reply",
        lambda w: w.as_bob.messages.reply(conversation_id=w.group, reply_to_message_id=w.message, content="Hi"),
        lambda w: [(message.reply_to_message_id, message.content) for message in w.as_bob.messages.list(w.group)],
    ),
    (
        "messages.react",
        lambda w: w.as_bob.messages.react(w.message, "like"),
        lambda w: w.as_bob.messages.get(w.message).reactions,
    ),
    (
        "messages.forward",
        lambda w: w.as_bob.messages.forward(w.message, [w.group]),
        lambda w: [message.forwarded_from_message_id for message in w.as_bob.messages.list(w.group)],
    ),
    (
        "calls.initiate",
        lambda w: w.as_alice.calls.initiate(callee_id=w.bob, type="voice"),
        lambda w: [call.callee_id for call in w.as_alice.calls.list()],
    ),
    ("meetings.create", lambda w: w.as_bob.meetings.create(title="New"), lambda w: len(w.as_bob.meetings.list())),
    ("meetings.end", lambda w: w.as_alice.meetings.end(w.meeting), lambda w: w.as_alice.meetings.get(w.meeting).status),
    ("meetings.join", lambda w: w.as_alice.meetings.join(w.meeting), status),
    (
        "meetings.add_participant",
        lambda w: w.as_alice.meetings.add_participant(w.meeting, w.bob),
        lambda w: [user.app_user_id for user in participants(w)],
    ),
    (
        "meetings.start_recording",
        lambda w: w.as_alice.meetings.start_recording(w.meeting),
        lambda w: [recording.status for recording in w.as_alice.meetings.list_recordings(w.meeting)],
    ),
    (
        "realtime.create_session",
        lambda w: w.as_bob.realtime.create_session(type="chat_session", context_id=w.group),
        lambda w: len(w.as_bob.realtime.list_sessions()),
    ),
    (
        "realtime.chat_to_call",
        lambda w: w.as_alice.realtime.chat_to_call(w.session, w.call()),
        lambda w: w.as_alice.realtime.get_session(w.session).state,
    ),
    (
        "realtime.emit_event",
        lambda w: w.as_alice.realtime.emit_event(w.session, event_type="order.paid"),
        lambda w: [event.event_type for event in w.as_alice.realtime.list_events(w.session)],
    ),
    ("webhooks.create", lambda w: w.orbit.webhooks.create("http://127.0.0.1:8/"), lambda w: w.orbit.webhooks.list()),
    (
        "webhooks.rotate_secret",
        lambda w: w.orbit.webhooks.rotate_secret(w.webhook),
        lambda w: w.orbit.webhooks.get(w.webhook).secret_rotated_at,
    ),
    (
        "webhooks.subscribe",
        lambda w: w.orbit.webhooks.subscribe(w.webhook, "order.sent"),
        lambda w: w.orbit.webhooks.list_subscriptions(w.webhook),
    ),
    (
        "webhooks.test",
        lambda w: w.orbit.webhooks.test(w.webhook),
        lambda w: [delivery.event_type for delivery in w.orbit.webhooks.list_deliveries(w.webhook)],
    ),
    (
        "webhooks.publish",
        lambda w: w.orbit.webhooks.publish("order.paid", {"order": 2}),
        lambda w: [event.payload for event in w.orbit.webhooks.list_events()],
    ),
    (
        "webhooks.replay",
        lambda w: w.orbit.webhooks.replay(w.event),
        lambda w: [(delivery.event_id, delivery.is_replay) for delivery in w.orbit.webhooks.list_deliveries(w.webhook)],
    ),
    ("billing.top_up", lambda w: w.orbit.billing.top_up(5), lambda w: w.orbit.billing.get_transactions()),
    (
        "billing.record_usage_event",
        lambda w: w.orbit.billing.record_usage_event(event_type="call_minutes", quantity=1),
        lambda w: w.orbit.billing.get_transactions(),
    ),
    (
        "billing.create_alert",
        lambda w: w.orbit.billing.create_alert(type="low_balance", threshold=5),
        lambda w: [alert.threshold for alert in w.orbit.billing.get_alerts()],
    ),
]


@pytest.mark.parametrize(("method", "call", "look_up"), LOST, ids=[method for method, _, _ in LOST])
def test_the_effect_is_visible_after_a_lost_response(
    method: str, call: Callable[[World], Any], look_up: Callable[[World], Any]
) -> None:
    operation = next(operation for operation in OPERATIONS if method in operation["x-orbit-facade"])
    with Emulator(clock=ManualClock()) as emulator:
        world = World(emulator)
        emulator.advance(60)
        before = look_up(world)
        emulator.faults.add(Reset(when="after"), operation=operation["operationId"])
        with pytest.raises(ConnectionFailedError) as caught:
            call(world)
        assert (caught.value.sent, caught.value.attempts) == (True, 1)
        assert look_up(world) != before
