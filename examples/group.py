"""A chat between users: conversations, messages, and everything that is done with them."""

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
            "Two users of your application.",
            lambda: orbit.users.create(external_id="example-alice", display_name="Alice"),
        )
        bob = show(
            "Metadata are yours; they come back as you gave them.",
            lambda: orbit.users.create(external_id="example-bob", display_name="Bob", metadata={"plan": "pro"}),
        )

        # A view acts for one user, so that the calls need not say for whom. It costs nothing to make.
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
            "And a group, which she owns.",
            lambda: as_alice.conversations.create(
                type="group", participant_ids=[bob.id], metadata={"name": "Team Alpha"}
            ),
        )
        question = show(
            "She writes to Bob.",
            lambda: as_alice.messages.send(
                conversation_id=direct.id, content="Is the booking still fine?", metadata={"source": "backend"}
            ),
        )
        show("Bob sees that there is something new.", lambda: as_bob.conversations.list(), "type", "unread_count")
        show("He reads it,", lambda: as_bob.messages.mark_read(question.id))
        show("and Alice learns that he did.", lambda: as_alice.messages.get_info(question.id), "status", "read_count")
        show("Bob reacts,", lambda: as_bob.messages.react(question.id, "👍"), "content", "reactions")
        answer = show(
            "replies,",
            lambda: as_bob.messages.reply(
                conversation_id=direct.id, content="Yes, at nien.", reply_to_message_id=question.id
            ),
            *("content", "reply_to_message_id", "sequence"),
        )
        show("and mends a slip.", lambda: as_bob.messages.edit(answer.id, "Yes, at nine."), "content", "edited_at")
        show("Alice pins the answer.", lambda: as_alice.messages.pin(answer.id), "content", "is_pinned", "pinned_at")
        show("What is pinned?", lambda: as_bob.messages.get_pinned(direct.id), "content")
        show(
            "The messages, newest first.",
            lambda: as_alice.messages.list(direct.id, limit=10),
            *("content", "sequence", "status"),
        )
        show("A search, whatever the case.", lambda: as_alice.messages.search(direct.id, "BOOKING"), "content")

        last_look = datetime.now(UTC) - timedelta(minutes=5)
        show(
            "Sync: all that was sent or changed since she last looked, the oldest change first.",
            lambda: as_alice.messages.sync(direct.id, last_look),
            *("content", "edited_at"),
        )
        show(
            "The same news for the team: a message is forwarded to any number of conversations.",
            lambda: as_alice.messages.forward(answer.id, [group.id]),
            *("content", "forwarded_from_message_id"),
        )
        show(
            "Conversations are found by what they are about.",
            lambda: as_alice.conversations.find_by_reference("booking_123"),
            *("id", "context"),
        )
        show_failure(
            "Every failure is an OrbitServerError; there is a class for each status that matters. Alice cannot edit "
            "what Bob wrote.",
            lambda: as_alice.messages.edit(answer.id, "No."),
            OrbitServerError,
        )
        error = show_failure(
            "And nobody can read what was never written.",
            lambda: as_alice.messages.get("msg_that_never_was"),
            OrbitServerError,
        )
        print(f"Its parts: status={error.status} code={error.code!r} message={error.message!r}")


if __name__ == "__main__":
    main()
