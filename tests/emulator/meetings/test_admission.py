from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.tokens import read_token, sign_token
from orbitconnect_api.models.meeting import Meeting
from tests.emulator.meetings.conftest import MEETING, entry
from tests.emulator.watched import WatchedEmulator


class TestJoin:
    def test_users_on_the_list(
        self, emulator: WatchedEmulator, guest: OrbitServer, live: Meeting, alice: str, bob: str, clock: ManualClock
    ) -> None:
        clock.advance(5)
        joined = guest.meetings.join(live.id)
        assert joined.meeting == guest.meetings.get(live.id)
        assert joined.meeting.participant_count == 2
        me = entry(guest, live, bob)
        assert (me.status, me.role, me.joined_at, me.left_at) == ("joined", "participant", clock.now(), None)
        assert me.created_by == alice
        name, data = emulator.recorded(MEETING)[-1]
        assert (name, data) == ("meeting.participant_joined", {"meeting_id": live.id, "participant": me.to_dict()})

    def test_connection(
        self, emulator: WatchedEmulator, guest: OrbitServer, live: Meeting, bob: str, clock: ManualClock
    ) -> None:
        session = guest.meetings.join(live.id).sfu_session
        assert (session.meeting_id, session.app_user_id) == (live.id, bob)
        assert session.expires_at == clock.now() + timedelta(hours=1)
        assert session.ice_servers == [guest.calls.get_turn_credentials()]
        assert session.url is not None
        assert session.url.startswith("wss:")
        claims = read_token(session.token or "", emulator.token_secret)
        assert claims is not None
        assert (claims["aud"], claims["sub"], claims["jti"]) == ("sfu", bob, session.id)

    def test_joining_again_opens_another_connection(
        self, emulator: WatchedEmulator, guest: OrbitServer, live: Meeting, clock: ManualClock
    ) -> None:
        first = guest.meetings.join(live.id)
        before = emulator.recorded(MEETING)
        clock.advance(5)
        second = guest.meetings.join(live.id)
        assert second.meeting == first.meeting
        assert second.sfu_session.id != first.sfu_session.id
        assert emulator.recorded(MEETING) == before

    def test_requires_a_live_meeting(self, emulator: WatchedEmulator, host: OrbitServer, planned: Meeting) -> None:
        emulator.refuses(409, "meeting-state", host.meetings.join, planned.id)

    def test_leave_and_join_again(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        guest: OrbitServer,
        live: Meeting,
        bob: str,
        clock: ManualClock,
    ) -> None:
        guest.meetings.join(live.id)
        guest.meetings.start_screen_share(live.id)
        clock.advance(5)
        guest.meetings.leave(live.id)
        gone = entry(host, live, bob)
        assert (gone.status, gone.left_at, gone.is_sharing_screen) == ("left", clock.now(), False)
        assert host.meetings.get(live.id).screen_share_user_id is None
        assert emulator.recorded(MEETING)[-1] == (
            "meeting.participant_left",
            {"meeting_id": live.id, "participant": gone.to_dict()},
        )
        emulator.refuses(409, "meeting-presence", guest.meetings.leave, live.id)
        clock.advance(5)
        guest.meetings.join(live.id)
        back = entry(host, live, bob)
        assert (back.id, back.status, back.joined_at, back.left_at) == (gone.id, "joined", clock.now(), None)

    def test_continues_without_the_host(self, host: OrbitServer, guest: OrbitServer, live: Meeting) -> None:
        guest.meetings.join(live.id)
        host.meetings.leave(live.id)
        meeting = guest.meetings.get(live.id)
        assert (meeting.status, meeting.participant_count) == ("live", 1)


class TestTokens:
    def test_admits_a_user_who_is_not_on_the_list(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        stranger: OrbitServer,
        live: Meeting,
        carol: str,
        clock: ManualClock,
    ) -> None:
        token = host.meetings.generate_token(live.id, user_id=carol)
        assert (token.meeting_id, token.app_user_id, token.role) == (live.id, carol, "participant")
        assert token.expires_at == clock.now() + timedelta(hours=1)
        joined = stranger.meetings.join(live.id, token=token.token)
        assert joined.meeting.participant_count == 2
        me = entry(host, live, carol)
        assert (me.role, me.status, me.created_by) == ("participant", "joined", carol)
        stranger.meetings.leave(live.id)
        stranger.meetings.join(live.id)

    def test_claims(
        self, emulator: WatchedEmulator, host: OrbitServer, live: Meeting, bob: str, clock: ManualClock
    ) -> None:
        token = host.meetings.generate_token(live.id, user_id=bob, role="co_host").token
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        now = int(clock.now().timestamp())
        assert (claims["aud"], claims["sub"], claims["meeting_id"], claims["role"]) == (
            "meeting",
            bob,
            live.id,
            "co_host",
        )
        assert (claims["iat"], claims["exp"]) == (now, now + 3600)

    def test_role(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        guest: OrbitServer,
        stranger: OrbitServer,
        live: Meeting,
        alice: str,
        bob: str,
        carol: str,
    ) -> None:
        for other, user_id in ((guest, bob), (stranger, carol)):
            token = host.meetings.generate_token(live.id, user_id=user_id, role="co_host")
            other.meetings.join(live.id, token=token.token)
            assert entry(host, live, user_id).role == "co_host"
        # Without a role, the token keeps the user's role.
        own = guest.meetings.generate_token(live.id, user_id=bob)
        assert (own.app_user_id, own.role) == (bob, "co_host")
        assert host.meetings.generate_token(live.id, user_id=alice).role == "host"

    def test_who_can_issue_them(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, bob: str, carol: str
    ) -> None:
        def by_guest(user_id: str, role: str) -> object:
            return guest.meetings.generate_token(live.id, user_id=user_id, role=role)

        assert guest.meetings.generate_token(live.id, user_id=bob).role == "participant"
        emulator.refuses(403, "meeting-roles", guest.meetings.generate_token, live.id)
        emulator.refuses(403, "meeting-roles", by_guest, carol, "participant")
        emulator.refuses(403, "meeting-roles", by_guest, bob, "co_host")
        host.meetings.update_role(live.id, bob, "co_host")
        by_guest(carol, "participant")
        emulator.refuses(403, "meeting-roles", by_guest, carol, "co_host")

    def test_tokens_that_are_not_issued(
        self, orbit: OrbitServer, host: OrbitServer, live: Meeting, alice: str, bob: str, carol: str
    ) -> None:
        orbit.users.deactivate(carol)
        for user_id, role, field in (
            ("usr_0", None, "app_user_id"),
            (carol, None, "app_user_id"),
            (bob, "boss", "role"),
            (bob, "host", "role"),
            (alice, "participant", "role"),
        ):
            with pytest.raises(UnprocessableEntityError) as caught:
                host.meetings.generate_token(live.id, user_id=user_id, role=role)
            assert [*caught.value.errors] == [field]

    def test_invalid_tokens(
        self,
        emulator: WatchedEmulator,
        orbit: OrbitServer,
        host: OrbitServer,
        stranger: OrbitServer,
        live: Meeting,
        alice: str,
        bob: str,
        carol: str,
        clock: ManualClock,
    ) -> None:
        another = host.meetings.create(title="Another")
        good = host.meetings.generate_token(live.id, user_id=carol).token
        claims = read_token(good, emulator.token_secret)
        assert claims is not None
        head, payload, signature = good.split(".")
        unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
        for token, flaw in (
            ("x", "was not issued by"),
            ("a.b.c", "was not issued by"),
            ("…", "was not issued by"),
            (good + "A", "was not issued by"),
            (f"{unsigned}.{payload}.", "was not issued by"),
            (f"{head}.{payload}.{signature[::-1]}", "was not issued by"),
            (sign_token(claims, b"another secret"), "was not issued by"),
            (orbit.users.create_token(carol).token, "is not for joining"),
            (stranger.calls.get_webrtc_token().token, "is not for joining"),
            (host.meetings.join(live.id).sfu_session.token or "", "is not for joining"),
            (host.meetings.generate_token(another.id, user_id=carol).token, "is for another meeting"),
            (host.meetings.generate_token(live.id, user_id=bob).token, "is for another user"),
        ):

            def attempt(meeting_id: str, token: str = token) -> object:
                return stranger.meetings.join(meeting_id, token=token)

            assert flaw in emulator.refuses(403, "meeting-token", attempt, live.id).message
            # The result is the same for a meeting that does not exist.
            assert emulator.refuses(403, "meeting-token", attempt, "mtg_0").status == 403
        clock.advance(3599.999)
        stranger.meetings.join(live.id, token=good)
        stranger.meetings.leave(live.id)
        clock.advance(0.001)
        error = emulator.refuses(403, "meeting-token", lambda: stranger.meetings.join(live.id, token=good))
        assert "has expired" in error.message

    def test_removing_the_user_revokes_them(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, bob: str
    ) -> None:
        old = host.meetings.generate_token(live.id, user_id=bob).token
        guest.meetings.join(live.id, token=old)
        host.meetings.kick_participant(live.id, bob)
        emulator.refuses(403, "meeting-token", lambda: guest.meetings.join(live.id, token=old))
        emulator.refuses(404, "participants-only", guest.meetings.join, live.id)
        new = host.meetings.generate_token(live.id, user_id=bob).token
        guest.meetings.join(live.id, token=new)
        assert entry(host, live, bob).status == "joined"

    def test_a_token_without_a_user_is_for_an_open_link(
        self,
        emulator: WatchedEmulator,
        host: OrbitServer,
        guest: OrbitServer,
        stranger: OrbitServer,
        live: Meeting,
        bob: str,
        carol: str,
    ) -> None:
        host.meetings.update_role(live.id, bob, "co_host")
        link = host.meetings.generate_token(live.id)
        assert (link.app_user_id, link.role) == (None, "participant")
        for who, user_id, role in (guest, bob, "co_host"), (stranger, carol, "participant"):
            who.meetings.join(live.id, token=link.token)
            assert entry(host, live, user_id).role == role
        host.meetings.kick_participant(live.id, carol)
        emulator.refuses(403, "meeting-token", lambda: stranger.meetings.join(live.id, token=link.token))

    def test_changing_the_role_revokes_them(
        self, emulator: WatchedEmulator, host: OrbitServer, guest: OrbitServer, live: Meeting, alice: str, bob: str
    ) -> None:
        mighty = host.meetings.generate_token(live.id, user_id=bob, role="co_host").token
        hosting = host.meetings.generate_token(live.id, user_id=alice).token
        guest.meetings.join(live.id, token=mighty)
        host.meetings.update_role(live.id, bob, "participant")
        emulator.refuses(403, "meeting-token", lambda: guest.meetings.join(live.id, token=mighty))
        host.meetings.update_role(live.id, bob, "host")
        emulator.refuses(403, "meeting-token", lambda: host.meetings.join(live.id, token=hosting))
        assert (entry(host, live, alice).role, entry(host, live, bob).role) == ("co_host", "host")
