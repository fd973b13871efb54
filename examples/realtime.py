"""A realtime session: it connects a chat, a call and a meeting while users move between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orbitconnect import ConflictError

if TYPE_CHECKING or __package__:
    from .narration import open_orbit, say, show, show_failure
else:
    from narration import open_orbit, say, show, show_failure

STEP = ("transition_type", "from_state", "to_state", "context_id")


def main() -> None:
    with open_orbit("From chat to call to meeting, and back") as orbit:
        alice = orbit.users.create(external_id="example-alice", display_name="Alice")
        bob = orbit.users.create(external_id="example-bob", display_name="Bob")
        as_alice, as_bob = orbit.as_user(alice.id), orbit.as_user(bob.id)

        chat = as_alice.conversations.create(type="direct", participant_id=bob.id)
        as_alice.messages.send(conversation_id=chat.id, content="Can we sort this out in writing?")
        session = show(
            "Alice and Bob chat. Open a session for their conversation.",
            lambda: as_alice.realtime.create_session(type="chat_session", context_id=chat.id),
            *("id", "type", "status", "state", "context_id"),
        )
        show(
            "Send your own event to all participants. It stays in the session's history.",
            lambda: as_alice.realtime.emit_event(
                session.id, event_type="document.opened", payload={"document": "offer.pdf", "page": 3}
            ),
            *("sequence", "event_type", "payload"),
        )

        say("Alice calls Bob.")
        call = as_alice.calls.initiate(callee_id=bob.id, type="voice")
        as_bob.calls.accept(call.id)
        show("Move the session to the call.", lambda: as_alice.realtime.chat_to_call(session.id, call.id), *STEP)

        say("Alice creates a meeting.")
        meeting = as_alice.meetings.create(title="The offer, all together")
        as_alice.meetings.start(meeting.id)
        as_alice.meetings.add_participant(meeting.id, bob.id)
        as_bob.meetings.join(meeting.id)
        show_failure(
            "A session in a call cannot move from a chat to a call.",
            lambda: as_alice.realtime.chat_to_call(session.id, call.id),
            ConflictError,
        )
        show(
            "It can move from the call to the meeting.",
            lambda: as_alice.realtime.call_to_meeting(session.id, meeting.id),
            *STEP,
        )
        as_alice.calls.end(call.id)

        show("Bob gets the session's context.", lambda: as_bob.realtime.get_context(session.id))
        as_alice.meetings.end(meeting.id)
        show(
            "Move the session back to the chat.",
            lambda: as_alice.realtime.meeting_to_chat(session.id, chat.id),
            *STEP,
        )
        show(
            "Update the context yourself. Fields that you pass change, and None clears a field.",
            lambda: as_alice.realtime.update_context(session.id, meeting_id=None),
            *("conversation_id", "call_id", "meeting_id"),
        )
        show("List the transitions.", lambda: as_bob.realtime.list_transitions(session.id), *STEP[:3])
        show("List the events.", lambda: as_bob.realtime.list_events(session.id), "sequence", "event_type")
        show(
            "End the session. The conversation continues to exist.",
            lambda: as_alice.realtime.end_session(session.id),
            *("status", "state", "ended_at"),
        )
        show_failure(
            "A session that has ended accepts no events.",
            lambda: as_alice.realtime.emit_event(session.id, event_type="document.closed"),
            ConflictError,
        )
        as_bob.messages.send(conversation_id=chat.id, content="Thank you for the call!")
        show("List the messages of the chat.", lambda: as_alice.messages.list(chat.id), "content", "sequence")


if __name__ == "__main__":
    main()
