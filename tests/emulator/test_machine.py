"""Run random operations on a conversation, and compare it with a simple model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from orbitconnect import OrbitServerError
from orbitconnect.emulator import ManualClock
from tests.emulator.conformance import CheckedEmulator
from tests.properties.strategies import examples

USERS = st.integers(0, 3)
PICKS = st.integers(0, 50)


T = TypeVar("T")


def attempt(call: Callable[[], T]) -> tuple[int, T | None]:
    try:
        return 200, call()
    except OrbitServerError as error:
        return error.status, None


class Sent:
    def __init__(self, id: str, sender: int, recipients: set[int]) -> None:
        self.id = id
        self.sender = sender
        self.unread_by = set(recipients)
        self.recipients = recipients
        self.read_by: set[int] = set()
        self.got_by: set[int] = set()
        self.reactions: set[int] = set()
        self.deleted_by: set[int] = set()
        self.is_recalled = False


class Group(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.emulator = CheckedEmulator(clock=ManualClock(), seed=1)
        orbit = self.emulator.client(max_retries=0)
        self.ids = [orbit.users.create(external_id=str(n), display_name=str(n)).id for n in range(4)]
        self.as_user = [orbit.as_user(user_id) for user_id in self.ids]
        self.owner = self.as_user[0]
        self.group = self.owner.conversations.create(type="group", participant_ids=self.ids[1:3]).id
        self.present = {0, 1, 2}
        self.sent: list[Sent] = []

    def teardown(self) -> None:
        if hasattr(self, "emulator"):
            self.emulator.close()

    def pick(self, number: int) -> Sent | None:
        return self.sent[number % len(self.sent)] if self.sent else None

    @rule(user=USERS)
    def send(self, user: int) -> None:
        status, message = attempt(lambda: self.as_user[user].messages.send(conversation_id=self.group, content="x"))
        assert status == (200 if user in self.present else 404)
        if message is not None:
            assert message.sequence == len(self.sent) + 1
            self.sent.append(Sent(message.id, user, self.present - {user}))

    @rule(user=USERS, number=PICKS, read=st.booleans())
    def receive(self, user: int, number: int, read: bool) -> None:
        message = self.pick(number)
        if message is None:
            return
        messages = self.as_user[user].messages
        status, _ = attempt(lambda: (messages.mark_read if read else messages.ack)(message.id))
        assert status == (200 if user in self.present - message.deleted_by else 404)
        if status == 200 and user in message.recipients:
            message.got_by.add(user)
            if read:
                message.read_by.add(user)
                message.unread_by.discard(user)

    @rule(user=USERS, number=PICKS)
    def delete(self, user: int, number: int) -> None:
        message = self.pick(number)
        if message is None:
            return
        status, _ = attempt(lambda: self.as_user[user].messages.delete(message.id))
        assert status == (200 if user in self.present else 404)
        if status == 200:
            message.deleted_by.add(user)
            message.unread_by.discard(user)

    @rule(user=USERS, number=PICKS)
    def recall(self, user: int, number: int) -> None:
        message = self.pick(number)
        if message is None:
            return
        status, _ = attempt(lambda: self.as_user[user].messages.recall(message.id))
        if user not in self.present - message.deleted_by:
            assert status == 404
        elif user != message.sender:
            assert status == 403
        else:
            assert status == 200
            message.is_recalled = True
            message.unread_by.clear()

    @rule(user=USERS, number=PICKS)
    def react(self, user: int, number: int) -> None:
        message = self.pick(number)
        if message is None:
            return
        status, _ = attempt(lambda: self.as_user[user].messages.react(message.id, "like"))
        if user not in self.present - message.deleted_by:
            assert status == 404
        else:
            assert status == (409 if message.is_recalled else 200)
        if status == 200:
            message.reactions ^= {user}

    @rule(user=st.integers(1, 3))
    def join_or_leave(self, user: int) -> None:
        if user in self.present:
            self.as_user[user].conversations.remove_participant(self.group, self.ids[user])
            self.present.discard(user)
            for message in self.sent:
                message.unread_by.discard(user)
        else:
            self.owner.conversations.add_participant(self.group, self.ids[user])
            self.present.add(user)

    @invariant()
    def unread_counts_agree(self) -> None:
        if not hasattr(self, "sent"):
            return
        for user in self.present:
            seen = self.as_user[user].conversations.get(self.group)
            assert seen.unread_count == sum(user in message.unread_by for message in self.sent)
            assert seen.last_sequence == len(self.sent)
            assert seen.participant_count == len(self.present)

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "sent"):
            return
        listed = self.owner.messages.list(self.group, after_sequence=0)
        assert [message.id for message in listed] == [sent.id for sent in self.sent if 0 not in sent.deleted_by]
        created = self.owner.conversations.get(self.group).created_at
        assert created is not None
        synced = {message.id: message for message in self.owner.messages.sync(self.group, created)}
        assert synced.keys() == {sent.id for sent in self.sent}
        for sent in self.sent:
            message = synced[sent.id]
            deleted = 0 in sent.deleted_by
            assert (message.content is None, message.deleted_at is not None) == (deleted or sent.is_recalled, deleted)
            if deleted:
                continue
            assert len(message.reactions or ()) == len(sent.reactions)
            everybody = bool(sent.recipients)
            read, got = sent.read_by == sent.recipients, sent.got_by == sent.recipients
            assert message.status == ("read" if everybody and read else "delivered" if everybody and got else "sent")

    @invariant()
    def info_agrees(self) -> None:
        for sent in getattr(self, "sent", [])[-1:]:
            if 0 not in sent.deleted_by:
                info = self.owner.messages.get_info(sent.id)
                assert {part.app_user_id for part in info.recipients or ()} == {self.ids[n] for n in sent.recipients}
                assert (info.delivered_count, info.read_count) == (len(sent.got_by), len(sent.read_by))


TestGroup = Group.TestCase
TestGroup.settings = settings(examples(25), stateful_step_count=25)
