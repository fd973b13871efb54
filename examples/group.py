"""Chats between users: direct and group conversations, and everything that you can do with messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from orbitconnect import OrbitServerError

if TYPE_CHECKING or __package__:
    from .narration import open_orbit, show, show_failure
else:
    from narration import open_orbit, show, show_failure


def main() -> None:
    with open_orbit("Chats, direct and in a group") as orbit:
        alice = show(
            "Register two users of your application.",
            lambda: orbit.users.create(external_id="example-alice", display_name="Alice"),
        )
        bob = show(
            "Metadata is your own data. The API returns it unchanged.",
            lambda: orbit.users.create(external_id="example-bob", display_name="Bob", metadata={"plan": "pro"}),
        )

        # Clients with an acting user, so that calls do not need acting_user_id.
        as_alice = orbit.as_user(alice.id)
        as_bob = orbit.as_user(bob.id)

        direct = show(
            "Alice starts a direct conversation with Bob, about a booking.",
            lambda: as_alice.conversations.create(
                type="direct",
                participant_id=bob.id,
                context={"type": "booking", "referenceId": "booking_123", "title": "Haircut"},
            ),
        )
        group = show(
            "She also creates a group, which she owns.",
            lambda: as_alice.conversations.create(
                type="group", participant_ids=[bob.id], metadata={"name": "Team Alpha"}
            ),
        )
        question = show(
            "She sends Bob a message.",
            lambda: as_alice.messages.send(
                conversation_id=direct.id, content="Is the booking still fine?", metadata={"source": "backend"}
            ),
        )
        show("Bob has an unread message.", lambda: as_bob.conversations.list(), "type", "unread_count")
        show("He reads it.", lambda: as_bob.messages.mark_read(question.id))
        show(
            "Alice sees that he has read it.",
            lambda: as_alice.messages.get_info(question.id),
            *("status", "read_count"),
        )
        show("Bob adds a reaction.", lambda: as_bob.messages.react(question.id, "👍"), "content", "reactions")
        answer = show(
            "He replies.",
            lambda: as_bob.messages.reply(
                conversation_id=direct.id, content="Yes, at nien.", reply_to_message_id=question.id
            ),
            *("content", "reply_to_message_id", "sequence"),
        )
        show("He corrects a typo.", lambda: as_bob.messages.edit(answer.id, "Yes, at nine."), "content", "edited_at")
        show("Alice pins the reply.", lambda: as_alice.messages.pin(answer.id), "content", "is_pinned", "pinned_at")
        show("List the pinned messages.", lambda: as_bob.messages.get_pinned(direct.id), "content")
        show(
            "List the messages, newest first.",
            lambda: as_alice.messages.list(direct.id, limit=10),
            *("content", "sequence", "status"),
        )
        show("Search. Case is ignored.", lambda: as_alice.messages.search(direct.id, "BOOKING"), "content")

        last_look = datetime.now(UTC) - timedelta(minutes=5)
        show(
            "Sync: list what was sent or changed since her last look, oldest change first.",
            lambda: as_alice.messages.sync(direct.id, last_look),
            *("content", "edited_at"),
        )
        show(
            "Forward the message to the group. A message can be forwarded to several conversations.",
            lambda: as_alice.messages.forward(answer.id, [group.id]),
            *("content", "forwarded_from_message_id"),
        )
        show(
            "Find conversations by the reference in their context.",
            lambda: as_alice.conversations.find_by_reference("booking_123"),
            *("id", "context"),
        )
        show_failure(
            "Every failure is an OrbitServerError, with subclasses for the common statuses. Alice cannot edit Bob's "
            "message.",
            lambda: as_alice.messages.edit(answer.id, "No."),
            OrbitServerError,
        )
        error = show_failure(
            "A message that does not exist cannot be read.",
            lambda: as_alice.messages.get("msg_that_does_not_exist"),
            OrbitServerError,
        )
        print(f"The error's attributes: status={error.status} code={error.code!r} message={error.message!r}")


if __name__ == "__main__":
    main()
