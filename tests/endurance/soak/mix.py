"""The calls of the soak. They are those of a backend whose users chat, call each other, hold meetings and pay.

Calls are planned in the same way for both clients, because their methods have the same names. Some of them return an
awaitable.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Final

from attrs import frozen

FOLLOWED: Final = 0.3
"""The shares of messages that get a reaction and that get a reply."""


@frozen
class Planned:
    """A call."""

    kind: str
    make: Callable[[Any], Any]
    """Makes the call with a client."""
    fits: Callable[[Any], bool]
    """Whether a result belongs to this call and not to another one."""
    key: str = ""
    """Identifies the call's effect in the emulator's state. Unique among calls of this kind."""
    then: Callable[[Any], Iterable[Planned]] = lambda result: ()
    """Plans the follow-up calls, based on its result."""


class Mix:
    """Plans calls. It keeps a bounded number of earlier results, so that its memory use does not grow."""

    def __init__(self, owners: list[str], members: list[str], groups: list[list[str]], seed: int) -> None:
        """Start with the given users and groups.

        Args:
            owners: The ids of users who create further groups.
            members: The ids of users who chat in the existing groups.
            groups: For each group conversation, its id and then the ids of its participants.
            seed: The same seed gives the same plan.
        """
        self._owners = owners
        self._members = members
        self._groups = groups
        self._seed = seed
        self._kinds = list(WEIGHTS)
        self._weights = list(WEIGHTS.values())
        self._free: deque[str] = deque(maxlen=200)
        """Users who have not been in a call yet."""

    def plan(self, number: int) -> Planned:
        """Plan the call with this number."""
        chance = random.Random(f"{self._seed} {number}")
        kind = chance.choices(self._kinds, self._weights)[0]
        return kind(self, number, chance)

    def _place(self, chance: random.Random) -> tuple[str, str]:
        """A conversation, and one of its participants."""
        conversation, *members = chance.choice(self._groups)
        return conversation, chance.choice(members)

    # Chat.

    def send(self, number: int, chance: random.Random) -> Planned:
        conversation, actor = self._place(chance)
        content = f"Message {number}"

        def then(message: Any) -> Iterable[Planned]:
            if chance.random() < FOLLOWED:
                yield _react(message.id, actor)
            if chance.random() < FOLLOWED:
                yield _reply(conversation, message.id, actor)
            if chance.random() < FOLLOWED:
                yield _mark_read(message.id, actor)

        return Planned(
            "send",
            lambda orbit: orbit.messages.send(conversation_id=conversation, content=content, acting_user_id=actor),
            lambda message: message.content == content and message.sender_id == actor,
            content,
            then,
        )

    def list_messages(self, number: int, chance: random.Random) -> Planned:
        conversation, actor = self._place(chance)
        offset = chance.randrange(50)
        return Planned(
            "list messages",
            lambda orbit: orbit.messages.list(conversation, limit=20, offset=offset, acting_user_id=actor),
            lambda messages: all(message.conversation_id == conversation for message in messages),
        )

    def search(self, number: int, chance: random.Random) -> Planned:
        conversation, actor = self._place(chance)
        text = str(chance.randrange(100, 1000))
        return Planned(
            "search",
            lambda orbit: orbit.messages.search(conversation, text, limit=5, acting_user_id=actor),
            lambda messages: all(text in message.content for message in messages),
        )

    def sync(self, number: int, chance: random.Random) -> Planned:
        conversation, actor = self._place(chance)
        since = datetime.now(UTC)
        return Planned(
            "sync",
            lambda orbit: orbit.messages.sync(conversation, since, limit=20, acting_user_id=actor),
            lambda messages: all(message.conversation_id == conversation for message in messages),
        )

    def create_conversation(self, number: int, chance: random.Random) -> Planned:
        actor, *others = chance.sample(self._owners, 4)
        key = f"conversation {number}"
        return Planned(
            "create conversation",
            lambda orbit: orbit.conversations.create(
                type="group", participant_ids=others, metadata={"soak": key}, acting_user_id=actor
            ),
            lambda conversation: conversation.metadata["soak"] == key,
            key,
            lambda conversation: [_create_session(conversation.id, actor)],
        )

    def get_conversation(self, number: int, chance: random.Random) -> Planned:
        conversation, actor = self._place(chance)
        return Planned(
            "get conversation",
            lambda orbit: orbit.as_user(actor).conversations.get(conversation),
            lambda found: found.id == conversation,
        )

    def list_conversations(self, number: int, chance: random.Random) -> Planned:
        conversation, actor = self._place(chance)
        return Planned(
            "list conversations",
            lambda orbit: orbit.conversations.list(acting_user_id=actor),
            lambda conversations: any(each.id == conversation for each in conversations),
        )

    # Users.

    def upsert_user(self, number: int, chance: random.Random) -> Planned:
        external_id = f"customer-{number}"

        def then(user: Any) -> Iterable[Planned]:
            self._free.append(user.id)
            return ()

        return Planned(
            "upsert user",
            lambda orbit: orbit.users.create(external_id=external_id, display_name="A customer"),
            lambda user: user.external_id == external_id,
            external_id,
            then,
        )

    def update_user(self, number: int, chance: random.Random) -> Planned:
        user_id, name = chance.choice(self._members), f"Name {number}"
        return Planned(
            "update user",
            lambda orbit: orbit.users.update(user_id, display_name=name),
            lambda user: (user.id, user.display_name) == (user_id, name),
        )

    def get_user(self, number: int, chance: random.Random) -> Planned:
        user_id = chance.choice(self._members)
        return Planned("get user", lambda orbit: orbit.users.get(user_id), lambda user: user.id == user_id)

    def create_token(self, number: int, chance: random.Random) -> Planned:
        user_id = chance.choice(self._members)
        return Planned("create token", lambda orbit: orbit.users.create_token(user_id), lambda token: bool(token.token))

    # Calls and meetings.

    def initiate_call(self, number: int, chance: random.Random) -> Planned:
        # Use two users who have not been in a call. If the response to a call is lost, the call keeps ringing and both
        # users stay busy.
        try:
            caller, callee = self._free.popleft(), self._free.popleft()
        except IndexError:
            return self.upsert_user(number, chance)
        return Planned(
            "initiate call",
            lambda orbit: orbit.calls.initiate(callee_id=callee, type="voice", acting_user_id=caller),
            lambda call: (call.caller_id, call.callee_id) == (caller, callee),
            caller,
            # In reverse order, because the call that was planned last is made next.
            lambda call: [_end_call(call.id, caller), _get_call(call.id, caller), _accept_call(call.id, callee)],
        )

    def turn_credentials(self, number: int, chance: random.Random) -> Planned:
        actor = chance.choice(self._members)
        return Planned(
            "TURN credentials",
            lambda orbit: orbit.calls.get_turn_credentials(acting_user_id=actor),
            lambda credentials: bool(credentials.username),
        )

    def create_meeting(self, number: int, chance: random.Random) -> Planned:
        host, title = chance.choice(self._members), f"Meeting {number}"
        return Planned(
            "create meeting",
            lambda orbit: orbit.meetings.create(title=title, acting_user_id=host),
            lambda meeting: meeting.title == title,
            title,
            lambda meeting: [_end_meeting(meeting.id, host), _start_meeting(meeting.id, host)],
        )

    # Billing.

    def top_up(self, number: int, chance: random.Random) -> Planned:
        # Each top-up has its own amount, which identifies it.
        cents = number + 1
        return Planned(
            "top up", lambda orbit: orbit.billing.top_up(cents / 100), lambda wallet: wallet is not None, str(cents)
        )

    def record_usage(self, number: int, chance: random.Random) -> Planned:
        key, quantity = f"usage {number}", chance.randrange(1, 100)
        return Planned(
            "record usage",
            lambda orbit: orbit.billing.record_usage_event(
                event_type="messages", quantity=quantity, metadata={"soak": key}
            ),
            lambda usage: usage.metadata["soak"] == key and usage.quantity == quantity,
            key,
        )

    def get_wallet(self, number: int, chance: random.Random) -> Planned:
        return Planned(
            "get wallet", lambda orbit: orbit.billing.get_wallet(), lambda wallet: isinstance(wallet.balance, float)
        )

    # The rest.

    def publish(self, number: int, chance: random.Random) -> Planned:
        key = f"event {number}"
        return Planned(
            "publish event",
            lambda orbit: orbit.webhooks.publish("order.paid", {"soak": key}),
            lambda event: event.payload["soak"] == key,
            key,
        )

    def create_webhook(self, number: int, chance: random.Random) -> Planned:
        # The webhook has no subscriptions, so it never receives anything.
        url = f"http://127.0.0.1:9/{number}"
        return Planned(
            "create webhook",
            lambda orbit: orbit.webhooks.create(url),
            lambda webhook: webhook.url == url,
            url,
            lambda webhook: [_delete_webhook(webhook.id)],
        )

    def upload_url(self, number: int, chance: random.Random) -> Planned:
        actor = chance.choice(self._members)
        return Planned(
            "upload URL",
            lambda orbit: orbit.media.generate_upload_url("image/png", acting_user_id=actor),
            lambda upload: bool(upload.media_id),
            then=lambda upload: [_media_status(upload.media_id, actor)],
        )


def _react(message_id: str, actor: str) -> Planned:
    # A reaction that is sent twice is removed.
    return Planned(
        "react",
        lambda orbit: orbit.messages.react(message_id, "soak", acting_user_id=actor),
        lambda message: message.id == message_id,
        message_id,
    )


def _reply(conversation: str, message_id: str, actor: str) -> Planned:
    content = f"Reply to {message_id}"
    return Planned(
        "reply",
        lambda orbit: orbit.messages.reply(
            conversation_id=conversation, content=content, reply_to_message_id=message_id, acting_user_id=actor
        ),
        lambda message: message.content == content,
        content,
    )


def _mark_read(message_id: str, actor: str) -> Planned:
    return Planned(
        "mark read",
        lambda orbit: orbit.messages.mark_read(message_id, acting_user_id=actor),
        lambda nothing: nothing is None,
    )


def _create_session(conversation: str, actor: str) -> Planned:
    return Planned(
        "create session",
        lambda orbit: orbit.realtime.create_session(type="chat_session", context_id=conversation, acting_user_id=actor),
        lambda session: session.created_by == actor,
        conversation,
        lambda session: [_emit_event(session.id, actor)],
    )


def _emit_event(session_id: str, actor: str) -> Planned:
    return Planned(
        "emit session event",
        lambda orbit: orbit.realtime.emit_event(session_id, event_type="typing", acting_user_id=actor),
        lambda event: event.session_id == session_id,
        session_id,
    )


def _accept_call(call_id: str, callee: str) -> Planned:
    return Planned(
        "accept call",
        lambda orbit: orbit.calls.accept(call_id, acting_user_id=callee),
        lambda call: call.id == call_id and call.accepted_at is not None,
        call_id,
    )


def _get_call(call_id: str, actor: str) -> Planned:
    return Planned("get call", lambda orbit: orbit.as_user(actor).calls.get(call_id), lambda call: call.id == call_id)


def _end_call(call_id: str, caller: str) -> Planned:
    return Planned(
        "end call",
        lambda orbit: orbit.calls.end(call_id, acting_user_id=caller),
        lambda call: call.id == call_id and call.ended_at is not None,
        call_id,
    )


def _start_meeting(meeting_id: str, host: str) -> Planned:
    return Planned(
        "start meeting",
        lambda orbit: orbit.meetings.start(meeting_id, acting_user_id=host),
        lambda meeting: meeting.id == meeting_id and meeting.started_at is not None,
        meeting_id,
    )


def _end_meeting(meeting_id: str, host: str) -> Planned:
    return Planned(
        "end meeting",
        lambda orbit: orbit.meetings.end(meeting_id, acting_user_id=host),
        lambda meeting: meeting.id == meeting_id and meeting.ended_at is not None,
        meeting_id,
    )


def _delete_webhook(webhook_id: str) -> Planned:
    return Planned(
        "delete webhook",
        lambda orbit: orbit.webhooks.delete(webhook_id),
        lambda nothing: nothing is None,
        webhook_id,
    )


def _media_status(media_id: str, actor: str) -> Planned:
    return Planned(
        "media status",
        lambda orbit: orbit.media.get_status(media_id, acting_user_id=actor),
        lambda status: status.media_id == media_id,
    )


WEIGHTS: Final[dict[Callable[[Mix, int, random.Random], Planned], int]] = {
    Mix.send: 24,
    Mix.list_messages: 14,
    Mix.search: 2,
    Mix.sync: 3,
    Mix.create_conversation: 3,
    Mix.get_conversation: 3,
    Mix.list_conversations: 3,
    Mix.upsert_user: 8,
    Mix.update_user: 3,
    Mix.get_user: 6,
    Mix.create_token: 4,
    Mix.initiate_call: 3,
    Mix.turn_credentials: 2,
    Mix.create_meeting: 2,
    Mix.top_up: 3,
    Mix.record_usage: 6,
    Mix.get_wallet: 3,
    Mix.publish: 4,
    Mix.create_webhook: 2,
    Mix.upload_url: 2,
}
"""The number of calls of each kind in about a hundred calls, without follow-up calls."""
