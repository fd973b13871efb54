from __future__ import annotations

import json
from typing import Any

import pytest

from orbitconnect import ConflictError, NotFoundError, OrbitServer, PermissionDeniedError, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api.models.conversation import Conversation
from tests.emulator.conftest import Wire, user


def roles(conversation: Conversation) -> dict[Any, Any]:
    return {part.app_user_id: part.role for part in conversation.participants or ()}


class TestDirect:
    def test_create(self, orbit: OrbitServer, alice: str, bob: str, clock: ManualClock) -> None:
        made = orbit.as_user(alice).conversations.create(type="direct", participant_id=bob, metadata={"a": 1})
        assert made.type == "direct"
        assert roles(made) == {alice: "member", bob: "member"}
        assert [part.added_by_user_id for part in made.participants or ()] == [None, alice]
        assert [part.display_name for part in made.participants or ()] == ["Alice", "Bob"]
        assert (made.participant_count, made.last_sequence, made.unread_count) == (2, 0, 0)
        assert (made.metadata, made.context, made.last_message) == ({"a": 1}, None, None)
        assert (made.created_by, made.created_at) == (alice, clock.now())
        assert orbit.as_user(bob).conversations.get(made.id) == made

    def test_is_unique_for_two_users_and_a_reference(
        self, orbit: OrbitServer, alice: str, bob: str, carol: str
    ) -> None:
        def start(actor: str, other: str, reference: str | None = None) -> str:
            context = None if reference is None else {"referenceId": reference}
            made = orbit.conversations.create(
                type="direct", participant_id=other, context=context, acting_user_id=actor
            )
            return made.id

        plain = start(alice, bob)
        assert start(alice, bob) == start(bob, alice) == plain
        booking = start(alice, bob, "booking_1")
        assert booking != plain
        assert start(bob, alice, "booking_1") == booking
        assert start(alice, carol) not in (plain, booking)
        assert len(orbit.as_user(alice).conversations.list()) == 3

    def test_participants_cannot_change(self, orbit: OrbitServer, direct: Conversation, alice: str, carol: str) -> None:
        me = orbit.as_user(alice)
        with pytest.raises(ConflictError):
            me.conversations.add_participant(direct.id, carol)
        with pytest.raises(ConflictError):
            me.conversations.remove_participant(direct.id, alice)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "direct"}, "participant_id"),
        ({"type": "direct", "participant_id": "ALICE"}, "participant_id"),
        ({"type": "direct", "participant_id": "usr_nobody"}, "participant_id"),
        ({"type": "direct", "participant_id": "GONE"}, "participant_id"),
        ({"type": "direct", "participant_id": "BOB", "participant_ids": ["BOB"]}, "participant_ids"),
        ({"type": "group"}, "participant_ids"),
        ({"type": "group", "participant_ids": []}, "participant_ids"),
        ({"type": "group", "participant_ids": ["BOB", "usr_nobody"]}, "participant_ids.1"),
        ({"type": "group", "participant_ids": ["GONE"]}, "participant_ids.0"),
        ({"type": "group", "participant_ids": ["BOB"], "participant_id": "BOB"}, "participant_id"),
        ({"type": "channel", "participant_ids": ["BOB"]}, "type"),
        ({"participant_id": "BOB"}, "type"),
        ({"type": "direct", "participant_id": "BOB", "context": {"title": 3}}, "context.title"),
    ],
)
def test_bodies_that_are_refused(
    wire: Wire, orbit: OrbitServer, alice: str, bob: str, body: dict[str, Any], field: str
) -> None:
    gone = user(orbit, "Gone")
    orbit.users.deactivate(gone)
    text = json.dumps(body)
    for name, user_id in {"ALICE": alice, "BOB": bob, "GONE": gone}.items():
        text = text.replace(name, user_id)
    response = wire("POST", "/conversations", actor=alice, content=text)
    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]
    assert orbit.as_user(alice).conversations.list() == []


class TestGroup:
    def test_create(self, orbit: OrbitServer, alice: str, bob: str, carol: str) -> None:
        made = orbit.as_user(alice).conversations.create(
            type="group", participant_ids=[bob, carol, bob, alice], metadata={"name": "Team Alpha"}
        )
        assert roles(made) == {alice: "owner", bob: "member", carol: "member"}
        assert made.metadata == {"name": "Team Alpha"}
        again = orbit.as_user(alice).conversations.create(type="group", participant_ids=[bob, carol])
        assert again.id != made.id

    def test_update(self, orbit: OrbitServer, group: Conversation, alice: str) -> None:
        conversations = orbit.as_user(alice).conversations
        changed = conversations.update(
            group.id, metadata={"name": "Team Beta"}, extra={"name": "Beta", "icon": {"url": "x"}}
        )
        assert changed.metadata == {"name": "Team Beta"}
        assert changed.additional_properties == {"name": "Beta", "icon": {"url": "x"}}
        changed = conversations.update(group.id, extra={"icon": None})
        assert changed.additional_properties == {"name": "Beta"}
        assert changed.metadata == {"name": "Team Beta"}
        assert conversations.update(group.id, metadata=None).metadata == {}

    def test_the_apis_own_fields_cannot_be_set(self, wire: Wire, group: Conversation, alice: str) -> None:
        sent = {"id": "x", "type": "direct", "unread_count": 9, "created_by": "x", "metadata": {"a": 1}}
        answer = wire("PATCH", f"/conversations/{group.id}", actor=alice, json=sent).json()["data"]
        assert (answer["id"], answer["type"], answer["unread_count"]) == (group.id, "group", 0)
        assert answer["metadata"] == {"a": 1}

    def test_members_cannot_change_it(self, orbit: OrbitServer, group: Conversation, alice: str, bob: str) -> None:
        member = orbit.as_user(bob).conversations
        for attempt in (
            lambda: member.update(group.id, metadata={}),
            lambda: member.update_context(group.id, {"title": "x"}),
            lambda: member.add_participant(group.id, bob),
            lambda: member.remove_participant(group.id, alice),
        ):
            with pytest.raises(PermissionDeniedError, match="owner or admin"):
                attempt()

    def test_both_users_can_change_a_direct_one(self, orbit: OrbitServer, direct: Conversation, bob: str) -> None:
        assert orbit.as_user(bob).conversations.update(direct.id, metadata={"b": 1}).metadata == {"b": 1}


class TestParticipants:
    def test_add(self, orbit: OrbitServer, group: Conversation, alice: str, bob: str) -> None:
        me, dave = orbit.as_user(alice), user(orbit, "Dave")
        added = me.conversations.add_participant(group.id, dave)
        assert (added.app_user_id, added.role, added.added_by_user_id) == (dave, "member", alice)
        assert added.conversation_id == group.id
        assert me.conversations.add_participant(group.id, dave) == added, "adding it again changes nothing"
        assert [part.app_user_id for part in me.conversations.list_participants(group.id)][-1] == dave
        assert me.conversations.get(group.id).participant_count == 4

    def test_add_an_unknown_user(self, orbit: OrbitServer, group: Conversation, alice: str) -> None:
        with pytest.raises(UnprocessableEntityError) as caught:
            orbit.as_user(alice).conversations.add_participant(group.id, "usr_nobody")
        assert caught.value.errors == {"app_user_id": ["is not the id of a user"]}

    def test_remove(self, orbit: OrbitServer, group: Conversation, alice: str, bob: str) -> None:
        me = orbit.as_user(alice)
        orbit.as_user(bob).messages.send(conversation_id=group.id, content="bye")
        me.conversations.remove_participant(group.id, bob)
        me.conversations.remove_participant(group.id, bob)
        assert bob not in roles(me.conversations.get(group.id))
        assert me.messages.list(group.id)[0].sender_id == bob, "the user's messages remain"
        assert orbit.as_user(bob).conversations.list() == []
        with pytest.raises(NotFoundError):
            orbit.as_user(bob).conversations.get(group.id)
        with pytest.raises(NotFoundError):
            me.conversations.remove_participant(group.id, "usr_nobody")

    def test_leave_and_join_again(self, orbit: OrbitServer, group: Conversation, alice: str, bob: str) -> None:
        me, other = orbit.as_user(alice), orbit.as_user(bob)
        other.conversations.remove_participant(group.id, bob)
        other.conversations.remove_participant(group.id, bob)
        me.messages.send(conversation_id=group.id, content="while you were away")
        me.conversations.add_participant(group.id, bob)
        seen = other.conversations.get(group.id)
        assert seen.unread_count == 0
        me.messages.send(conversation_id=group.id, content="welcome back")
        assert other.conversations.get(group.id).unread_count == 1
        assert len(other.messages.list(group.id)) == 2, "a new participant can read earlier messages"

    def test_a_new_owner_is_appointed(
        self, orbit: OrbitServer, group: Conversation, alice: str, bob: str, carol: str
    ) -> None:
        orbit.as_user(alice).conversations.remove_participant(group.id, alice)
        assert roles(orbit.as_user(carol).conversations.get(group.id)) == {bob: "owner", carol: "member"}
        orbit.as_user(bob).conversations.remove_participant(group.id, carol)
        orbit.as_user(bob).conversations.remove_participant(group.id, bob)

    def test_only_participants_can_leave(self, orbit: OrbitServer, group: Conversation) -> None:
        dave = user(orbit, "Dave")
        with pytest.raises(NotFoundError):
            orbit.as_user(dave).conversations.remove_participant(group.id, dave)


CONTEXT = {"type": "booking", "referenceId": "booking_1", "title": "Haircut", "actor": {"id": "c1", "name": "Al"}}


class TestContext:
    def test_names_on_the_wire(self, wire: Wire, alice: str, bob: str) -> None:
        body = {"type": "direct", "participant_id": bob, "context": CONTEXT}
        assert wire("POST", "/conversations", actor=alice, json=body).json()["data"]["context"] == CONTEXT

    def test_merge(self, orbit: OrbitServer, direct: Conversation, alice: str) -> None:
        conversations = orbit.as_user(alice).conversations
        first = conversations.update_context(direct.id, CONTEXT).context
        assert first is not None
        assert (first.reference_id, first.title) == ("booking_1", "Haircut")
        second = conversations.update_context(direct.id, {"status": "completed", "title": None}).context
        assert second is not None
        assert second.to_dict() == {
            "type": "booking",
            "referenceId": "booking_1",
            "status": "completed",
            "actor": {"id": "c1", "name": "Al"},
        }

    def test_an_empty_array_counts_as_an_empty_context(self, wire: Wire, alice: str, bob: str) -> None:
        body = {"type": "direct", "participant_id": bob, "context": []}
        made = wire("POST", "/conversations", actor=alice, json=body).json()["data"]
        assert made["context"] == {}
        path = f"/conversations/{made['id']}/context"
        assert wire("PATCH", path, actor=alice, json={"context": []}).json()["data"]["context"] == {}

    def test_find_by_reference(self, orbit: OrbitServer, direct: Conversation, group: Conversation, alice: str) -> None:
        conversations = orbit.as_user(alice).conversations
        assert conversations.find_by_reference("booking_1") == []
        conversations.update_context(direct.id, CONTEXT)
        conversations.update_context(group.id, {"referenceId": "booking_1"})
        assert [found.id for found in conversations.find_by_reference("booking_1")] == [group.id, direct.id]
        conversations.update_context(direct.id, {"referenceId": "booking_2"})
        assert [found.id for found in conversations.find_by_reference("booking_1")] == [group.id]
        stranger = user(orbit, "Stranger")
        assert orbit.as_user(stranger).conversations.find_by_reference("booking_1") == []


def test_the_list_has_the_newest_message_first(
    orbit: OrbitServer, direct: Conversation, group: Conversation, alice: str, bob: str
) -> None:
    me = orbit.as_user(alice)
    assert [found.id for found in me.conversations.list()] == [group.id, direct.id]
    orbit.as_user(bob).messages.send(conversation_id=direct.id, content="hello")
    found = me.conversations.list()
    assert [conversation.id for conversation in found] == [direct.id, group.id]
    assert found[0].last_message is not None
    assert found[0].last_message.content == "hello"
    assert [(conversation.last_sequence, conversation.unread_count) for conversation in found] == [(1, 1), (0, 0)]


def test_only_participants_can_see_it(wire: Wire, orbit: OrbitServer, direct: Conversation, alice: str) -> None:
    message = orbit.as_user(alice).messages.send(conversation_id=direct.id, content="secret")
    stranger = user(orbit, "Stranger")
    hidden = [
        ("GET", f"/conversations/{direct.id}", None),
        ("PATCH", f"/conversations/{direct.id}", {}),
        ("PATCH", f"/conversations/{direct.id}/context", {"context": {}}),
        ("GET", f"/conversations/{direct.id}/users", None),
        ("POST", f"/conversations/{direct.id}/users", {"app_user_id": stranger}),
        ("DELETE", f"/conversations/{direct.id}/users/{alice}", None),
        ("GET", f"/conversations/{direct.id}/messages", None),
        ("POST", f"/conversations/{direct.id}/messages", {"content": "x"}),
        ("POST", f"/conversations/{direct.id}/messages/reply", {"content": "x", "reply_to_message_id": message.id}),
        ("GET", f"/conversations/{direct.id}/messages/pinned", None),
        ("GET", f"/search/messages?conversation_id={direct.id}&q=s", None),
        ("GET", f"/sync/messages?conversation_id={direct.id}&since=2020-01-01T00:00:00Z", None),
        *((method, f"/messages/{message.id}{rest}", body) for method, rest, body in MESSAGE_CALLS),
    ]
    for method, path, body in hidden:
        response = wire(method, path, actor=stranger, json=body)
        absent = wire(method, path.replace(direct.id, "cnv_x").replace(message.id, "msg_x"), actor=stranger, json=body)
        assert response.status_code == absent.status_code == 404, (method, path)
        assert response.headers[RULE_HEADER] == "participants-only; inferred"
        assert absent.headers[RULE_HEADER] == "exists; documented"
        assert response.content == absent.content, "the body does not reveal whether it exists"
    assert orbit.as_user(stranger).messages.search_global("secret") == []


MESSAGE_CALLS: list[tuple[str, str, Any]] = [
    ("GET", "", None),
    ("PATCH", "", {"content": "x"}),
    ("DELETE", "", None),
    ("PATCH", "/recall", {}),
    ("POST", "/ack", {}),
    ("POST", "/read", {}),
    ("POST", "/reactions", {"reaction_type": "like"}),
    ("POST", "/forward", {"target_conversation_ids": ["x"]}),
    ("POST", "/pin", {}),
    ("DELETE", "/pin", None),
    ("GET", "/info", None),
]
