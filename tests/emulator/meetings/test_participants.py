from __future__ import annotations

import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.meeting import Meeting
from tests.emulator.meetings.conftest import MEETING, entry
from tests.emulator.watched import WatchedEmulator


class TestParticipants:
    def test_add(
        self, emulator: WatchedEmulator, host: OrbitServer, planned: Meeting, alice: str, bob: str, clock: ManualClock
    ) -> None:
        added = host.meetings.add_participant(planned.id, bob)
        assert added.id.startswith("mpt_")
        assert (added.meeting_id, added.app_user_id, added.role) == (planned.id, bob, "participant")
        assert (added.status, added.is_muted, added.is_sharing_screen) == ("invited", False, False)
        assert (added.created_by, added.created_at, added.joined_at) == (alice, clock.now(), None)
        assert host.meetings.get(planned.id).participant_count == 0
        emulator.refuses(409, "meeting-list", host.meetings.add_participant, planned.id, bob)
        with pytest.raises(UnprocessableEntityError) as caught:
            host.meetings.add_participant(planned.id, "usr_0")
        assert caught.value.errors == {"app_user_id": ["is not the id of a user"]}

    def test_remove(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        guest: OrbitServer,
        live: Meeting,
        bob: str,
        carol: str,
        clock: ManualClock,
    ) -> None:
        guest.meetings.join(live.id)
        guest.meetings.start_screen_share(live.id)
        clock.advance(5)
        host.meetings.remove_participant(live.id, bob)
        gone = entry(host, live, bob)
        assert (gone.status, gone.left_at, gone.is_sharing_screen) == ("removed", clock.now(), False)
        recorded = emulator.recorded(MEETING)
        assert recorded[-1] == ("meeting.participant_removed", {"meeting_id": live.id, "participant": gone.to_dict()})
        host.meetings.remove_participant(live.id, bob)
        host.meetings.remove_participant(live.id, carol)
        assert emulator.recorded(MEETING) == recorded
        emulator.refuses(404, "exists", host.meetings.remove_participant, live.id, "usr_0")

    def test_users_can_remove_themselves(
        self, emulator: WatchedEmulator, guest: OrbitServer, live: Meeting, bob: str
    ) -> None:
        for _ in range(2):
            guest.meetings.remove_participant(live.id, bob)
        assert emulator.recorded_types(MEETING).count("meeting.participant_removed") == 1
        emulator.refuses(404, "participants-only", guest.meetings.get, live.id)

    def test_add_again(self, host: OrbitServer, guest: OrbitServer, live: Meeting, bob: str) -> None:
        first = entry(host, live, bob)
        host.meetings.update_role(live.id, bob, "co_host")
        host.meetings.mute(live.id, bob)
        host.meetings.remove_participant(live.id, bob)
        again = host.meetings.add_participant(live.id, bob)
        assert (again.id, again.status, again.role, again.is_muted) == (first.id, "invited", "participant", False)
        guest.meetings.join(live.id)

    def test_kick(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, bob: str, carol: str
    ) -> None:
        emulator.refuses(404, "exists", host.meetings.kick_participant, live.id, carol)
        host.meetings.add_participant(live.id, carol)
        host.meetings.kick_participant(live.id, carol)
        assert entry(host, live, carol).status == "removed", "an invited user can be kicked, too"
        guest.meetings.join(live.id)
        host.meetings.kick_participant(live.id, bob)
        gone = entry(host, live, bob)
        assert gone.status == "removed"
        assert emulator.recorded(MEETING)[-1] == (
            "meeting.participant_removed",
            {"meeting_id": live.id, "participant": gone.to_dict()},
        )
        emulator.refuses(404, "exists", host.meetings.kick_participant, live.id, bob)

    def test_the_host_cannot_be_removed(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, alice: str, bob: str
    ) -> None:
        host.meetings.update_role(live.id, bob, "co_host")
        for attempt in ("remove_participant", "kick_participant"):
            emulator.refuses(403, "meeting-roles", getattr(guest.meetings, attempt), live.id, alice)
            emulator.refuses(409, "meeting-host", getattr(host.meetings, attempt), live.id, alice)

    def test_requires_a_host_or_co_host(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        guest: OrbitServer,
        live: Meeting,
        alice: str,
        bob: str,
        carol: str,
    ) -> None:
        host.meetings.add_participant(live.id, carol)
        meetings = guest.meetings
        for attempt in (
            lambda: meetings.add_participant(live.id, carol),
            lambda: meetings.remove_participant(live.id, carol),
            lambda: meetings.kick_participant(live.id, alice),
            lambda: meetings.mute(live.id, alice),
            lambda: meetings.unmute(live.id, bob),
            lambda: meetings.update_role(live.id, bob, "host"),
            lambda: meetings.start_recording(live.id),
            lambda: meetings.stop_recording(live.id),
        ):
            emulator.refuses(403, "meeting-roles", attempt)

    def test_a_co_host_can(
        self,
        emulator: WatchedEmulator,
        orbit: OrbitServer,
        host: OrbitServer,
        guest: OrbitServer,
        live: Meeting,
        alice: str,
        bob: str,
        carol: str,
    ) -> None:
        host.meetings.update_role(live.id, bob, "co_host")
        guest.meetings.add_participant(live.id, carol)
        guest.meetings.mute(live.id, alice)
        guest.meetings.start_recording(live.id)
        guest.meetings.stop_recording(live.id)
        guest.meetings.remove_participant(live.id, carol)
        emulator.refuses(403, "meeting-roles", guest.meetings.update_role, live.id, carol, "co_host")


class TestRoles:
    def test_change_the_role(
        self, emulator: WatchedEmulator, host: OrbitServer, live: Meeting, bob: str, carol: str, clock: ManualClock
    ) -> None:
        clock.advance(5)
        host.meetings.update_role(live.id, bob, "co_host")
        changed = entry(host, live, bob)
        assert (changed.role, changed.updated_at) == ("co_host", clock.now())
        clock.advance(5)
        host.meetings.update_role(live.id, bob, "co_host")
        assert entry(host, live, bob) == changed
        emulator.refuses(404, "exists", host.meetings.update_role, live.id, carol, "co_host")
        with pytest.raises(UnprocessableEntityError) as caught:
            host.meetings.update_role(live.id, bob, "boss")
        assert caught.value.errors == {"role": ["must be one of host, co_host, participant"]}

    def test_make_another_user_host(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, alice: str, bob: str
    ) -> None:
        emulator.refuses(409, "meeting-host", host.meetings.update_role, live.id, alice, "participant")
        host.meetings.update_role(live.id, bob, "host")
        meeting = guest.meetings.get(live.id)
        assert (meeting.host_user_id, meeting.created_by) == (bob, alice)
        assert (entry(host, live, alice).role, entry(host, live, bob).role) == ("co_host", "host")
        emulator.refuses(403, "meeting-roles", host.meetings.end, live.id)
        assert guest.meetings.end(live.id).status == "ended"


class TestMicrophones:
    def test_mute_and_unmute(
        self, host: OrbitServer, guest: OrbitServer, live: Meeting, bob: str, clock: ManualClock
    ) -> None:
        guest.meetings.join(live.id)
        host.meetings.mute(live.id, bob)
        muted = entry(host, live, bob)
        assert muted.is_muted is True
        clock.advance(5)
        host.meetings.mute(live.id, bob)
        assert entry(host, live, bob) == muted
        guest.meetings.leave(live.id)
        guest.meetings.join(live.id)
        assert entry(host, live, bob).is_muted is True
        host.meetings.unmute(live.id, bob)
        host.meetings.unmute(live.id, bob)
        assert entry(host, live, bob).is_muted is False

    def test_users_that_are_refused(
        self, emulator: WatchedEmulator, host: OrbitServer, live: Meeting, carol: str
    ) -> None:
        for attempt in (host.meetings.mute, host.meetings.unmute):
            emulator.refuses(404, "exists", attempt, live.id, carol)
            emulator.refuses(404, "exists", attempt, live.id, "usr_0")

    def test_requires_a_live_meeting(
        self, emulator: WatchedEmulator, host: OrbitServer, planned: Meeting, alice: str
    ) -> None:
        emulator.refuses(409, "meeting-state", host.meetings.mute, planned.id, alice)
