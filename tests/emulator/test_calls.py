from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from orbitconnect import ConflictError, OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.calls.turn import turn_secret
from orbitconnect.emulator.tables.calls import CallSignalRow
from orbitconnect_api.models.call import Call
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire, user
from tests.emulator.watched import WatchedEmulator

MINUTE = timedelta(minutes=1)


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[WatchedEmulator]:
    with WatchedEmulator(clock=clock, seed=1) as emulator:
        yield emulator


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
def ringing(me: OrbitServer, bob: str) -> Call:
    return me.calls.initiate(callee_id=bob, type="video")


@pytest.fixture
def running(other: OrbitServer, ringing: Call) -> Call:
    return other.calls.accept(ringing.id)


def claims_of(token: str, secret: bytes) -> dict[str, Any]:
    header, payload, signature = token.split(".")
    digest = hmac.new(secret, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)) == digest
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


class TestInitiate:
    def test_rings(
        self, emulator: WatchedEmulator, me: OrbitServer, ringing: Call, alice: str, bob: str, clock: ManualClock
    ) -> None:
        assert ringing.id.startswith("call_")
        assert (ringing.type, ringing.status, ringing.is_recording) == ("video", "ringing", False)
        assert (ringing.caller_id, ringing.callee_id, ringing.conversation_id) == (alice, bob, None)
        assert (ringing.accepted_at, ringing.ended_at, ringing.ended_by_user_id) == (None, None, None)
        assert (ringing.created_at, ringing.updated_at, ringing.duration_seconds) == (clock.now(), clock.now(), None)
        assert me.calls.get(ringing.id) == ringing
        assert emulator.recorded("call.") == [("call.initiated", {"call": ringing.to_dict()})]

    def test_every_field_is_there(self, wire: Wire, ringing: Call, alice: str) -> None:
        answer = wire("GET", f"/calls/{ringing.id}", actor=alice).json()["data"]
        assert set(answer) == {known.name for known in Call.FIELDS}

    def test_callees_that_are_refused(self, orbit: OrbitServer, me: OrbitServer, alice: str, bob: str) -> None:
        orbit.users.deactivate(bob)
        for callee, flaw in (
            ("usr_0", "is not the id of a user"),
            (bob, "is the id of a deactivated user"),
            (alice, "must not be the acting user"),
        ):
            with pytest.raises(UnprocessableEntityError) as caught:
                me.calls.initiate(callee_id=callee, type="voice")
            assert caught.value.errors == {"callee_id": [flaw]}

    def test_types(self, me: OrbitServer, bob: str) -> None:
        with pytest.raises(UnprocessableEntityError, match="must be voice or video"):
            me.calls.initiate(callee_id=bob, type="hologram")
        assert me.calls.initiate(callee_id=bob, type="voice").type == "voice"

    @pytest.mark.parametrize("answered", [False, True])
    def test_one_call_at_a_time(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        other: OrbitServer,
        stranger: OrbitServer,
        ringing: Call,
        alice: str,
        bob: str,
        carol: str,
        answered: bool,
    ) -> None:
        if answered:
            other.calls.accept(ringing.id)
        before = emulator.recorded_types("call.")
        for caller, callee in ((me, carol), (other, carol), (stranger, alice), (stranger, bob), (other, alice)):
            error = emulator.refuses(409, "one-call", partial(caller.calls.initiate, callee_id=callee, type="voice"))
            assert error.code == "busy"
            assert caller is not stranger or ringing.id not in error.message
        assert emulator.recorded_types("call.") == before
        me.calls.end(ringing.id)
        assert stranger.calls.initiate(callee_id=bob, type="voice").status == "ringing"


class TestAnswer:
    def test_accept(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, ringing: Call, clock: ManualClock
    ) -> None:
        clock.advance(5)
        accepted = other.calls.accept(ringing.id)
        assert (accepted.status, accepted.accepted_at, accepted.updated_at) == ("accepted", clock.now(), clock.now())
        assert (accepted.created_at, accepted.ended_at) == (ringing.created_at, None)
        assert emulator.recorded("call.")[1:] == [("call.accepted", {"call": accepted.to_dict()})]
        clock.advance(10 * MINUTE)
        assert me.calls.get(ringing.id) == accepted

    def test_reject(
        self, emulator: WatchedEmulator, other: OrbitServer, ringing: Call, bob: str, clock: ManualClock
    ) -> None:
        clock.advance(5)
        rejected = other.calls.reject(ringing.id)
        assert (rejected.status, rejected.ended_at, rejected.ended_by_user_id) == ("rejected", clock.now(), bob)
        assert (rejected.accepted_at, rejected.duration_seconds) == (None, None)
        assert emulator.recorded("call.")[1:] == [("call.rejected", {"call": rejected.to_dict()})]
        clock.advance(2 * MINUTE)
        assert other.calls.get(ringing.id) == rejected

    def test_the_caller_cannot_answer(self, emulator: WatchedEmulator, me: OrbitServer, ringing: Call) -> None:
        emulator.refuses(403, "callee-answers", me.calls.accept, ringing.id)
        emulator.refuses(403, "callee-answers", me.calls.reject, ringing.id)
        assert me.calls.get(ringing.id) == ringing

    def test_can_be_answered_once(self, emulator: WatchedEmulator, other: OrbitServer, running: Call) -> None:
        for again in (other.calls.accept, other.calls.reject):
            emulator.refuses(409, "call-state", again, running.id)
        assert emulator.recorded_types("call.") == ["call.initiated", "call.accepted"]

    def test_is_missed_if_nobody_answers(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, ringing: Call, clock: ManualClock
    ) -> None:
        clock.advance(timedelta(seconds=59, microseconds=999_999))
        assert me.calls.get(ringing.id).status == "ringing"
        clock.advance(MINUTE)
        missed = me.calls.get(ringing.id)
        assert ringing.created_at is not None
        assert (missed.status, missed.ended_at) == ("missed", ringing.created_at + MINUTE)
        assert (missed.ended_by_user_id, missed.duration_seconds) == (None, None)
        assert emulator.recorded("call.")[1:] == [("call.ended", {"call": missed.to_dict()})]
        emulator.refuses(409, "call-state", other.calls.accept, ringing.id)

    def test_cannot_be_answered_too_late(self, other: OrbitServer, ringing: Call, clock: ManualClock) -> None:
        clock.advance(MINUTE)
        with pytest.raises(ConflictError, match="it is missed"):
            other.calls.accept(ringing.id)


class TestEnd:
    @pytest.mark.parametrize("by_callee", [False, True])
    def test_both_users_can_end_it(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        other: OrbitServer,
        running: Call,
        alice: str,
        bob: str,
        clock: ManualClock,
        by_callee: bool,
    ) -> None:
        clock.advance(300.9)
        ended = (other if by_callee else me).calls.end(running.id)
        assert (ended.status, ended.ended_at, ended.duration_seconds) == ("ended", clock.now(), 300)
        assert ended.ended_by_user_id == (bob if by_callee else alice)
        assert emulator.recorded("call.")[2:] == [("call.ended", {"call": ended.to_dict()})]

    def test_the_caller_can_end_it_while_it_rings(
        self, me: OrbitServer, ringing: Call, alice: str, clock: ManualClock
    ) -> None:
        ended = me.calls.end(ringing.id)
        assert (ended.status, ended.ended_by_user_id, ended.duration_seconds) == ("ended", alice, None)
        clock.advance(2 * MINUTE)
        assert me.calls.get(ringing.id) == ended

    def test_the_callee_cannot_end_it_while_it_rings(
        self, emulator: WatchedEmulator, other: OrbitServer, ringing: Call
    ) -> None:
        error = emulator.refuses(409, "call-state", other.calls.end, ringing.id)
        assert "reject" in error.message

    @pytest.mark.parametrize("way", ["end", "reject", "miss", "give up"])
    def test_ends_once(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        other: OrbitServer,
        ringing: Call,
        clock: ManualClock,
        way: str,
    ) -> None:
        if way == "end":
            other.calls.accept(ringing.id)
        if way == "miss":
            clock.advance(MINUTE)
        else:
            (other.calls.reject if way == "reject" else me.calls.end)(ringing.id)
        over, before = me.calls.get(ringing.id), emulator.recorded_types("call.")
        clock.advance(2 * MINUTE)
        for late in (
            me.calls.end,
            other.calls.end,
            other.calls.accept,
            other.calls.reject,
            me.calls.toggle_record,
            lambda call_id: me.calls.submit_offer(call_id, "v=0"),
            lambda call_id: me.calls.submit_answer(call_id, "v=0"),
            lambda call_id: me.calls.add_ice_candidate(call_id, "candidate:1"),
        ):
            emulator.refuses(409, "call-state", late, ringing.id)
        assert (me.calls.get(ringing.id), emulator.recorded_types("call.")) == (over, before)
        assert len({"call.ended", "call.rejected"} & set(before)) == 1


class TestVisibility:
    def test_both_users(self, orbit: OrbitServer, me: OrbitServer, other: OrbitServer, bob: str, carol: str) -> None:
        first = me.calls.initiate(callee_id=bob, type="voice")
        me.calls.end(first.id)
        second = other.calls.initiate(callee_id=carol, type="voice")
        assert [call.id for call in me.calls.list()] == [first.id]
        assert [call.id for call in other.calls.list()] == [second.id, first.id]
        assert [call.id for call in orbit.calls.list(acting_user_id=carol)] == [second.id]

    def test_no_other_user(
        self, emulator: WatchedEmulator, wire: Wire, stranger: OrbitServer, running: Call, carol: str
    ) -> None:
        for attempt in (
            stranger.calls.get,
            stranger.calls.accept,
            stranger.calls.reject,
            stranger.calls.end,
            stranger.calls.toggle_record,
            stranger.calls.list_recordings,
            stranger.calls.submit_metrics,
            stranger.calls.get_metrics,
            lambda call_id: stranger.calls.submit_offer(call_id, "v=0"),
            lambda call_id: stranger.calls.submit_answer(call_id, "v=0"),
            lambda call_id: stranger.calls.add_ice_candidate(call_id, "candidate:1"),
        ):
            emulator.refuses(404, "participants-only", attempt, running.id)
            emulator.refuses(404, "exists", attempt, "call_0")
        hidden, none = (wire("GET", f"/calls/{call_id}", actor=carol) for call_id in (running.id, "call_0"))
        assert hidden.json() == none.json()


class TestSignaling:
    def test_signals_are_stored(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, ringing: Call, alice: str, bob: str
    ) -> None:
        me.calls.add_ice_candidate(ringing.id, "candidate:1")
        assert me.calls.submit_offer(ringing.id, "offer 1") == ringing
        other.calls.accept(ringing.id)
        answered = other.calls.submit_answer(ringing.id, "answer 1")
        assert answered is not None
        assert answered.status == "accepted"
        other.calls.add_ice_candidate(ringing.id, "candidate:2")
        other.calls.submit_offer(ringing.id, "offer 2")
        me.calls.submit_answer(ringing.id, "answer 2")
        signals = emulator._store.all(
            CallSignalRow, "SELECT * FROM call_signals WHERE call_id = ? ORDER BY n", (ringing.id,)
        )
        assert [(row.sender_id, row.kind, row.content) for row in signals] == [
            (alice, "ice_candidate", "candidate:1"),
            (alice, "offer", "offer 1"),
            (bob, "answer", "answer 1"),
            (bob, "ice_candidate", "candidate:2"),
            (bob, "offer", "offer 2"),
            (alice, "answer", "answer 2"),
        ]

    def test_an_answer_requires_an_offer(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, ringing: Call
    ) -> None:
        rule = "offer-then-answer"
        emulator.refuses(409, rule, other.calls.submit_answer, ringing.id, "answer")
        me.calls.submit_offer(ringing.id, "offer")
        emulator.refuses(409, rule, me.calls.submit_answer, ringing.id, "answer")
        other.calls.add_ice_candidate(ringing.id, "candidate:1")
        other.calls.submit_answer(ringing.id, "answer")
        emulator.refuses(409, rule, other.calls.submit_answer, ringing.id, "answer")

    def test_empty_signals_are_refused(self, wire: Wire, ringing: Call, alice: str) -> None:
        for path, field in (("offer", "sdp"), ("answer", "sdp"), ("ice-candidates", "candidate")):
            answer = wire("POST", f"/calls/{ringing.id}/{path}", actor=alice, json={field: ""})
            assert (answer.status_code, answer.json()["errors"]) == (422, {field: ["must not be empty"]})


class TestCredentials:
    def test_token(self, emulator: WatchedEmulator, me: OrbitServer, alice: str, clock: ManualClock) -> None:
        token = me.calls.get_webrtc_token()
        now = int(clock.now().timestamp())
        claims = claims_of(token.token, emulator.token_secret)
        assert (claims["sub"], claims["aud"], claims["iat"], claims["exp"]) == (alice, "webrtc", now, now + 3600)
        assert token.expires_at == clock.now() + timedelta(hours=1)
        assert me.calls.get_webrtc_token().token != token.token

    def test_turn_credentials(self, emulator: WatchedEmulator, me: OrbitServer, alice: str, clock: ManualClock) -> None:
        turn = me.calls.get_turn_credentials()
        assert turn.username == f"{int(clock.now().timestamp()) + 3600}:{alice}"
        secret = turn_secret(emulator._store).encode()
        expected = base64.b64encode(hmac.new(secret, turn.username.encode(), hashlib.sha1).digest()).decode()
        assert (turn.credential, turn.ttl) == (expected, 3600)
        assert [url.partition(":")[0] for url in turn.urls] == ["turn", "turns"]
        assert all("127.0.0.1" in url for url in turn.urls)

    def test_expiry(self, me: OrbitServer, clock: ManualClock) -> None:
        before = me.calls.get_turn_credentials()
        assert me.calls.get_turn_credentials() == before
        clock.advance(3600)
        after = me.calls.get_turn_credentials()
        assert int(before.username.partition(":")[0]) <= clock.now().timestamp()
        assert (after.username, after.credential) != (before.username, before.credential)

    def test_they_are_derived_from_the_seed(self, emulator: WatchedEmulator, clock: ManualClock) -> None:
        def made(seed: int) -> tuple[str, str]:
            with CheckedEmulator(clock=clock, seed=seed) as emulator, emulator.client() as orbit:
                me = orbit.as_user(user(orbit, "Ada"))
                return me.calls.get_webrtc_token().token, me.calls.get_turn_credentials().credential

        assert made(7) == made(7)
        assert made(7) != made(8)


class TestMetrics:
    def test_both_users_report(
        self, me: OrbitServer, other: OrbitServer, running: Call, alice: str, bob: str, clock: ManualClock
    ) -> None:
        first = me.calls.submit_metrics(running.id, bitrate=1250.5, packet_loss=0.4, jitter=12.3, rtt=48)
        assert (first.call_id, first.app_user_id, first.created_at) == (running.id, alice, clock.now())
        assert (first.bitrate, first.packet_loss, first.jitter, first.rtt) == (1250.5, 0.4, 12.3, 48)
        second = other.calls.submit_metrics(running.id, rtt=0)
        assert (second.app_user_id, second.bitrate, second.rtt) == (bob, None, 0)
        me.calls.end(running.id)
        third = me.calls.submit_metrics(running.id)
        assert me.calls.get_metrics(running.id) == other.calls.get_metrics(running.id) == [first, second, third]

    def test_invalid_measurements(self, wire: Wire, me: OrbitServer, running: Call, alice: str) -> None:
        for body in ('{"packet_loss":101}', '{"rtt":-1}', '{"jitter":"1"}', f'{{"bitrate":1{"0" * 400}}}'):
            assert wire("POST", f"/calls/{running.id}/metrics", actor=alice, content=body).status_code == 422
        assert me.calls.get_metrics(running.id) == []


class TestRecordings:
    def test_toggles(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, running: Call, alice: str, bob: str
    ) -> None:
        started = me.calls.toggle_record(running.id)
        assert (started.session_type, started.session_id, started.status) == ("call", running.id, "recording")
        assert started.started_by == alice
        assert me.calls.get(running.id).is_recording is True
        stopped = other.calls.toggle_record(running.id)
        assert (stopped.id, stopped.status, stopped.stopped_by) == (started.id, "processing", bob)
        assert me.calls.get(running.id).is_recording is False
        again = other.calls.toggle_record(running.id)
        assert again.id != started.id
        assert me.calls.list_recordings(running.id) == [stopped, again]
        assert emulator.recorded("call.")[2:] == [
            ("call.recording_started", {"call_id": running.id, "recording": started.to_dict()}),
            ("call.recording_stopped", {"call_id": running.id, "recording": stopped.to_dict()}),
            ("call.recording_started", {"call_id": running.id, "recording": again.to_dict()}),
        ]

    def test_ends_with_the_call(self, emulator: WatchedEmulator, me: OrbitServer, running: Call, alice: str) -> None:
        me.calls.toggle_record(running.id)
        assert me.calls.end(running.id).is_recording is False
        (recording,) = me.calls.list_recordings(running.id)
        assert (recording.status, recording.stopped_by) == ("processing", alice)
        assert emulator.recorded_types("call.")[-2:] == ["call.recording_stopped", "call.ended"]
        assert emulator.recorded("call.")[-1][1]["call"]["is_recording"] is False

    def test_requires_an_accepted_call(self, emulator: WatchedEmulator, me: OrbitServer, ringing: Call) -> None:
        emulator.refuses(409, "call-state", me.calls.toggle_record, ringing.id)
        assert me.calls.list_recordings(ringing.id) == []
