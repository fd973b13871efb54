"""A realtime session: the thread that ties a chat, a call and a meeting together while people move between them."""

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
            "Alice and Bob chat. A session is opened about their conversation.",
            lambda: as_alice.realtime.create_session(type="chat_session", context_id=chat.id),
            *("id", "type", "status", "state", "context_id"),
        )
        show(
            "Events of your own go to all who take part, and stay in the history.",
            lambda: as_alice.realtime.emit_event(
                session.id, event_type="document.opened", payload={"document": "offer.pdf", "page": 3}
            ),
            *("sequence", "event_type", "payload"),
        )

        say("Writing takes too long: Alice calls.")
        call = as_alice.calls.initiate(callee_id=bob.id, type="voice")
        as_bob.calls.accept(call.id)
        show("The session moves on to the call.", lambda: as_alice.realtime.chat_to_call(session.id, call.id), *STEP)

        say("They have to look at it together: the call becomes a meeting.")
        meeting = as_alice.meetings.create(title="The offer, all together")
        as_alice.meetings.start(meeting.id)
        as_alice.meetings.add_participant(meeting.id, bob.id)
        as_bob.meetings.join(meeting.id)
        show_failure(
            "A meeting comes from a call, a call from a chat: a step that does not fit is refused.",
            lambda: as_alice.realtime.chat_to_call(session.id, call.id),
            ConflictError,
        )
        show("This one fits.", lambda: as_alice.realtime.call_to_meeting(session.id, meeting.id), *STEP)
        as_alice.calls.end(call.id)

        show("Bob asks where everything is.", lambda: as_bob.realtime.get_context(session.id))
        as_alice.meetings.end(meeting.id)
        show("Back to where it began.", lambda: as_alice.realtime.meeting_to_chat(session.id, chat.id), *STEP)
        show(
            "The context can be set by hand, too: what is named changes, None clears.",
            lambda: as_alice.realtime.update_context(session.id, meeting_id=None),
            *("conversation_id", "call_id", "meeting_id"),
        )
        show("The way it went.", lambda: as_bob.realtime.list_transitions(session.id), *STEP[:3])
        show("What was said on the way.", lambda: as_bob.realtime.list_events(session.id), "sequence", "event_type")
        show(
            "The session ends; the conversation stays.",
            lambda: as_alice.realtime.end_session(session.id),
            *("status", "state", "ended_at"),
        )
        show_failure(
            "What has ended does not move any more.",
            lambda: as_alice.realtime.emit_event(session.id, event_type="document.closed"),
            ConflictError,
        )
        as_bob.messages.send(conversation_id=chat.id, content="Thank you for the call!")
        show("The chat goes on.", lambda: as_alice.messages.list(chat.id), "content", "sequence")


if __name__ == "__main__":
    main()
