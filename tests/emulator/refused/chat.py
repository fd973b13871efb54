"""Refused requests about users, conversations, messages, calls and sessions."""

from __future__ import annotations

from tests.emulator.refused.recorded import People, fails


def users(of: People) -> None:
    fails(of.backend.users.create_token, of.gone_id)


def conversations(of: People) -> None:
    direct = of.alice.conversations.create(type="direct", participant_id=of.bob_id).id
    group = of.alice.conversations.create(type="group", participant_ids=[of.bob_id, of.carol_id]).id
    fails(of.carol.conversations.get, direct)
    fails(of.alice.conversations.add_participant, direct, of.carol_id)
    fails(of.alice.conversations.remove_participant, direct, of.bob_id)
    fails(of.bob.conversations.add_participant, group, of.carol_id)
    fails(of.bob.conversations.remove_participant, group, of.carol_id)
    fails(of.bob.conversations.update, group, metadata={})
    fails(of.bob.conversations.update_context, group, {"title": "Ours"})
    fails(of.alice.conversations.create, type="direct", participant_id=of.gone_id)


def messages(of: People) -> None:
    chat = of.alice.conversations.create(type="group", participant_ids=[of.bob_id]).id
    sent = of.alice.messages.send(conversation_id=chat, content="Hello", idempotency_key="once").id
    fails(of.alice.messages.send, conversation_id=chat, content="Bye", idempotency_key="once")
    fails(of.bob.messages.edit, sent, "Mine")
    fails(of.bob.messages.recall, sent)
    of.alice.messages.recall(sent)
    fails(of.alice.messages.edit, sent, "Again")
    fails(of.bob.messages.react, sent, "like")
    fails(of.bob.messages.forward, sent, [chat])
    fails(of.bob.messages.pin, sent)


def calls(of: People) -> None:
    call = of.alice.calls.initiate(callee_id=of.bob_id, type="voice").id
    fails(of.carol.calls.initiate, callee_id=of.bob_id, type="voice")
    fails(of.alice.calls.accept, call)
    fails(of.alice.calls.reject, call)
    fails(of.bob.calls.end, call)
    fails(of.bob.calls.submit_answer, call, "v=0")
    fails(of.bob.calls.toggle_record, call)
    of.bob.calls.accept(call)
    fails(of.bob.calls.accept, call)
    fails(of.bob.calls.reject, call)
    of.alice.media.start_recording(session_type="call", session_id=call)
    fails(of.bob.media.start_recording, session_type="call", session_id=call)
    of.alice.calls.end(call)
    fails(of.alice.calls.submit_offer, call, "v=0")
    fails(of.alice.calls.add_ice_candidate, call, "candidate:1")
    fails(of.alice.realtime.create_session, type="call_session", context_id=call)


def sessions(of: People) -> None:
    chat = of.alice.conversations.create(type="group", participant_ids=[of.bob_id]).id
    session = of.alice.realtime.create_session(type="chat_session", context_id=chat).id
    fails(of.bob.realtime.update_session, session, context_id=chat)
    fails(of.bob.realtime.update_context, session, conversation_id=chat)
    fails(of.bob.realtime.end_session, session)
    fails(of.alice.realtime.transition, session, transition_type="meeting_to_chat")
    of.alice.realtime.end_session(session)
    fails(of.alice.realtime.update_session, session, context_id=chat)
    fails(of.alice.realtime.update_context, session, conversation_id=chat)
    fails(of.alice.realtime.end_session, session)
    fails(of.alice.realtime.emit_event, session, event_type="note", payload={})
