from __future__ import annotations

from datetime import UTC, datetime

from orbitconnect import OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.meeting_participant import MeetingParticipant
from tests.emulator.conftest import Wire, user
from tests.emulator.meetings.conftest import MEETING, entry
from tests.emulator.watched import WatchedEmulator


class TestCreate:
    def test_response(
        self, emulator: WatchedEmulator, host: OrbitServer, planned: Meeting, alice: str, clock: ManualClock
    ) -> None:
        assert planned.id.startswith("mtg_")
        assert (planned.title, planned.description) == ("Weekly review", "What was, what comes")
        assert (planned.status, planned.host_user_id, planned.created_by) == ("scheduled", alice, alice)
        assert (planned.scheduled_at, planned.started_at, planned.ended_at) == (None, None, None)
        assert (planned.participant_count, planned.screen_share_user_id, planned.is_recording) == (0, None, False)
        assert planned.created_at == planned.updated_at == clock.now()
        assert host.meetings.get(planned.id) == planned
        assert emulator.recorded(MEETING) == [("meeting.created", {"meeting": planned.to_dict()})]

    def test_the_host_is_on_the_list(self, host: OrbitServer, planned: Meeting, alice: str) -> None:
        listed = entry(host, planned, alice)
        assert (listed.role, listed.status, listed.created_by, listed.joined_at) == ("host", "invited", alice, None)

    def test_every_field_is_there(self, wire: Wire, planned: Meeting, alice: str) -> None:
        answer = wire("GET", f"/meetings/{planned.id}", actor=alice).json()["data"]
        assert set(answer) == {known.name for known in Meeting.FIELDS}
        assert set(answer["participants"][0]) == {known.name for known in MeetingParticipant.FIELDS}

    def test_scheduled_at(self, wire: Wire, host: OrbitServer, alice: str) -> None:
        begin = datetime(2026, 1, 5, 10, tzinfo=UTC)
        assert host.meetings.create(title="x", scheduled_at=begin).scheduled_at == begin
        for instant in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-05T10:00:00"):
            answer = wire("POST", "/meetings", actor=alice, json={"title": "x", "scheduled_at": instant})
            assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["scheduled_at"])

    def test_update(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, clock: ManualClock
    ) -> None:
        clock.advance(5)
        changed = host.meetings.update(live.id, title="Monthly review")
        assert (changed.title, changed.description, changed.updated_at) == (
            "Monthly review",
            live.description,
            clock.now(),
        )
        assert host.meetings.update(live.id, description=None).description is None
        emulator.refuses(403, "meeting-roles", guest.meetings.update, live.id)


class TestVisibility:
    def test_users_on_the_list(
        self, host: OrbitServer, guest: OrbitServer, stranger: OrbitServer, planned: Meeting, live: Meeting, bob: str
    ) -> None:
        own = guest.meetings.create(title="Own")
        assert [meeting.id for meeting in guest.meetings.list()] == [own.id, live.id]
        assert host.meetings.list() == [host.meetings.get(live.id)]
        assert stranger.meetings.list() == []
        host.meetings.remove_participant(live.id, bob)
        assert [meeting.id for meeting in guest.meetings.list()] == [own.id]

    def test_no_other_user(
        self, emulator: WatchedEmulator, wire: Wire, stranger: OrbitServer, live: Meeting, carol: str, bob: str
    ) -> None:
        meetings = stranger.meetings
        for attempt in (
            meetings.get,
            meetings.update,
            meetings.start,
            meetings.join,
            meetings.leave,
            meetings.end,
            meetings.generate_token,
            meetings.start_screen_share,
            meetings.stop_screen_share,
            meetings.start_recording,
            meetings.stop_recording,
            meetings.list_recordings,
            meetings.submit_metrics,
            meetings.get_metrics,
            lambda meeting_id: meetings.get_recording(meeting_id, "rec_0"),
            lambda meeting_id: meetings.add_participant(meeting_id, carol),
            lambda meeting_id: meetings.remove_participant(meeting_id, bob),
            lambda meeting_id: meetings.remove_participant(meeting_id, carol),
            lambda meeting_id: meetings.kick_participant(meeting_id, bob),
            lambda meeting_id: meetings.update_role(meeting_id, bob, "co_host"),
            lambda meeting_id: meetings.mute(meeting_id, bob),
            lambda meeting_id: meetings.unmute(meeting_id, bob),
        ):
            emulator.refuses(404, "participants-only", attempt, live.id)
            emulator.refuses(404, "exists", attempt, "mtg_0")
        hidden, none = (wire("GET", f"/meetings/{meeting_id}", actor=carol) for meeting_id in (live.id, "mtg_0"))
        assert hidden.json() == none.json()


class TestLifecycle:
    def test_start(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, planned: Meeting, clock: ManualClock
    ) -> None:
        clock.advance(60)
        started = host.meetings.start(planned.id)
        assert (started.status, started.started_at, started.participant_count) == ("live", clock.now(), 0)
        assert emulator.recorded(MEETING)[1:] == [("meeting.started", {"meeting": started.to_dict()})]
        emulator.refuses(409, "meeting-state", host.meetings.start, planned.id)

    def test_end(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        guest: OrbitServer,
        live: Meeting,
        bob: str,
        alice: str,
        clock: ManualClock,
    ) -> None:
        guest.meetings.join(live.id)
        guest.meetings.start_screen_share(live.id)
        recording = host.meetings.start_recording(live.id)
        before = len(emulator.recorded(MEETING))
        clock.advance(3600)
        ended = host.meetings.end(live.id)
        assert (ended.status, ended.ended_at, ended.participant_count) == ("ended", clock.now(), 0)
        assert (ended.screen_share_user_id, ended.is_recording) == (None, False)
        assert host.meetings.get_recording(live.id, recording.id).status == "processing"
        for user_id in (alice, bob):
            left = entry(guest, live, user_id)
            assert (left.status, left.left_at, left.is_sharing_screen) == ("left", clock.now(), False)
        assert [name for name, _ in emulator.recorded(MEETING)[before:]] == [
            "meeting.recording_stopped",
            "meeting.ended",
        ]
        assert emulator.recorded(MEETING)[-1] == ("meeting.ended", {"meeting": ended.to_dict()})

    def test_can_be_canceled(self, host: OrbitServer, planned: Meeting) -> None:
        ended = host.meetings.end(planned.id)
        assert (ended.status, ended.started_at) == ("ended", None)

    def test_ends_once(
        self, emulator: WatchedEmulator, host: OrbitServer, live: Meeting, alice: str, bob: str, carol: str
    ) -> None:
        ended = host.meetings.end(live.id)
        meetings = host.meetings
        for attempt in (
            meetings.end,
            meetings.start,
            meetings.join,
            meetings.generate_token,
            meetings.start_screen_share,
            meetings.start_recording,
            lambda meeting_id: meetings.add_participant(meeting_id, carol),
            lambda meeting_id: meetings.remove_participant(meeting_id, bob),
            lambda meeting_id: meetings.kick_participant(meeting_id, bob),
            lambda meeting_id: meetings.update_role(meeting_id, bob, "co_host"),
            lambda meeting_id: meetings.mute(meeting_id, bob),
            lambda meeting_id: meetings.unmute(meeting_id, bob),
        ):
            emulator.refuses(409, "meeting-state", attempt, live.id)
        emulator.refuses(409, "meeting-presence", meetings.leave, live.id)
        assert host.meetings.get(live.id) == ended
        assert host.meetings.update(live.id, title="Minutes").title == "Minutes"

    def test_requires_the_host(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, bob: str
    ) -> None:
        host.meetings.update_role(live.id, bob, "co_host")
        for attempt in (guest.meetings.start, guest.meetings.end, guest.meetings.update):
            emulator.refuses(403, "meeting-roles", attempt, live.id)


class TestScreenShare:
    def test_one_user_at_a_time(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, alice: str, bob: str
    ) -> None:
        guest.meetings.join(live.id)
        host.meetings.start_screen_share(live.id)
        host.meetings.start_screen_share(live.id)
        assert host.meetings.get(live.id).screen_share_user_id == alice
        assert (entry(host, live, alice).is_sharing_screen, entry(host, live, bob).is_sharing_screen) == (True, False)
        emulator.refuses(409, "one-screen", guest.meetings.start_screen_share, live.id)
        emulator.refuses(409, "one-screen", guest.meetings.stop_screen_share, live.id)
        host.meetings.stop_screen_share(live.id)
        emulator.refuses(409, "one-screen", host.meetings.stop_screen_share, live.id)
        guest.meetings.start_screen_share(live.id)
        assert host.meetings.get(live.id).screen_share_user_id == bob

    def test_requires_presence(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting
    ) -> None:
        emulator.refuses(409, "meeting-presence", guest.meetings.start_screen_share, live.id)
        later = host.meetings.create(title="Later")
        emulator.refuses(409, "meeting-state", host.meetings.start_screen_share, later.id)


class TestRecordings:
    def test_start_and_stop(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, alice: str
    ) -> None:
        before = len(emulator.recorded(MEETING))
        started = host.meetings.start_recording(live.id)
        assert (started.session_type, started.session_id, started.status) == ("meeting", live.id, "recording")
        assert host.meetings.get(live.id).is_recording is True
        emulator.refuses(409, "recording-once", host.meetings.start_recording, live.id)
        stopped = host.meetings.stop_recording(live.id)
        assert (stopped.id, stopped.status, stopped.stopped_by) == (started.id, "processing", alice)
        assert host.meetings.get(live.id).is_recording is False
        emulator.refuses(409, "recording-runs", host.meetings.stop_recording, live.id)
        again = host.meetings.start_recording(live.id)
        assert guest.meetings.list_recordings(live.id) == [stopped, again]
        assert guest.meetings.get_recording(live.id, started.id) == stopped
        assert emulator.recorded(MEETING)[before:] == [
            ("meeting.recording_started", {"meeting_id": live.id, "recording": started.to_dict()}),
            ("meeting.recording_stopped", {"meeting_id": live.id, "recording": stopped.to_dict()}),
            ("meeting.recording_started", {"meeting_id": live.id, "recording": again.to_dict()}),
        ]

    def test_requires_a_live_meeting(self, emulator: WatchedEmulator, host: OrbitServer, planned: Meeting) -> None:
        emulator.refuses(409, "meeting-state", host.meetings.start_recording, planned.id)

    def test_recordings_of_another_meeting(self, emulator: WatchedEmulator, host: OrbitServer, live: Meeting) -> None:
        another = host.meetings.create(title="Another")
        recording = host.meetings.start_recording(live.id)
        emulator.refuses(404, "exists", host.meetings.get_recording, another.id, recording.id)
        emulator.refuses(404, "exists", host.meetings.get_recording, live.id, "rec_0")


class TestMetrics:
    def test_every_participant_reports(
        self, host: OrbitServer, guest: OrbitServer, live: Meeting, alice: str, bob: str, clock: ManualClock
    ) -> None:
        first = host.meetings.submit_metrics(live.id, bitrate=1250.5, packet_loss=0.4, jitter=12.3, rtt=48)
        assert (first.meeting_id, first.app_user_id, first.created_at) == (live.id, alice, clock.now())
        assert (first.bitrate, first.packet_loss, first.jitter, first.rtt) == (1250.5, 0.4, 12.3, 48)
        second = guest.meetings.submit_metrics(live.id, rtt=12)
        assert (second.app_user_id, second.bitrate, second.rtt) == (bob, None, 12)
        assert host.meetings.get_metrics(live.id) == guest.meetings.get_metrics(live.id) == [first, second]


class TestSeed:
    def test_same_run(self) -> None:
        def run(seed: int) -> list[object]:
            with WatchedEmulator(clock=ManualClock(), seed=seed) as emulator, emulator.client() as orbit:
                host = orbit.as_user(user(orbit, "Ada"))
                meeting = host.meetings.create(title="x")
                host.meetings.start(meeting.id)
                token = host.meetings.generate_token(meeting.id)
                return [token.token, host.meetings.join(meeting.id, token=token.token).to_dict(), emulator.recorded("")]

        assert run(7) == run(7)
        assert run(7) != run(8)
