from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.call import Call
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.recording import Recording
from tests.emulator.conftest import Wire
from tests.emulator.watched import WatchedEmulator

PROCESSING = 5


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
def call(me: OrbitServer, other: OrbitServer, bob: str) -> Call:
    return other.calls.accept(me.calls.initiate(callee_id=bob, type="video").id)


@pytest.fixture
def meeting(me: OrbitServer, bob: str) -> Meeting:
    meeting = me.meetings.create(title="Weekly")
    me.meetings.start(meeting.id)
    me.meetings.add_participant(meeting.id, bob)
    return meeting


@pytest.fixture
def running(me: OrbitServer, call: Call) -> Recording:
    return me.media.start_recording(
        session_id=call.id, session_type="call", extra={"quality": "high", "layout": {"grid": True}}
    )


class TestCalls:
    def test_from_start_to_file(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        other: OrbitServer,
        call: Call,
        running: Recording,
        alice: str,
        bob: str,
        clock: ManualClock,
    ) -> None:
        started = clock.now()
        assert (running.session_id, running.session_type, running.status) == (call.id, "call", "recording")
        assert (running.started_by, running.started_at, running.ended_at) == (alice, started, None)
        assert (running.duration_seconds, running.media_id, running.stopped_by) == (None, None, None)
        assert running.options == {"quality": "high", "layout": {"grid": True}}
        clock.advance(90.9)
        stopped = other.media.stop_recording(running.id)
        assert (stopped.status, stopped.stopped_by, stopped.ended_at) == ("processing", bob, clock.now())
        assert (stopped.duration_seconds, stopped.media_id) == (90, None)
        ready_at = clock.advance(PROCESSING)
        recording = me.media.get_recording(running.id)
        assert (recording.status, recording.updated_at) == ("ready", ready_at)
        assert recording.media_id is not None
        media = me.media.get(recording.media_id)
        assert (media.recording_id, media.created_by, media.status) == (running.id, alice, "ready")
        assert (media.mime_type, media.filename) == ("video/mp4", f"{running.id}.mp4")
        assert me.media.get_metadata(media.id).duration == pytest.approx(90.9)
        recorded = [(name, data.get("recording", {}).get("status")) for name, data in emulator.recorded("")]
        assert [entry for entry in recorded if "record" in entry[0] or "media" in entry[0]] == [
            ("recording.started", "recording"),
            ("call.recording_started", "recording"),
            ("recording.stopped", "processing"),
            ("call.recording_stopped", "processing"),
            ("media.ready", None),
            ("recording.ready", "ready"),
        ]

    def test_file(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        other: OrbitServer,
        stranger: OrbitServer,
        running: Recording,
        clock: ManualClock,
    ) -> None:
        clock.advance(7)
        me.media.stop_recording(running.id)
        clock.advance(PROCESSING)
        media_id = me.media.get_recording(running.id).media_id or ""
        with httpx.Client(transport=emulator.transport) as http:
            for user in (me, other):
                content = http.get(user.media.get_stream_url(media_id).url).content
                assert content[4:8] == b"ftyp"
                assert len(content) == user.media.get(media_id).size
                assert [media.id for media in user.media.search("mp4")] == [media_id]
        emulator.refuses(403, "media-owner", other.media.delete, media_id)
        emulator.refuses(404, "media-access", stranger.media.get, media_id)
        assert stranger.media.search("mp4") == []
        me.media.process(media_id)
        clock.advance(PROCESSING)
        assert me.media.get_metadata(media_id).duration == 7

    def test_one_recording_at_a_time(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, call: Call, running: Recording
    ) -> None:
        start = partial(other.media.start_recording, session_id=call.id, session_type="call")
        emulator.refuses(409, "recording-once", start)
        assert me.calls.toggle_record(call.id).id == running.id
        emulator.refuses(409, "recording-runs", me.media.stop_recording, running.id)
        assert start().id != running.id

    def test_requires_an_accepted_call(
        self, emulator: WatchedEmulator, me: OrbitServer, call: Call, running: Recording, alice: str
    ) -> None:
        me.calls.end(call.id)
        ended = me.media.get_recording(running.id)
        assert (ended.status, ended.stopped_by) == ("processing", alice)
        emulator.refuses(409, "call-state", lambda: me.media.start_recording(session_id=call.id, session_type="call"))

    def test_no_other_user(
        self, emulator: WatchedEmulator, other: OrbitServer, stranger: OrbitServer, call: Call, running: Recording
    ) -> None:
        assert other.media.get_recording(running.id) == other.calls.get_recording(running.id) == running
        assert other.media.list_recordings() == other.calls.list_recordings(call.id) == [running]
        assert stranger.media.list_recordings() == []
        emulator.refuses(404, "recording-access", stranger.media.get_recording, running.id)
        emulator.refuses(404, "recording-access", stranger.media.stop_recording, running.id)
        emulator.refuses(404, "exists", stranger.media.get_recording, "rec_none")
        emulator.refuses(
            422, "participants-only", lambda: stranger.media.start_recording(session_id=call.id, session_type="call")
        )


class TestMeetings:
    def test_requires_a_host_or_co_host(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, meeting: Meeting, clock: ManualClock
    ) -> None:
        start = partial(me.media.start_recording, session_id=meeting.id, session_type="meeting")
        emulator.refuses(
            403,
            "meeting-roles",
            partial(other.media.start_recording, session_id=meeting.id, session_type="meeting"),
        )
        running = start()
        assert other.media.get_recording(running.id) == running
        emulator.refuses(403, "meeting-roles", other.media.stop_recording, running.id)
        emulator.refuses(409, "recording-once", start)
        clock.advance(timedelta(minutes=3))
        assert me.media.stop_recording(running.id).duration_seconds == 180
        assert emulator.recorded_types("meeting.recording") == [
            "meeting.recording_started",
            "meeting.recording_stopped",
        ]
        assert me.meetings.list_recordings(meeting.id) == other.media.list_recordings()
        me.meetings.end(meeting.id)
        emulator.refuses(409, "meeting-state", start)

    def test_a_removed_user_cannot_see_it(
        self, me: OrbitServer, other: OrbitServer, meeting: Meeting, bob: str
    ) -> None:
        running = me.meetings.start_recording(meeting.id)
        assert other.media.list_recordings() == [running]
        me.meetings.remove_participant(meeting.id, bob)
        assert other.media.list_recordings() == []

    def test_a_co_host_can_stop_it(self, me: OrbitServer, other: OrbitServer, meeting: Meeting, bob: str) -> None:
        running = me.meetings.start_recording(meeting.id)
        me.meetings.update_role(meeting.id, bob, "co_host")
        assert other.media.stop_recording(running.id).stopped_by == bob


class TestOtherRecordings:
    def test_only_the_starter_can_use_it(self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer) -> None:
        first, second = me.media.start_recording(extra={"room": "studio"}), me.media.start_recording()
        assert (first.session_id, first.session_type, first.options) == (None, None, {"room": "studio"})
        assert me.media.list_recordings() == [first, second]
        emulator.refuses(404, "recording-access", other.media.get_recording, first.id)
        assert me.media.stop_recording(first.id).status == "processing"
        assert emulator.recorded_types("recording.") == ["recording.started", "recording.started", "recording.stopped"]

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"session_id": "call_none"}, "session_type"),
            ({"session_type": "call"}, "session_id"),
            ({"session_id": "call_none", "session_type": "call"}, "session_id"),
            ({"session_id": "mtg_none", "session_type": "meeting"}, "session_id"),
            ({"session_id": "cnv_1", "session_type": "chat"}, "session_type"),
        ],
    )
    def test_references(self, me: OrbitServer, fields: dict[str, Any], field: str) -> None:
        with pytest.raises(UnprocessableEntityError) as caught:
            me.media.start_recording(**fields)
        assert list(caught.value.errors) == [field]


def test_every_field_is_there(wire: Wire, running: Recording, alice: str) -> None:
    answer = wire("GET", f"/recordings/{running.id}", actor=alice).json()["data"]
    assert set(answer) == {known.name for known in Recording.FIELDS}
