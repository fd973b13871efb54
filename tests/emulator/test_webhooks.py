from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import ConflictError, NotFoundError, OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import Emulator, InitialWebhook, ManualClock
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect.emulator.validation import Compiler, Violation
from orbitconnect.testing import WebhookInbox
from orbitconnect_api.events import EVENTS
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.message import Message
from orbitconnect_api.models.webhook import Webhook
from tests.emulator.conformance import CheckedEmulator, contract, schemas, without_prose
from tests.emulator.conftest import Wire, user

NOWHERE = "http://127.0.0.1:1/webhooks"


@pytest.fixture
def webhook(orbit: OrbitServer) -> Webhook:
    return orbit.webhooks.create(NOWHERE)


def event_types(orbit: OrbitServer) -> list[str]:
    """The types of all recorded events, oldest first."""
    return [event.type or "" for event in reversed(orbit.webhooks.list_events())]


class TestEndpoints:
    def test_create(self, orbit: OrbitServer, webhook: Webhook, clock: ManualClock) -> None:
        assert webhook.id.startswith("whk_")
        assert (webhook.url, webhook.is_active, webhook.created_at) == (NOWHERE, True, clock.now())
        assert webhook.secret_rotated_at is None
        assert webhook.secret is not None
        assert webhook.secret.startswith("whsec_")
        assert orbit.webhooks.create(NOWHERE).secret != webhook.secret

    def test_the_secret_is_returned_once(self, orbit: OrbitServer, webhook: Webhook, wire: Wire) -> None:
        assert orbit.webhooks.get(webhook.id).secret is None
        assert "secret" not in wire("GET", f"/webhooks/{webhook.id}").json()["data"]
        assert "secret" not in wire("GET", "/webhooks").json()["data"][0]
        assert "secret" not in wire("PATCH", f"/webhooks/{webhook.id}", json={"is_active": False}).json()["data"]

    def test_the_secret_is_derived_from_the_seed(self) -> None:
        made = []
        for seed in (1, 1, 2):
            with Emulator(seed=seed) as emulator:
                made.append(emulator.client().webhooks.create(NOWHERE).secret)
        assert made[0] == made[1] != made[2]

    def test_list(self, orbit: OrbitServer, webhook: Webhook) -> None:
        other = orbit.webhooks.create("https://yourapp.com/webhooks/orbit")
        assert [known.id for known in orbit.webhooks.list()] == [webhook.id, other.id]

    @pytest.mark.parametrize(
        "url",
        [
            "ftp://127.0.0.1/x",
            "file:///etc/passwd",
            "http://user:pw@127.0.0.1/",
            "http://user@127.0.0.1/",
            "gopher://a",
        ],
    )
    def test_invalid_urls(self, wire: Wire, webhook: Webhook, url: str) -> None:
        for answer in (
            wire("POST", "/webhooks", json={"url": url}),
            wire("PATCH", f"/webhooks/{webhook.id}", json={"url": url}),
        ):
            assert answer.status_code == 422
            assert list(answer.json()["errors"]) == ["url"]
            assert answer.headers[RULE_HEADER].endswith("inferred")

    def test_update(self, orbit: OrbitServer, webhook: Webhook, clock: ManualClock) -> None:
        clock.advance(10)
        same = orbit.webhooks.update(webhook.id, url=NOWHERE)
        assert same.updated_at == webhook.updated_at, "nothing has changed"
        changed = orbit.webhooks.update(webhook.id, is_active=False)
        assert (changed.is_active, changed.url, changed.updated_at) == (False, NOWHERE, clock.now())
        assert orbit.webhooks.update(webhook.id, url="http://localhost:1/").is_active is False

    def test_delete(self, orbit: OrbitServer, webhook: Webhook) -> None:
        orbit.webhooks.delete(webhook.id)
        orbit.webhooks.delete(webhook.id)
        assert orbit.webhooks.list() == []
        calls: list[Callable[[str], object]] = [
            orbit.webhooks.get,
            orbit.webhooks.update,
            orbit.webhooks.rotate_secret,
            orbit.webhooks.test,
            orbit.webhooks.list_subscriptions,
            orbit.webhooks.list_deliveries,
        ]
        for call in calls:
            for webhook_id in (webhook.id, "whk_none"):
                with pytest.raises(NotFoundError):
                    call(webhook_id)
        with pytest.raises(NotFoundError):
            orbit.webhooks.delete("whk_none")

    def test_rotate_secret(self, orbit: OrbitServer, webhook: Webhook, clock: ManualClock) -> None:
        clock.advance(10)
        rotated = orbit.webhooks.rotate_secret(webhook.id)
        assert rotated.secret
        assert rotated.secret != webhook.secret
        assert rotated.secret_rotated_at == rotated.updated_at == clock.now()


class TestSubscriptions:
    def test_subscribe(self, orbit: OrbitServer, webhook: Webhook, clock: ManualClock) -> None:
        made = orbit.webhooks.subscribe(webhook.id, "message.sent")
        assert made.id.startswith("sub_")
        assert (made.webhook_id, made.event_type, made.created_at) == (webhook.id, "message.sent", clock.now())
        assert orbit.webhooks.list_subscriptions(webhook.id) == [made]

    def test_twice_is_a_conflict(self, orbit: OrbitServer, webhook: Webhook) -> None:
        made = orbit.webhooks.subscribe(webhook.id, "*")
        with pytest.raises(ConflictError):
            orbit.webhooks.subscribe(webhook.id, "*")
        orbit.webhooks.unsubscribe(webhook.id, made.id)
        orbit.webhooks.unsubscribe(webhook.id, made.id)
        assert orbit.webhooks.list_subscriptions(webhook.id) == []
        orbit.webhooks.subscribe(webhook.id, "*")

    def test_a_subscription_belongs_to_a_webhook(self, orbit: OrbitServer, webhook: Webhook) -> None:
        other = orbit.webhooks.create(NOWHERE)
        made = orbit.webhooks.subscribe(other.id, "*")
        for subscription_id in (made.id, "sub_none"):
            with pytest.raises(NotFoundError):
                orbit.webhooks.unsubscribe(webhook.id, subscription_id)
        with pytest.raises(NotFoundError):
            orbit.webhooks.subscribe("whk_none", "*")

    @pytest.mark.parametrize("event_type", ["a b", "*.sent", "message.*.x", "message*", ".", "a..b", "**", ".*", "\n"])
    def test_invalid_types(self, orbit: OrbitServer, webhook: Webhook, event_type: str) -> None:
        with pytest.raises(UnprocessableEntityError) as caught:
            orbit.webhooks.subscribe(webhook.id, event_type)
        assert caught.value.errors is not None
        assert list(caught.value.errors) == ["event_type"]
        with pytest.raises(UnprocessableEntityError):
            orbit.webhooks.publish(event_type, {})

    @pytest.mark.parametrize(
        ("event_type", "expected"),
        [
            ("order.paid", ["order.paid"]),
            ("order.*", ["order.paid", "order.line.added"]),
            ("order.line.*", ["order.line.added"]),
            ("*", ["order.paid", "order.line.added", "order", "orders.paid", "user.created"]),
            ("order", ["order"]),
            ("refund", []),
        ],
    )
    def test_matching(self, orbit: OrbitServer, webhook: Webhook, event_type: str, expected: list[str]) -> None:
        orbit.webhooks.subscribe(webhook.id, event_type)
        for published in ("order.paid", "order.line.added", "order", "orders.paid"):
            orbit.webhooks.publish(published, {})
        orbit.users.create(external_id="1", display_name="A")
        deliveries = orbit.webhooks.list_deliveries(webhook.id)
        assert [delivery.event_type for delivery in reversed(deliveries)] == expected

    def test_an_event_is_delivered_once_however_many_match(self, orbit: OrbitServer, webhook: Webhook) -> None:
        for event_type in ("*", "order.*", "order.paid"):
            orbit.webhooks.subscribe(webhook.id, event_type)
        event = orbit.webhooks.publish("order.paid", {})
        assert event.delivery_count == len(orbit.webhooks.list_deliveries(webhook.id)) == 1


class TestEvents:
    def test_publish(self, orbit: OrbitServer, clock: ManualClock) -> None:
        payload = {"message_id": "msg_1", "nested": {"b": [1, None, "ü"], "a": 1.5}}
        event = orbit.webhooks.publish("message.sent", payload)
        assert event.id.startswith("evt_")
        assert (event.type, event.source, event.payload) == ("message.sent", "published", payload)
        assert (event.delivery_count, event.last_replayed_at, event.created_at) == (0, None, clock.now())
        assert orbit.webhooks.list_events() == [event]

    def test_the_newest_comes_first(self, orbit: OrbitServer) -> None:
        orbit.users.create(external_id="1", display_name="A")
        orbit.webhooks.publish("order.paid", {})
        newest, oldest = orbit.webhooks.list_events()
        assert (newest.type, newest.source) == ("order.paid", "published")
        assert (oldest.type, oldest.source) == ("user.created", "platform")

    def test_replay_of_an_unknown_event(self, orbit: OrbitServer) -> None:
        with pytest.raises(NotFoundError):
            orbit.webhooks.replay("evt_none")

    def test_the_log_has_a_limit(self, orbit: OrbitServer) -> None:
        for number in range(1001):
            orbit.webhooks.publish("tick", {"n": number})
        events = orbit.webhooks.list_events()
        assert len(events) == 1000
        assert events[0].payload == {"n": 1000}


class TestEmittedEvents:
    """Every change emits one event, and an operation that changes nothing emits none."""

    def expect(self, orbit: OrbitServer, act: Callable[[], object], *types: str) -> None:
        before = len(orbit.webhooks.list_events())
        act()
        assert event_types(orbit)[before:] == list(types)
        for event in orbit.webhooks.list_events()[: len(types)]:
            self.check_against_contract(event.type or "", event.payload)

    def check_against_contract(self, type_: str, payload: object) -> None:
        assert type_ in EVENTS
        schema = contract()["webhooks"][type_]["post"]["requestBody"]["content"]["application/json"]["schema"]
        found: list[Violation] = []
        content = {"id": "evt_1", "type": type_, "created_at": "2026-01-05T09:30:00Z", "data": payload}
        Compiler(schemas()).compile(without_prose(schema))(content, "", found)
        assert not found
        assert isinstance(payload, dict)
        assert set(payload) == set(self.payload_model(type_))

    def payload_model(self, type_: str) -> dict[str, object]:
        properties: dict[str, object] = contract()["components"]["schemas"][EVENTS[type_].data_model]["properties"]
        return properties

    def test_users(self, orbit: OrbitServer) -> None:
        def create(name: str = "Ada") -> str:
            return orbit.users.create(external_id="1", display_name=name, metadata={"a": 1, "b": 2}).id

        self.expect(orbit, create, "user.created")
        self.expect(orbit, create)
        self.expect(orbit, lambda: create("Ada L."), "user.updated")
        user_id = create("Ada L.")
        self.expect(orbit, lambda: orbit.users.update(user_id, metadata={"a": 1}), "user.updated")
        self.expect(orbit, lambda: orbit.users.update(user_id, metadata={"a": True}), "user.updated")
        self.expect(orbit, lambda: orbit.users.update(user_id, metadata={"a": True}))
        self.expect(orbit, lambda: orbit.users.update(user_id))
        self.expect(orbit, lambda: orbit.users.create_token(user_id))
        self.expect(orbit, lambda: orbit.users.deactivate(user_id), "user.deactivated")
        self.expect(orbit, lambda: orbit.users.deactivate(user_id))
        assert orbit.webhooks.list_events()[0].payload == {"user": orbit.users.get(user_id).to_dict()}

    def test_refused_requests_emit_no_event(self, orbit: OrbitServer, wire: Wire, alice: str, bob: str) -> None:
        before = event_types(orbit)
        direct = {"type": "direct", "participant_id": "usr_none"}
        assert wire("POST", "/conversations", actor=alice, json=direct).status_code == 422
        assert event_types(orbit) == before

    def test_conversations(self, orbit: OrbitServer, alice: str, bob: str, carol: str) -> None:
        me = orbit.as_user(alice)

        def start() -> Conversation:
            return me.conversations.create(type="direct", participant_id=bob)

        self.expect(orbit, start, "conversation.created")
        self.expect(orbit, start)
        self.expect(orbit, lambda: me.conversations.create(type="group", participant_ids=[bob]), "conversation.created")
        group = me.conversations.list()[0].id
        payload = orbit.webhooks.list_events()[0].payload
        assert payload is not None
        assert "unread_count" not in payload["conversation"], "the number depends on the user"

        def change(**fields: Any) -> Callable[[], object]:
            return lambda: me.conversations.update(group, **fields)

        self.expect(orbit, change(metadata={"name": "A"}), "conversation.updated")
        self.expect(orbit, change(metadata={"name": "A"}))
        self.expect(orbit, change(extra={"color": "red"}), "conversation.updated")
        self.expect(orbit, change(extra={"color": "red"}))

        def set_context(title: str) -> Callable[[], object]:
            return lambda: me.conversations.update_context(group, {"title": title})

        self.expect(orbit, set_context("x"), "conversation.updated")
        self.expect(orbit, set_context("x"))

        def add() -> object:
            return me.conversations.add_participant(group, carol)

        def remove() -> None:
            me.conversations.remove_participant(group, carol)

        def leave() -> None:
            me.conversations.remove_participant(group, alice)

        self.expect(orbit, add, "conversation.participant_added")
        self.expect(orbit, add)
        self.expect(orbit, remove, "conversation.participant_removed")
        payload = orbit.webhooks.list_events()[0].payload
        assert payload is not None
        assert payload["participant"]["left_at"] is not None
        self.expect(orbit, remove)
        self.expect(orbit, leave, "conversation.participant_removed")

    def test_sending_messages(self, orbit: OrbitServer, alice: str, direct: Conversation, group: Conversation) -> None:
        me = orbit.as_user(alice)
        sent: list[Message] = []

        def send() -> None:
            sent.append(me.messages.send(conversation_id=direct.id, content="Hi", idempotency_key="k"))

        self.expect(orbit, send, "message.sent")
        assert orbit.webhooks.list_events()[0].payload == {
            "message_id": sent[0].id,
            "conversation_id": direct.id,
            "message": sent[0].to_dict(),
        }
        self.expect(orbit, send)
        self.expect(
            orbit,
            lambda: me.messages.reply(conversation_id=direct.id, reply_to_message_id=sent[0].id, content="Ho"),
            "message.sent",
        )
        self.expect(
            orbit,
            lambda: me.messages.forward(sent[0].id, target_conversation_ids=[group.id, direct.id, group.id]),
            "message.sent",
            "message.sent",
        )

    def test_changing_messages(self, orbit: OrbitServer, alice: str, bob: str, direct: Conversation) -> None:
        me, other = orbit.as_user(alice), orbit.as_user(bob)
        first, second = (me.messages.send(conversation_id=direct.id, content="Hi").id for _ in range(2))
        self.expect(orbit, lambda: me.messages.edit(first, "Ho"), "message.edited")
        self.expect(orbit, lambda: me.messages.edit(first, "Ho"))
        self.expect(orbit, lambda: other.messages.react(first, "like"), "message.reaction_added")
        added = orbit.webhooks.list_events()[0].payload
        self.expect(orbit, lambda: other.messages.react(first, "like"), "message.reaction_removed")
        assert orbit.webhooks.list_events()[0].payload == added
        self.expect(orbit, lambda: other.messages.pin(first), "message.pinned")
        payload = orbit.webhooks.list_events()[0].payload
        assert payload is not None
        assert (payload["app_user_id"], payload["message"]["is_pinned"]) == (bob, True)
        self.expect(orbit, lambda: me.messages.pin(first))
        self.expect(orbit, lambda: me.messages.unpin(first), "message.unpinned")
        self.expect(orbit, lambda: me.messages.unpin(first))
        self.expect(orbit, lambda: me.messages.recall(first), "message.recalled")
        self.expect(orbit, lambda: me.messages.recall(first))
        self.expect(orbit, lambda: me.messages.delete(second), "message.deleted")
        payload = orbit.webhooks.list_events()[0].payload
        assert payload is not None
        assert payload["message"]["content"] is None
        self.expect(orbit, lambda: me.messages.delete(second))

    def test_receipts(self, orbit: OrbitServer, alice: str, bob: str, carol: str, group: Conversation) -> None:
        me, other, third = (orbit.as_user(user_id) for user_id in (alice, bob, carol))
        sent = me.messages.send(conversation_id=group.id, content="Hi").id
        self.expect(orbit, lambda: me.messages.ack(sent))
        self.expect(orbit, lambda: other.messages.ack(sent), "message.delivered")
        self.expect(orbit, lambda: other.messages.ack(sent))
        self.expect(orbit, lambda: other.messages.mark_read(sent), "message.read")
        payload = orbit.webhooks.list_events()[0].payload
        assert payload is not None
        assert (payload["receipt"]["app_user_id"], payload["receipt"]["status"]) == (bob, "read")
        self.expect(orbit, lambda: other.messages.mark_read(sent))
        self.expect(orbit, lambda: third.messages.mark_read(sent), "message.delivered", "message.read")
        self.expect(orbit, lambda: third.messages.ack(sent))
        info = me.messages.get_info(sent)
        assert (info.delivered_count, info.read_count, info.status) == (2, 2, "read")


def test_the_same_seed_gives_the_same_run() -> None:
    def run() -> list[object]:
        with Emulator(clock=ManualClock(), seed=7) as emulator:
            orbit = emulator.client()
            webhook = orbit.webhooks.create(NOWHERE)
            orbit.webhooks.subscribe(webhook.id, "*")
            for number in range(10):
                orbit.users.create(external_id=str(number), display_name="X")
                orbit.webhooks.test(webhook.id)
            emulator.settle()
            deliveries = orbit.webhooks.list_deliveries(webhook.id)
            attempts = [orbit.webhooks.get_attempts(delivery.id) for delivery in deliveries]
            return [orbit.users.list(), deliveries, attempts, orbit.webhooks.list_events()]

    assert run() == run()


class TestInitialWebhooks:
    def test_exists_at_the_start_and_after_a_reset(self) -> None:
        with WebhookInbox() as inbox:
            inbox.secrets.append("whsec_given")
            webhook = InitialWebhook(inbox.url, "whsec_given", events="order.*")
            assert "whsec_given" not in repr(webhook)
            with CheckedEmulator(clock=ManualClock(), seed=1, webhooks=[webhook]) as emulator:
                orbit = emulator.client()
                for _ in range(2):
                    orbit.webhooks.publish("order.paid", {})
                    emulator.settle()
                    emulator.reset()
                assert [(one.type, one.is_refused) for one in inbox.received] == [("order.paid", False)] * 2

    def test_does_not_change_other_ids(self) -> None:
        webhooks = [InitialWebhook("http://127.0.0.1:9/a"), InitialWebhook("http://127.0.0.1:9/b", events=("a.b", "*"))]
        with Emulator(seed=1) as bare, Emulator(seed=1, webhooks=webhooks) as emulator:
            assert user(bare.client(), "Ada") == user(emulator.client(), "Ada")
            assert [one.url for one in emulator.client().webhooks.list()] == [webhook.url for webhook in webhooks]

    def test_a_deleted_one_is_registered_again_with_another_id(self, tmp_path: Path) -> None:
        webhook = InitialWebhook("http://127.0.0.1:9/a")
        ids = []
        for _ in range(2):
            with CheckedEmulator(tmp_path / "state.db", webhooks=[webhook]) as emulator:
                orbit = emulator.client()
                (registered,) = orbit.webhooks.list()
                ids.append(registered.id)
                orbit.webhooks.delete(registered.id)
        assert ids[0] != ids[1]

    @pytest.mark.parametrize("given", [{"url": "ftp://x"}, {"secret": "a b "}, {"secret": ""}, {"events": ("a b",)}])
    def test_invalid_arguments_are_refused(self, given: dict[str, Any]) -> None:
        with pytest.raises(ValueError):  # noqa: PT011  # The messages differ.
            InitialWebhook(**{"url": "http://127.0.0.1:9/a", **given})
