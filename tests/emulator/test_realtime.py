from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from orbitconnect import (
    ConflictError,
    NotFoundError,
    OrbitServer,
    OrbitServerError,
    PermissionDeniedError,
    UnprocessableEntityError,
)
from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.models.session import Session
from orbitconnect_api.models.session_context import SessionContext
from orbitconnect_api.models.session_event import SessionEvent
from orbitconnect_api.models.transition import Transition
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire


@pytest.fixture
def me(orbit: OrbitServer, alice: str) -> OrbitServer:
    return orbit.as_user(alice)


@pytest.fixture
def other(orbit: OrbitServer, bob: str) -> OrbitServer:
    return orbit.as_user(bob)


@pytest.fixture
def stranger(orbit: OrbitServer, carol: str) -> OrbitServer:
    return orbit.as_user(carol)


@pytest.fixture
def chat(me: OrbitServer, direct: Conversation) -> Session:
    """Alice's session for her conversation with Bob."""
    return me.realtime.create_session(type="chat_session", context_id=direct.id)


@pytest.fixture
def call_id(me: OrbitServer, bob: str) -> str:
    return me.calls.initiate(callee_id=bob, type="video").id


@pytest.fixture
def meeting_id(me: OrbitServer, bob: str) -> str:
    meeting = me.meetings.create(title="Review")
    me.meetings.add_participant(meeting.id, bob)
    return meeting.id


def recorded_events(emulator: CheckedEmulator) -> list[tuple[str, dict[str, Any]]]:
    """The recorded events of sessions, with their payloads."""
    return emulator.recorded("session.")


def names(emulator: CheckedEmulator) -> list[str]:
    return [name.removeprefix("session.") for name, _ in recorded_events(emulator)]


class TestCreate:
    def test_response(
        self, me: OrbitServer, chat: Session, direct: Conversation, alice: str, clock: ManualClock
    ) -> None:
        now = clock.now()
        assert chat.id.startswith("ses_")
        assert (chat.type, chat.status, chat.state, chat.context_id) == ("chat_session", "active", "chat", direct.id)
        context = chat.context
        assert context is not None
        assert (context.session_id, context.updated_at) == (chat.id, now)
        assert (context.conversation_id, context.call_id, context.meeting_id) == (direct.id, None, None)
        assert (chat.created_by, chat.created_at, chat.updated_at) == (alice, now, now)
        assert (chat.ended_by, chat.ended_at) == (None, None)
        assert me.realtime.get_session(chat.id) == chat

    def test_without_a_context(self, me: OrbitServer) -> None:
        for type_, state in (("chat_session", "chat"), ("call_session", "call"), ("meeting_session", "meeting")):
            session = me.realtime.create_session(type=type_)
            assert (session.state, session.context_id) == (state, None)

    def test_about_a_call_or_a_meeting(self, me: OrbitServer, call_id: str, meeting_id: str) -> None:
        about_call = me.realtime.create_session(type="call_session", context_id=call_id)
        assert about_call.context is not None
        assert (about_call.context_id, about_call.context.call_id) == (call_id, call_id)
        about_meeting = me.realtime.create_session(type="meeting_session", context_id=meeting_id)
        assert about_meeting.context is not None
        assert (about_meeting.context_id, about_meeting.context.meeting_id) == (meeting_id, meeting_id)

    @pytest.mark.parametrize("type_", ["chat_session", "call_session", "meeting_session"])
    def test_about_something_that_does_not_exist(self, me: OrbitServer, type_: str) -> None:
        with pytest.raises(UnprocessableEntityError, match="context_id is not the id of a"):
            me.realtime.create_session(type=type_, context_id="cnv_none")
        assert me.realtime.list_sessions() == []

    def test_about_something_of_other_users(
        self, stranger: OrbitServer, direct: Conversation, call_id: str, meeting_id: str
    ) -> None:
        pairs = {"chat_session": direct.id, "call_session": call_id, "meeting_session": meeting_id}
        for type_, context_id in pairs.items():
            with pytest.raises(UnprocessableEntityError, match="of the acting user"):
                stranger.realtime.create_session(type=type_, context_id=context_id)

    def test_about_something_that_is_over(self, me: OrbitServer, call_id: str, meeting_id: str) -> None:
        me.calls.end(call_id)
        with pytest.raises(ConflictError, match="call is over"):
            me.realtime.create_session(type="call_session", context_id=call_id)
        me.meetings.start(meeting_id)
        me.meetings.end(meeting_id)
        with pytest.raises(ConflictError, match="meeting is over"):
            me.realtime.create_session(type="meeting_session", context_id=meeting_id)

    def test_unknown_types(self, wire: Wire, alice: str) -> None:
        answer = wire("POST", "/sessions", actor=alice, json={"type": "hologram_session"})
        assert answer.json()["errors"] == {"type": ["must be one of chat_session, call_session, meeting_session"]}

    def test_every_field_is_there(self, wire: Wire, chat: Session, alice: str) -> None:
        answer = wire("GET", f"/sessions/{chat.id}", actor=alice).json()["data"]
        assert set(answer) == {known.name for known in Session.FIELDS}
        assert set(answer["context"]) == {known.name for known in SessionContext.FIELDS}

    def test_event(self, emulator: CheckedEmulator, chat: Session) -> None:
        assert recorded_events(emulator) == [("session.created", {"session": chat.to_dict()})]


class TestVisibility:
    def test_participants(self, me: OrbitServer, other: OrbitServer, stranger: OrbitServer, chat: Session) -> None:
        assert other.realtime.get_session(chat.id) == chat
        assert [session.id for session in other.realtime.list_sessions()] == [chat.id]
        assert stranger.realtime.list_sessions() == []
        own = me.realtime.create_session(type="chat_session")
        with pytest.raises(NotFoundError):
            other.realtime.get_session(own.id)
        assert [session.id for session in me.realtime.list_sessions()] == [own.id, chat.id]

    def test_participants_of_the_conversation_call_or_meeting(
        self, orbit: OrbitServer, me: OrbitServer, stranger: OrbitServer, carol: str, group: Conversation
    ) -> None:
        def sees(session: Session) -> bool:
            return session.id in [one.id for one in stranger.realtime.list_sessions()]

        session = me.realtime.create_session(type="chat_session", context_id=group.id)
        assert sees(session)
        me.conversations.remove_participant(group.id, carol)
        assert not sees(session)
        call = stranger.calls.initiate(callee_id=me.users.get_by_external_id("alice").id, type="voice")
        me.realtime.update_context(session.id, call_id=call.id)
        assert sees(session)
        me.realtime.update_context(session.id, call_id=None)
        assert not sees(session)
        meeting = me.meetings.create(title="Review")
        me.realtime.update_context(session.id, meeting_id=meeting.id)
        assert not sees(session)
        me.meetings.add_participant(meeting.id, carol)
        assert sees(session)
        me.meetings.remove_participant(meeting.id, carol)
        assert not sees(session)

    def test_no_other_user(self, wire: Wire, chat: Session, carol: str) -> None:
        requests: list[tuple[str, str, Any]] = [
            ("GET", "", None),
            ("PATCH", "", {}),
            ("POST", "/end", {}),
            ("POST", "/transition", {"transition_type": "chat_to_call", "context_id": None}),
            ("GET", "/transitions", None),
            ("POST", "/events", {"event_type": "x"}),
            ("GET", "/events", None),
            ("GET", "/events/sev_none", None),
            ("GET", "/context", None),
            ("PATCH", "/context", {}),
        ]
        for method, path, body in requests:
            hidden = wire(method, f"/sessions/{chat.id}{path}", actor=carol, json=body)
            missing = wire(method, f"/sessions/ses_none{path}", actor=carol, json=body)
            assert (hidden.status_code, hidden.json()) == (404, missing.json())
            assert hidden.headers[RULE_HEADER] == "participants-only; inferred"
            assert missing.headers[RULE_HEADER] == "exists; documented"

    def test_the_creator_always_can(self, me: OrbitServer, other: OrbitServer, alice: str, group: Conversation) -> None:
        session = me.realtime.create_session(type="chat_session", context_id=group.id)
        me.conversations.remove_participant(group.id, alice)
        assert me.realtime.get_session(session.id) == session
        assert other.realtime.get_session(session.id) == session

    def test_only_the_creator_can_change_it(self, other: OrbitServer, chat: Session) -> None:
        attempts: list[Callable[[], object]] = [
            lambda: other.realtime.end_session(chat.id),
            lambda: other.realtime.update_session(chat.id, context_id=None),
            lambda: other.realtime.update_context(chat.id, conversation_id=None),
        ]
        for attempt in attempts:
            with pytest.raises(PermissionDeniedError, match="user who created the session"):
                attempt()
        assert other.realtime.get_session(chat.id) == chat


class TestTransitions:
    def test_all_transitions(
        self,
        me: OrbitServer,
        emulator: CheckedEmulator,
        chat: Session,
        direct: Conversation,
        call_id: str,
        meeting_id: str,
        alice: str,
        clock: ManualClock,
    ) -> None:
        now = clock.advance(5)
        first = me.realtime.chat_to_call(chat.id, call_id)
        assert (first.session_id, first.transition_type, first.context_id) == (chat.id, "chat_to_call", call_id)
        assert (first.from_state, first.to_state, first.triggered_by) == ("chat", "call", alice)
        assert first.created_at == now
        session = me.realtime.get_session(chat.id)
        assert (session.type, session.state, session.context_id) == ("chat_session", "call", call_id)
        assert (session.created_at, session.updated_at) == (chat.created_at, now)
        second = me.realtime.call_to_meeting(chat.id, meeting_id)
        third = me.realtime.meeting_to_chat(chat.id, direct.id)
        assert (third.from_state, third.to_state, third.context_id) == ("meeting", "chat", direct.id)
        context = me.realtime.get_context(chat.id)
        assert (context.conversation_id, context.call_id, context.meeting_id) == (direct.id, call_id, meeting_id)
        assert context.updated_at == now
        fourth = me.realtime.chat_to_call(chat.id, call_id)
        assert me.realtime.list_transitions(chat.id) == [first, second, third, fourth]
        assert names(emulator) == ["created", *["transitioned"] * 4]
        _, data = recorded_events(emulator)[1]
        assert data == {"session": session.to_dict(), "transition": first.to_dict()}

    def test_invalid_transitions(self, me: OrbitServer, chat: Session, direct: Conversation) -> None:
        with pytest.raises(
            ConflictError, match="call_to_meeting is impossible: the state of the session is chat, not call"
        ):
            me.realtime.transition(chat.id, "call_to_meeting")
        with pytest.raises(ConflictError, match="chat, not meeting"):
            me.realtime.meeting_to_chat(chat.id, direct.id)
        me.realtime.transition(chat.id, "chat_to_call")
        for move in ("chat_to_call", "meeting_to_chat"):
            with pytest.raises(ConflictError):
                me.realtime.transition(chat.id, move)
        me.realtime.transition(chat.id, "call_to_meeting")
        for move in ("chat_to_call", "call_to_meeting"):
            with pytest.raises(ConflictError):
                me.realtime.transition(chat.id, move)
        assert len(me.realtime.list_transitions(chat.id)) == 2

    def test_unknown_transitions(self, me: OrbitServer, chat: Session) -> None:
        with pytest.raises(UnprocessableEntityError, match="must be one of chat_to_call, call_to_meeting"):
            me.realtime.transition(chat.id, "chat_to_meeting")

    def test_to_something_that_does_not_exist(
        self, me: OrbitServer, stranger: OrbitServer, chat: Session, bob: str, emulator: CheckedEmulator
    ) -> None:
        foreign = stranger.calls.initiate(callee_id=bob, type="voice")
        for call_id in ("call_none", foreign.id, chat.context_id):
            with pytest.raises(UnprocessableEntityError, match="context_id is not the id of a call of the acting user"):
                me.realtime.transition(chat.id, "chat_to_call", call_id)
        assert me.realtime.get_session(chat.id) == chat
        assert names(emulator) == ["created"]

    def test_to_something_that_is_over(
        self, me: OrbitServer, other: OrbitServer, chat: Session, call_id: str, meeting_id: str
    ) -> None:
        other.calls.reject(call_id)
        with pytest.raises(ConflictError, match="call is over"):
            me.realtime.chat_to_call(chat.id, call_id)
        me.realtime.transition(chat.id, "chat_to_call")
        me.meetings.start(meeting_id)
        me.meetings.end(meeting_id)
        with pytest.raises(ConflictError, match="meeting is over"):
            me.realtime.call_to_meeting(chat.id, meeting_id)

    def test_without_an_id_the_known_target_is_used(
        self, me: OrbitServer, chat: Session, direct: Conversation, call_id: str, clock: ManualClock
    ) -> None:
        assert me.realtime.transition(chat.id, "chat_to_call").context_id is None
        assert me.realtime.get_session(chat.id).context_id is None
        me.realtime.update_session(chat.id, context_id=call_id)
        me.realtime.transition(chat.id, "call_to_meeting")
        clock.advance(5)
        assert me.realtime.transition(chat.id, "meeting_to_chat").context_id is None
        assert me.realtime.get_session(chat.id).context_id == direct.id
        me.realtime.transition(chat.id, "chat_to_call")
        assert me.realtime.get_session(chat.id).context_id == call_id
        assert me.realtime.get_context(chat.id).updated_at == chat.created_at
        me.realtime.transition(chat.id, "call_to_meeting")
        me.realtime.transition(chat.id, "meeting_to_chat")
        me.calls.end(call_id)
        me.realtime.transition(chat.id, "chat_to_call")
        assert me.realtime.get_session(chat.id).context_id is None
        assert me.realtime.get_context(chat.id).updated_at == clock.now()

    def test_participants_can_move_it(
        self, other: OrbitServer, chat: Session, call_id: str, alice: str, bob: str
    ) -> None:
        assert other.realtime.chat_to_call(chat.id, call_id).triggered_by == bob
        assert other.realtime.get_session(chat.id).created_by == alice

    def test_every_field_is_there(self, wire: Wire, chat: Session, alice: str) -> None:
        path = f"/sessions/{chat.id}/transition"
        answer = wire("POST", path, actor=alice, json={"transition_type": "chat_to_call"}).json()["data"]
        assert set(answer) == {known.name for known in Transition.FIELDS}


class TestContext:
    def test_update(
        self, me: OrbitServer, emulator: CheckedEmulator, chat: Session, call_id: str, clock: ManualClock
    ) -> None:
        now = clock.advance(5)
        context = me.realtime.update_context(chat.id, call_id=call_id)
        assert (context.conversation_id, context.call_id, context.meeting_id) == (chat.context_id, call_id, None)
        assert context.updated_at == now
        assert me.realtime.get_context(chat.id) == context
        session = me.realtime.get_session(chat.id)
        assert (session.state, session.context_id, session.updated_at) == ("chat", chat.context_id, now)
        assert me.realtime.list_transitions(chat.id) == []
        data = {"session": session.to_dict(), "context": context.to_dict()}
        assert recorded_events(emulator)[1:] == [("session.context_updated", data)]

    def test_no_event_without_a_change(
        self, me: OrbitServer, emulator: CheckedEmulator, chat: Session, alice: str, clock: ManualClock
    ) -> None:
        clock.advance(5)
        me.realtime.update_context(chat.id)
        me.realtime.update_context(chat.id, conversation_id=chat.context_id, call_id=None)
        assert me.realtime.update_session(chat.id) == chat
        assert me.realtime.update_session(chat.id, context_id=chat.context_id) == chat
        assert names(emulator) == ["created"]

    def test_null_clears(self, me: OrbitServer, chat: Session, emulator: CheckedEmulator) -> None:
        assert me.realtime.update_context(chat.id, conversation_id=None).conversation_id is None
        assert me.realtime.get_session(chat.id).context_id is None
        assert me.realtime.update_session(chat.id, context_id=chat.context_id).context_id == chat.context_id
        assert me.realtime.get_context(chat.id).conversation_id == chat.context_id
        assert me.realtime.update_session(chat.id, context_id=None).context_id is None
        assert names(emulator) == ["created", *["context_updated"] * 3]

    def test_targets_that_are_over_are_allowed(self, me: OrbitServer, chat: Session, call_id: str) -> None:
        me.calls.end(call_id)
        assert me.realtime.update_context(chat.id, call_id=call_id).call_id == call_id

    def test_sets_all_ids_or_none(self, wire: Wire, me: OrbitServer, chat: Session, call_id: str, alice: str) -> None:
        body = {"call_id": call_id, "meeting_id": "mtg_none"}
        answer = wire("PATCH", f"/sessions/{chat.id}/context", actor=alice, json=body)
        assert answer.json()["errors"] == {"meeting_id": ["is not the id of a meeting of the acting user"]}
        assert me.realtime.get_session(chat.id) == chat
        answer = wire("PATCH", f"/sessions/{chat.id}", actor=alice, json={"context_id": call_id})
        assert answer.json()["errors"] == {"context_id": ["is not the id of a conversation of the acting user"]}


class TestEvents:
    def test_emit(
        self, me: OrbitServer, other: OrbitServer, emulator: CheckedEmulator, chat: Session, bob: str
    ) -> None:
        raised = other.realtime.emit_event(chat.id, event_type="hand_raised", payload={"seat": 4})
        assert (raised.session_id, raised.event_type, raised.payload) == (chat.id, "hand_raised", {"seat": 4})
        assert (raised.sequence, raised.created_by, raised.created_at) == (1, bob, chat.created_at)
        lowered = me.realtime.emit_event(chat.id, event_type="hand_lowered")
        assert (lowered.sequence, lowered.payload) == (2, {})
        assert other.realtime.list_events(chat.id) == [raised, lowered]
        assert me.realtime.get_event(chat.id, raised.id) == raised
        data = {"session": chat.to_dict(), "event": raised.to_dict()}
        assert recorded_events(emulator)[1] == ("session.event_emitted", data)
        assert names(emulator) == ["created", "event_emitted", "event_emitted"]

    def test_each_session_has_its_own_sequence(self, me: OrbitServer, chat: Session) -> None:
        second = me.realtime.create_session(type="chat_session")
        event = me.realtime.emit_event(chat.id, event_type="x")
        assert me.realtime.emit_event(second.id, event_type="x").sequence == 1
        with pytest.raises(NotFoundError):
            me.realtime.get_event(second.id, event.id)
        with pytest.raises(NotFoundError):
            me.realtime.get_event(chat.id, "sev_none")

    def test_invalid_bodies_are_refused(self, wire: Wire, chat: Session, alice: str) -> None:
        for body in ({}, {"event_type": ""}, {"event_type": "x" * 256}, {"event_type": "x", "payload": "x"}):
            assert wire("POST", f"/sessions/{chat.id}/events", actor=alice, json=body).status_code == 422

    def test_every_field_is_there(self, wire: Wire, chat: Session, alice: str) -> None:
        answer = wire("POST", f"/sessions/{chat.id}/events", actor=alice, json={"event_type": "x"}).json()["data"]
        assert set(answer) == {known.name for known in SessionEvent.FIELDS}


class TestEnd:
    def test_end(
        self, me: OrbitServer, emulator: CheckedEmulator, chat: Session, call_id: str, alice: str, clock: ManualClock
    ) -> None:
        me.realtime.chat_to_call(chat.id, call_id)
        now = clock.advance(5)
        ended = me.realtime.end_session(chat.id)
        assert (ended.status, ended.ended_by, ended.ended_at, ended.updated_at) == ("ended", alice, now, now)
        assert (ended.state, ended.context_id) == ("call", call_id)
        assert me.realtime.get_session(chat.id) == ended
        assert me.calls.get(call_id).status == "ringing"
        assert recorded_events(emulator)[-1] == ("session.ended", {"session": ended.to_dict()})

    def test_an_ended_session_cannot_change(
        self, me: OrbitServer, other: OrbitServer, emulator: CheckedEmulator, chat: Session
    ) -> None:
        event = me.realtime.emit_event(chat.id, event_type="x")
        ended = me.realtime.end_session(chat.id)
        before = names(emulator)
        attempts: list[Callable[[], object]] = [
            lambda: me.realtime.end_session(chat.id),
            lambda: me.realtime.update_session(chat.id, context_id=None),
            lambda: me.realtime.update_context(chat.id, conversation_id=None),
            lambda: other.realtime.transition(chat.id, "chat_to_call"),
            lambda: other.realtime.emit_event(chat.id, event_type="x"),
        ]
        for attempt in attempts:
            with pytest.raises(ConflictError, match="session has ended"):
                attempt()
        assert names(emulator) == before
        assert other.realtime.list_sessions() == [ended]
        assert other.realtime.list_events(chat.id) == [event]
        assert other.realtime.list_transitions(chat.id) == []
        assert other.realtime.get_context(chat.id) == ended.context


def test_a_refusal_names_its_rule(wire: Wire, chat: Session, alice: str, bob: str) -> None:
    def rule(actor: str, path: str, **body: Any) -> str:
        return wire("POST", f"/sessions/{chat.id}/{path}", actor=actor, json=body).headers[RULE_HEADER]

    assert rule(alice, "transition", transition_type="call_to_meeting") == "session-moves; inferred"
    assert rule(bob, "end") == "session-creator; inferred"
    assert rule(alice, "transition", transition_type="chat_to_call", context_id="x") == "exists; documented"
    assert wire("POST", f"/sessions/{chat.id}/end", actor=alice, json={}).status_code == 200
    assert rule(alice, "end") == "session-active; inferred"


def test_an_acting_user_is_required(orbit: OrbitServer) -> None:
    with pytest.raises(OrbitServerError) as caught:
        orbit.realtime.list_sessions(acting_user_id="usr_none")
    assert caught.value.status == 403
