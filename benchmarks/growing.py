"""Operations of the API that should take the same time, however much the emulator contains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from benchmarks.filled import START, Size, id_of
from orbitconnect import OrbitServer

PAGE: Final = 100

_numbers = count()


class Filled:
    """A client of an emulator that `fill` has filled, and the ids of what its operations are about."""

    def __init__(self, orbit: OrbitServer, size: Size) -> None:
        self.orbit = orbit
        self.alice, self.bob = id_of("usr", 1), id_of("usr", 2)
        self.as_alice, self.as_bob = orbit.as_user(self.alice), orbit.as_user(self.bob)
        self.chat = id_of("cnv", 1)
        self.deepest = size.messages // 2 - size.messages // 2000 - 2 * PAGE
        """The number of messages before the last page but one of `chat`. The user has deleted some of them."""
        middle = size.messages // 2 // 2 * 2 - 1
        self.message = id_of("msg", middle)
        """A message in the middle of `chat`."""
        self.text = self.message.removeprefix("msg_")[:8]
        """A text that no other message contains."""
        self.changed_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=START + middle * 1000)
        self.size = size

    def fresh(self) -> int:
        """A number that has not been used."""
        return next(_numbers)

    def unread(self) -> str:
        """The id of a message in `chat` that has not been used."""
        return id_of("msg", self.size.messages // 4 * 2 + 1 + 2 * (self.fresh() % (self.size.messages // 8)))

    def call(self) -> None:
        """Make a call, and end it."""
        caller = self.orbit.as_user(id_of("usr", 7)).calls
        caller.end(caller.initiate(callee_id=id_of("usr", 8), type="voice").id)

    def webhook(self) -> None:
        """Register a webhook with a subscription, and delete it."""
        webhook_id = self.orbit.webhooks.create("http://127.0.0.1:9/growth").id
        self.orbit.webhooks.subscribe(webhook_id, "order.paid")
        self.orbit.webhooks.delete(webhook_id)


OPERATIONS: Final[dict[str, Callable[[Filled], object]]] = {
    "users.create": lambda f: f.orbit.users.create(external_id=f"new-{f.fresh()}", display_name="New"),
    "users.get": lambda f: f.orbit.users.get(f.alice),
    "users.get_by_external_id": lambda f: f.orbit.users.get_by_external_id("customer-1"),
    "users.update": lambda f: f.orbit.users.update(f.alice, display_name=f"Name {f.fresh()}"),
    "conversations.create": lambda f: f.orbit.conversations.create(
        type="group", participant_ids=[id_of("usr", 4)], acting_user_id=id_of("usr", 5)
    ),
    "conversations.get": lambda f: f.as_alice.conversations.get(f.chat),
    "conversations.list": lambda f: f.as_alice.conversations.list(),
    "conversations.find_by_reference": lambda f: f.as_alice.conversations.find_by_reference("order-1"),
    "conversations.update": lambda f: f.as_alice.conversations.update(f.chat, metadata={"n": f.fresh()}),
    "conversations.list_participants": lambda f: f.as_alice.conversations.list_participants(f.chat),
    "messages.send": lambda f: f.as_alice.messages.send(conversation_id=f.chat, content="One more"),
    "messages.reply": lambda f: f.as_alice.messages.reply(
        conversation_id=f.chat, content="Yes", reply_to_message_id=f.message
    ),
    "messages.get": lambda f: f.as_alice.messages.get(f.message),
    "messages.get_info": lambda f: f.as_alice.messages.get_info(f.message),
    "messages.edit": lambda f: f.as_alice.messages.edit(f.message, f"{f.text}{f.fresh()}"),
    "messages.delete": lambda f: f.as_alice.messages.delete(f.unread()),
    "messages.recall": lambda f: f.as_alice.messages.recall(f.unread()),
    "messages.react": lambda f: f.as_bob.messages.react(f.message, f"{f.fresh()}"[-1]),
    "messages.mark_read": lambda f: f.as_bob.messages.mark_read(f.unread()),
    "messages.pin, unpin": lambda f: (f.as_bob.messages.pin(f.message), f.as_bob.messages.unpin(f.message)),
    "messages.get_pinned": lambda f: f.as_bob.messages.get_pinned(f.chat),
    "messages.ack": lambda f: f.as_bob.messages.ack(f.unread()),
    "messages.forward": lambda f: f.as_alice.messages.forward(f.message, [id_of("cnv", 2)]),
    "messages.list, first page": lambda f: f.as_alice.messages.list(f.chat, limit=PAGE),
    "messages.list, middle": lambda f: f.as_alice.messages.list(f.chat, limit=PAGE, offset=f.deepest // 2),
    "messages.list, last page": lambda f: f.as_alice.messages.list(f.chat, limit=PAGE, offset=f.deepest),
    "messages.list, after a sequence": lambda f: f.as_alice.messages.list(f.chat, limit=PAGE, after_sequence=f.deepest),
    "messages.sync": lambda f: f.as_alice.messages.sync(f.chat, f.changed_at, limit=PAGE),
    "messages.search, common text": lambda f: f.as_alice.messages.search(f.chat, "Message", limit=PAGE),
    "messages.search, rare text": lambda f: f.as_alice.messages.search(f.chat, f.text, limit=PAGE),
    "messages.search_global, common text": lambda f: f.as_alice.messages.search_global("Message", limit=PAGE),
    "messages.search_global, rare text": lambda f: f.as_alice.messages.search_global(f.text, limit=PAGE),
    "messages.search_global, few messages": lambda f: f.orbit.messages.search_global(
        "Message", limit=PAGE, acting_user_id=id_of("usr", f.size.users)
    ),
    "calls.initiate, end": lambda f: f.call(),
    "calls.submit_metrics": lambda f: f.as_alice.calls.submit_metrics(id_of("call", 2), rtt=5.0),
    "calls.get_metrics": lambda f: f.as_alice.calls.get_metrics(id_of("call", 1)),
    "calls.list_recordings": lambda f: f.as_alice.calls.list_recordings(id_of("call", 1)),
    "calls.list": lambda f: f.as_alice.calls.list(),
    "calls.get": lambda f: f.as_alice.calls.get(id_of("call", 1)),
    "meetings.list": lambda f: f.as_alice.meetings.list(),
    "meetings.get": lambda f: f.as_alice.meetings.get(id_of("mtg", 1)),
    "meetings.create": lambda f: f.orbit.meetings.create(title="Weekly", acting_user_id=id_of("usr", 7)),
    "meetings.join, leave": lambda f: (
        f.as_bob.meetings.leave(id_of("mtg", 1)),
        f.as_bob.meetings.join(id_of("mtg", 1)),
    ),
    "media.generate_upload_url": lambda f: f.orbit.media.generate_upload_url(
        "image/png", acting_user_id=id_of("usr", 7)
    ),
    "media.list_access": lambda f: f.as_alice.media.list_access(id_of("med", 1)),
    "media.get": lambda f: f.as_alice.media.get(id_of("med", 1)),
    "media.search": lambda f: f.as_alice.media.search("photo"),
    "media.list_recordings": lambda f: f.as_alice.media.list_recordings(),
    "realtime.list_sessions": lambda f: f.as_alice.realtime.list_sessions(),
    "realtime.get_session": lambda f: f.as_alice.realtime.get_session(id_of("ses", 1)),
    "realtime.create_session": lambda f: f.orbit.realtime.create_session(
        type="chat_session", acting_user_id=id_of("usr", 7)
    ),
    "realtime.list_events": lambda f: f.as_alice.realtime.list_events(id_of("ses", 1)),
    "realtime.list_transitions": lambda f: f.as_alice.realtime.list_transitions(id_of("ses", 1)),
    "webhooks.create, subscribe, delete": lambda f: f.webhook(),
    "webhooks.publish": lambda f: f.orbit.webhooks.publish("growth.measured", {"n": f.fresh()}),
    "webhooks.list": lambda f: f.orbit.webhooks.list(),
    "webhooks.list_events": lambda f: f.orbit.webhooks.list_events(),
    "webhooks.list_deliveries": lambda f: f.orbit.webhooks.list_deliveries(id_of("whk", 1)),
    "webhooks.get_delivery": lambda f: f.orbit.webhooks.get_delivery(id_of("dlv", 1)),
    "webhooks.get_attempts": lambda f: f.orbit.webhooks.get_attempts(id_of("dlv", 1)),
    "billing.top_up": lambda f: f.orbit.billing.top_up(1),
    "billing.get_wallet": lambda f: f.orbit.billing.get_wallet(),
    "billing.record_usage_event": lambda f: f.orbit.billing.record_usage_event(event_type="message_sent", quantity=1),
    "billing.get_usage": lambda f: f.orbit.billing.get_usage(),
    "billing.get_aggregates": lambda f: f.orbit.billing.get_aggregates(),
    "billing.generate_invoice": lambda f: f.orbit.billing.generate_invoice(),
    "billing.get_invoice": lambda f: f.orbit.billing.get_invoice(id_of("inv", 1)),
}
"""What each operation does. Each can be repeated."""

LISTS: Final[dict[str, Callable[[Filled], list[object]]]] = {
    "users.list": lambda f: [*f.orbit.users.list()],
    "billing.get_transactions": lambda f: [*f.orbit.billing.get_transactions()],
    "billing.get_invoices": lambda f: [*f.orbit.billing.get_invoices()],
    "billing.get_alerts": lambda f: [*f.orbit.billing.get_alerts()],
}
"""Operations that return everything of a kind, because the contract has no pages for them."""
