from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from orbitconnect import ConflictError, NotFoundError, OrbitServer, PermissionDeniedError, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.message import Message
from tests.emulator.conftest import Wire


@pytest.fixture
def me(orbit: OrbitServer, alice: str) -> OrbitServer:
    return orbit.as_user(alice)


@pytest.fixture
def other(orbit: OrbitServer, bob: str) -> OrbitServer:
    return orbit.as_user(bob)


@pytest.fixture
def hello(me: OrbitServer, direct: Conversation) -> Message:
    return me.messages.send(conversation_id=direct.id, content="Hello", metadata={"source": "test"})


def contents(messages: list[Message]) -> list[str | None]:
    return [message.content for message in messages]


def send_many(sender: OrbitServer, conversation: Conversation, *texts: str) -> list[Message]:
    return [sender.messages.send(conversation_id=conversation.id, content=text) for text in texts]


class TestSend:
    def test_response(
        self, me: OrbitServer, hello: Message, direct: Conversation, alice: str, clock: ManualClock
    ) -> None:
        assert hello.id.startswith("msg_")
        assert (hello.conversation_id, hello.sender_id, hello.content) == (direct.id, alice, "Hello")
        assert (hello.type, hello.metadata, hello.sequence, hello.status) == ("text", {"source": "test"}, 1, "sent")
        assert (hello.reactions, hello.is_pinned, hello.created_at) == ([], False, clock.now())
        assert (hello.edited_at, hello.recalled_at, hello.deleted_at, hello.reply_to_message_id) == (None,) * 4
        assert me.messages.get(hello.id) == hello

    def test_every_field_is_there(self, wire: Wire, hello: Message, alice: str) -> None:
        answer = wire("GET", f"/messages/{hello.id}", actor=alice).json()["data"]
        assert set(answer) == {known.name for known in Message.FIELDS}

    def test_each_conversation_has_its_own_sequence(
        self, me: OrbitServer, direct: Conversation, group: Conversation
    ) -> None:
        assert [message.sequence for message in send_many(me, direct, "a", "b", "c")] == [1, 2, 3]
        assert [message.sequence for message in send_many(me, group, "a", "b")] == [1, 2]

    def test_other_types(self, me: OrbitServer, direct: Conversation, wire: Wire, alice: str) -> None:
        for type_ in ("image", "hologram"):
            assert me.messages.send(conversation_id=direct.id, content="x", type=type_).type == type_
        path = f"/conversations/{direct.id}/messages"
        assert wire("POST", path, actor=alice, json={"content": "x", "type": ""}).status_code == 422
        assert wire("POST", path, actor=alice, json={"content": ""}).json()["errors"] == {
            "content": ["must not be empty"]
        }


class TestIdempotencyKeys:
    def test_a_repeated_key_returns_the_same_message(self, me: OrbitServer, direct: Conversation) -> None:
        def send(**changes: Any) -> Message:
            fields: dict[str, Any] = {"content": "Hi", "metadata": {"a": 1, "b": 2}, "idempotency_key": "k"}
            return me.messages.send(conversation_id=direct.id, **{**fields, **changes})

        first = send()
        assert send() == first
        assert send(metadata={"b": 2, "a": 1}, type="text") == first
        for changes in ({"content": "Ho"}, {"metadata": {"a": 1}}, {"type": "image"}):
            with pytest.raises(ConflictError) as caught:
                send(**changes)
            assert caught.value.code == "idempotency_key_reused"
        assert contents(me.messages.list(direct.id)) == ["Hi"]

    def test_a_key_belongs_to_a_sender_and_a_conversation(
        self, me: OrbitServer, other: OrbitServer, direct: Conversation, group: Conversation
    ) -> None:
        sent = [
            sender.messages.send(conversation_id=conversation.id, content="Hi", idempotency_key="k").id
            for sender in (me, other)
            for conversation in (direct, group)
        ]
        assert len(set(sent)) == 4

    def test_a_repeated_key_returns_the_edited_message(self, me: OrbitServer, direct: Conversation) -> None:
        sent = me.messages.send(conversation_id=direct.id, content="Hi", idempotency_key="k")
        me.messages.edit(sent.id, "Ho")
        assert me.messages.send(conversation_id=direct.id, content="Hi", idempotency_key="k").content == "Ho"


class TestList:
    def test_newest_first(self, me: OrbitServer, direct: Conversation) -> None:
        send_many(me, direct, *"abcde")
        assert contents(me.messages.list(direct.id)) == ["e", "d", "c", "b", "a"]
        assert contents(me.messages.list(direct.id, limit=2)) == ["e", "d"]
        assert contents(me.messages.list(direct.id, limit=2, offset=2)) == ["c", "b"]
        assert contents(me.messages.list(direct.id, offset=5)) == []
        assert contents(me.messages.list(direct.id, limit=0)) == []

    def test_after_a_sequence_oldest_first(self, me: OrbitServer, direct: Conversation) -> None:
        send_many(me, direct, *"abcde")
        assert contents(me.messages.list(direct.id, after_sequence=2)) == ["c", "d", "e"]
        assert contents(me.messages.list(direct.id, after_sequence=0, limit=2)) == ["a", "b"]
        assert contents(me.messages.list(direct.id, after_sequence=2, limit=1, offset=1)) == ["d"]
        assert contents(me.messages.list(direct.id, after_sequence=9)) == []

    def test_limits(self, me: OrbitServer, direct: Conversation) -> None:
        send_many(me, direct, *(str(number) for number in range(210)))
        assert len(me.messages.list(direct.id)) == 50
        assert len(me.messages.list(direct.id, limit=1000)) == 200
        assert len(me.messages.search(direct.id, "1")) == 20
        assert len(me.messages.search_global("1")) == 20
        assert direct.created_at is not None
        assert len(me.messages.sync(direct.id, direct.created_at)) == 100


class TestEdit:
    def test_edit(self, me: OrbitServer, hello: Message, clock: ManualClock) -> None:
        now = clock.advance(5)
        edited = me.messages.edit(hello.id, "Hello there")
        assert (edited.content, edited.edited_at, edited.updated_at) == ("Hello there", now, now)
        assert (edited.sequence, edited.created_at) == (hello.sequence, hello.created_at)
        assert me.messages.get(hello.id) == edited

    def test_requires_the_sender(self, other: OrbitServer, hello: Message) -> None:
        with pytest.raises(PermissionDeniedError, match="Only the sender"):
            other.messages.edit(hello.id, "Hacked")
        with pytest.raises(PermissionDeniedError):
            other.messages.recall(hello.id)


class TestRecall:
    def test_keeps_its_sequence_number(
        self, me: OrbitServer, other: OrbitServer, hello: Message, direct: Conversation, clock: ManualClock
    ) -> None:
        me.messages.pin(hello.id)
        recalled = me.messages.recall(hello.id)
        assert (recalled.content, recalled.metadata, recalled.recalled_at) == (None, {}, clock.now())
        assert recalled.is_pinned is False
        assert [message.id for message in other.messages.list(direct.id)] == [hello.id]
        clock.advance(5)
        assert me.messages.recall(hello.id) == recalled, "repeating the call changes nothing"
        assert me.messages.search(direct.id, "Hello") == []

    def test_a_recalled_message_cannot_change(self, me: OrbitServer, hello: Message, direct: Conversation) -> None:
        me.messages.recall(hello.id)
        for attempt in (
            lambda: me.messages.edit(hello.id, "x"),
            lambda: me.messages.react(hello.id, "like"),
            lambda: me.messages.pin(hello.id),
            lambda: me.messages.forward(hello.id, [direct.id]),
        ):
            with pytest.raises(ConflictError, match="recalled"):
                attempt()
        me.messages.delete(hello.id)


def test_null_for_metadata_and_the_key_is_accepted(wire: Wire, alice: str, direct: Conversation) -> None:
    body = {"content": "Hello", "type": "system", "metadata": None, "idempotency_key": None}
    sent = [wire("POST", f"/conversations/{direct.id}/messages", actor=alice, json=body).json()["data"] for _ in "ab"]
    assert [(message["type"], message["metadata"]) for message in sent] == [("system", {})] * 2
    assert sent[0]["id"] != sent[1]["id"]


class TestDelete:
    def test_lists_omit_it_and_sync_includes_it(
        self, me: OrbitServer, hello: Message, direct: Conversation, clock: ManualClock
    ) -> None:
        seen = clock.advance(5)
        me.messages.delete(hello.id)
        me.messages.delete(hello.id)
        assert me.messages.list(direct.id) == []
        assert me.conversations.get(direct.id).last_message is None
        (synced,) = me.messages.sync(direct.id, seen)
        assert (synced.id, synced.content, synced.deleted_at) == (hello.id, None, seen)
        with pytest.raises(NotFoundError):
            me.messages.get(hello.id)
        with pytest.raises(NotFoundError):
            me.messages.edit(hello.id, "x")
        assert me.messages.send(conversation_id=direct.id, content="next").sequence == 2

    def test_every_participant_can_and_only_that_user_no_longer_sees_it(
        self, me: OrbitServer, other: OrbitServer, hello: Message, direct: Conversation, clock: ManualClock
    ) -> None:
        me.messages.pin(hello.id)
        seen = clock.advance(5)
        other.messages.delete(hello.id)
        theirs, mine = other.conversations.get(direct.id), me.conversations.get(direct.id)
        assert (theirs.last_message, theirs.unread_count) == (None, 0)
        assert mine.last_message is not None
        for who, count in (other, 0), (me, 1):
            assert len(who.messages.list(direct.id)) == len(who.messages.list(direct.id, after_sequence=0)) == count
            assert len(who.messages.search(direct.id, "Hello")) == len(who.messages.search_global("Hello")) == count
            assert len(who.messages.get_pinned(direct.id)) == count
            assert len(who.messages.sync(direct.id, seen)) == 1 - count
        assert (me.messages.get(hello.id).content, me.messages.get(hello.id).deleted_at) == ("Hello", None)
        for attempt in (
            lambda: other.messages.get_info(hello.id),
            lambda: other.messages.pin(hello.id),
            lambda: other.messages.mark_read(hello.id),
        ):
            with pytest.raises(NotFoundError):
                attempt()
        with pytest.raises(UnprocessableEntityError):
            other.messages.reply(conversation_id=direct.id, content="x", reply_to_message_id=hello.id)

    def test_a_message_that_was_deleted_by_one_can_be_recalled_for_all(
        self, me: OrbitServer, other: OrbitServer, hello: Message, direct: Conversation, clock: ManualClock
    ) -> None:
        other.messages.delete(hello.id)
        seen = clock.advance(5)
        me.messages.recall(hello.id)
        assert other.conversations.get(direct.id).unread_count == 0
        assert [message.content for message in me.messages.sync(direct.id, seen)] == [None]
        assert other.messages.sync(direct.id, seen) == []

    def test_a_repeated_idempotency_key_returns_the_deleted_message(
        self, me: OrbitServer, direct: Conversation
    ) -> None:
        sent = me.messages.send(conversation_id=direct.id, content="Hello", idempotency_key="k")
        me.messages.delete(sent.id)
        again = me.messages.send(conversation_id=direct.id, content="Hello", idempotency_key="k")
        assert (again.id, again.content) == (sent.id, None)
        assert again.deleted_at is not None


def test_reactions_toggle(me: OrbitServer, other: OrbitServer, hello: Message, alice: str, bob: str) -> None:
    def react(who: OrbitServer, word: str) -> list[tuple[Any, Any]]:
        message = who.messages.react(hello.id, word)
        assert isinstance(message, Message)
        return [(reaction.app_user_id, reaction.reaction_type) for reaction in message.reactions or ()]

    assert react(me, "👍") == [(alice, "👍")]
    assert react(other, "👍") == [(alice, "👍"), (bob, "👍")]
    assert react(other, "heart") == [(alice, "👍"), (bob, "👍"), (bob, "heart")]
    assert react(me, "👍") == [(bob, "👍"), (bob, "heart")]
    assert len(me.messages.list(hello.conversation_id or "")[0].reactions or ()) == 2
    with pytest.raises(UnprocessableEntityError):
        react(me, "x" * 65)


class TestReply:
    def test_reply(self, other: OrbitServer, hello: Message, direct: Conversation) -> None:
        reply = other.messages.reply(conversation_id=direct.id, content="Hi!", reply_to_message_id=hello.id)
        assert (reply.reply_to_message_id, reply.sequence, reply.type) == (hello.id, 2, "text")

    def test_requires_the_same_conversation(self, me: OrbitServer, hello: Message, group: Conversation) -> None:
        for conversation, message in ((group.id, hello.id), (hello.conversation_id or "", "msg_none")):
            with pytest.raises(UnprocessableEntityError) as caught:
                me.messages.reply(conversation_id=conversation, content="x", reply_to_message_id=message)
            assert list(caught.value.errors) == ["reply_to_message_id"]


class TestForward:
    def test_forward(
        self, other: OrbitServer, hello: Message, direct: Conversation, group: Conversation, bob: str
    ) -> None:
        copies = other.messages.forward(hello.id, [group.id, direct.id, group.id])
        assert [copy.conversation_id for copy in copies] == [group.id, direct.id]
        assert {copy.forwarded_from_message_id for copy in copies} == {hello.id}
        assert {copy.sender_id for copy in copies} == {bob}
        assert contents(copies) == ["Hello", "Hello"]
        assert copies[0].metadata == {"source": "test"}

    def test_sends_all_copies_or_none(self, me: OrbitServer, hello: Message, group: Conversation) -> None:
        with pytest.raises(UnprocessableEntityError) as caught:
            me.messages.forward(hello.id, [group.id, "cnv_none"])
        assert list(caught.value.errors) == ["target_conversation_ids.1"]
        assert me.messages.list(group.id) == []


def test_pins(me: OrbitServer, other: OrbitServer, direct: Conversation, bob: str, clock: ManualClock) -> None:
    first, second, _ = send_many(me, direct, "a", "b", "c")
    assert me.messages.get_pinned(direct.id) == []
    me.messages.pin(second.id)
    pinned = other.messages.pin(first.id)
    assert (pinned.is_pinned, pinned.pinned_by_user_id, pinned.pinned_at) == (True, bob, clock.now())
    assert contents(me.messages.get_pinned(direct.id)) == ["a", "b"], "most recently pinned first"
    clock.advance(5)
    assert me.messages.pin(first.id) == pinned, "repeating the call changes nothing"
    me.messages.unpin(first.id)
    me.messages.unpin(first.id)
    assert contents(me.messages.get_pinned(direct.id)) == ["b"]
    me.messages.delete(second.id)
    assert me.messages.get_pinned(direct.id) == []


class TestReceipts:
    def test_in_a_direct_conversation(
        self, me: OrbitServer, other: OrbitServer, hello: Message, direct: Conversation, bob: str, clock: ManualClock
    ) -> None:
        assert other.conversations.get(direct.id).unread_count == 1
        delivered = clock.advance(1)
        other.messages.ack(hello.id)
        other.messages.ack(hello.id)
        assert me.messages.get(hello.id).status == "delivered"
        read = clock.advance(1)
        other.messages.mark_read(hello.id)
        clock.advance(1)
        other.messages.mark_read(hello.id)
        other.messages.ack(hello.id)
        assert me.messages.get(hello.id).status == "read"
        info = me.messages.get_info(hello.id)
        assert (info.recipient_count, info.delivered_count, info.read_count, info.status) == (1, 1, 1, "read")
        assert info.sent_at == hello.created_at
        assert info.recipients is not None
        (receipt,) = info.recipients
        assert (receipt.app_user_id, receipt.status) == (bob, "read")
        assert (receipt.delivered_at, receipt.read_at) == (delivered, read)
        seen = other.conversations.get(direct.id)
        assert seen.unread_count == 0
        part = next(part for part in seen.participants or () if part.app_user_id == bob)
        assert (part.last_read_sequence, part.last_read_at) == (1, read)

    def test_reading_implies_delivered(self, me: OrbitServer, other: OrbitServer, hello: Message) -> None:
        other.messages.mark_read(hello.id)
        info = me.messages.get_info(hello.id)
        assert (info.delivered_count, info.read_count) == (1, 1)

    def test_all_participants_of_a_group_count(
        self, orbit: OrbitServer, group: Conversation, me: OrbitServer, bob: str, carol: str
    ) -> None:
        (sent,) = send_many(me, group, "x")
        orbit.as_user(bob).messages.mark_read(sent.id)
        assert me.messages.get(sent.id).status == "sent"
        orbit.as_user(carol).messages.ack(sent.id)
        assert me.messages.get(sent.id).status == "delivered"
        orbit.as_user(carol).messages.mark_read(sent.id)
        assert me.messages.get(sent.id).status == "read"
        assert [receipt.app_user_id for receipt in me.messages.get_info(sent.id).recipients or ()] == [bob, carol]

    def test_the_sender_does_not_count(self, me: OrbitServer, hello: Message, direct: Conversation) -> None:
        me.messages.ack(hello.id)
        me.messages.mark_read(hello.id)
        info = me.messages.get_info(hello.id)
        assert (info.recipient_count, info.delivered_count, info.read_count) == (1, 0, 0)
        assert me.conversations.get(direct.id).unread_count == 0

    def test_each_message_is_read_separately(self, me: OrbitServer, other: OrbitServer, direct: Conversation) -> None:
        first, _, third = send_many(me, direct, "a", "b", "c")
        other.messages.mark_read(third.id)
        assert other.conversations.get(direct.id).unread_count == 2
        other.messages.mark_read(first.id)
        assert other.conversations.get(direct.id).unread_count == 1
        part = other.conversations.list_participants(direct.id)[1]
        assert part.last_read_sequence == 3

    def test_recalled_and_deleted_messages_are_not_unread(
        self, me: OrbitServer, other: OrbitServer, direct: Conversation
    ) -> None:
        first, second, third = send_many(me, direct, "a", "b", "c")
        other.messages.mark_read(first.id)
        me.messages.recall(first.id)
        me.messages.recall(second.id)
        me.messages.delete(second.id)
        assert other.conversations.get(direct.id).unread_count == 1
        me.messages.recall(third.id)
        other.messages.mark_read(third.id)
        assert other.conversations.get(direct.id).unread_count == 0

    def test_later_participants_are_not_recipients(
        self, orbit: OrbitServer, me: OrbitServer, group: Conversation, direct: Conversation
    ) -> None:
        (sent,) = send_many(me, group, "x")
        dave = orbit.users.create(external_id="dave", display_name="Dave").id
        me.conversations.add_participant(group.id, dave)
        later = orbit.as_user(dave)
        later.messages.ack(sent.id)
        later.messages.mark_read(sent.id)
        assert later.conversations.get(group.id).unread_count == 0
        info = me.messages.get_info(sent.id)
        assert (info.recipient_count, info.read_count) == (2, 0)


class TestSearch:
    def test_special_characters(self, me: OrbitServer, direct: Conversation) -> None:
        send_many(me, direct, "100% sure", "100 pounds", "snake_case", "snakeXcase", "ÜBER Straße", "a\\b", "it's")

        def found(text: str) -> list[str | None]:
            return contents(me.messages.search(direct.id, text))

        assert found("0%") == ["100% sure"]
        assert found("e_c") == ["snake_case"]
        assert found("SNAKE") == ["snakeXcase", "snake_case"], "newest first, ignoring case"
        assert found("über STRASSE") == ["ÜBER Straße"]
        assert found("\\") == ["a\\b"]
        assert found("'") == ["it's"]
        assert found("*") == found("nothing of the kind") == []
        assert len(me.messages.search(direct.id, "s", limit=2)) == 2

    def test_all_conversations(
        self,
        me: OrbitServer,
        other: OrbitServer,
        orbit: OrbitServer,
        direct: Conversation,
        group: Conversation,
        carol: str,
    ) -> None:
        send_many(me, direct, "needle in direct")
        send_many(me, group, "needle in group")
        assert contents(other.messages.search_global("NEEDLE")) == ["needle in group", "needle in direct"]
        assert contents(orbit.as_user(carol).messages.search_global("needle")) == ["needle in group"]
        me.conversations.remove_participant(group.id, carol)
        assert orbit.as_user(carol).messages.search_global("needle") == []

    def test_edited_content_is_found(self, me: OrbitServer, hello: Message, direct: Conversation) -> None:
        me.messages.edit(hello.id, "Goodbye")
        assert me.messages.search(direct.id, "hello") == []
        assert contents(me.messages.search(direct.id, "goodbye")) == ["Goodbye"]

    def test_an_empty_text(self, wire: Wire, direct: Conversation, alice: str) -> None:
        response = wire("GET", f"/search/messages?conversation_id={direct.id}&q=", actor=alice)
        assert response.json()["errors"] == {"q": ["must not be empty"]}


class TestSync:
    def test_oldest_change_first(
        self, me: OrbitServer, other: OrbitServer, direct: Conversation, clock: ManualClock
    ) -> None:
        first, second, third = send_many(me, direct, "a", "b", "c")
        since = clock.advance(10)
        assert me.messages.sync(direct.id, since) == []
        me.messages.edit(second.id, "B")
        other.messages.react(first.id, "like")
        other.messages.mark_read(third.id)
        send_many(me, direct, "d")
        me.messages.delete(second.id)
        assert [message.sequence for message in me.messages.sync(direct.id, since)] == [1, 3, 4, 2]
        assert len(me.messages.sync(direct.id, since - timedelta(seconds=10))) == 4

    def test_nothing_is_missed_if_the_clock_stands_still(self, me: OrbitServer, direct: Conversation) -> None:
        send_many(me, direct, *(str(number) for number in range(25)))
        since, seen = direct.created_at, list[str]()
        for _ in range(100):
            assert since is not None
            page = me.messages.sync(direct.id, since, limit=4)
            new = [message.id for message in page if message.id not in seen]
            if not new:
                break
            seen += new
            since = page[-1].updated_at
        assert len(seen) == 25

    def test_any_offset(self, me: OrbitServer, hello: Message, direct: Conversation, wire: Wire, alice: str) -> None:
        for since, count in (
            ("2026-01-05T10:30:00+01:00", 1),
            ("2026-01-05T10:30:01+01:00", 0),
            ("0001-01-01T00:00:00+23:59", 1),
            ("9999-12-31T23:59:59-23:59", 0),
        ):
            params = {"conversation_id": direct.id, "since": since}
            answer = wire("GET", "/sync/messages", actor=alice, params=params).json()
            assert len(answer["data"]) == count
