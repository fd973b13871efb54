"""A meeting: the host starts it, users join with and without an invitation, and roles determine what they may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from orbitconnect import OrbitServerError, PermissionDeniedError
from orbitconnect_api.models.meeting_participant import MeetingParticipant

if TYPE_CHECKING or __package__:
    from .narration import open_stage, say, show, show_failure
else:
    from narration import open_stage, say, show, show_failure

PARTICIPANT = ("app_user_id", "role", "status", "is_muted")


def main() -> None:
    with open_stage("A meeting") as stage:
        orbit = stage.orbit
        host, guest, late, rude = (
            orbit.users.create(external_id=f"example-{name.lower()}", display_name=name)
            for name in ("Hana", "Gabriel", "Lata", "Rudi")
        )
        names = {user.id: user.display_name for user in (host, guest, late, rude)}
        as_host, as_guest, as_late, as_rude = (orbit.as_user(user.id) for user in (host, guest, late, rude))

        tomorrow = datetime.now(UTC) + timedelta(days=1)
        meeting = show(
            "Hana schedules a meeting. She is its host.",
            lambda: as_host.meetings.create(title="Design review", description="The new door", scheduled_at=tomorrow),
            *("id", "title", "status", "host_user_id", "scheduled_at"),
        )
        show("She invites Gabriel.", lambda: as_host.meetings.add_participant(meeting.id, guest.id), *PARTICIPANT)
        show_failure(
            "Only the host can start a meeting.", lambda: as_guest.meetings.start(meeting.id), PermissionDeniedError
        )
        show("She starts the meeting and joins it.", lambda: as_host.meetings.start(meeting.id), "status", "started_at")
        as_host.meetings.join(meeting.id)
        show(
            "Gabriel joins. The response has the URL of the media server and a token for his browser, masked here.",
            lambda: as_guest.meetings.join(meeting.id).sfu_session,
            *("meeting_id", "app_user_id", "url", "token", "expires_at"),
        )
        show_failure(
            "Lata was not invited. For her, the meeting does not exist.",
            lambda: as_late.meetings.join(meeting.id),
            OrbitServerError,
        )
        token = show(
            "Create a token that lets her join. It is for one user and one role, and can be part of a link.",
            lambda: as_host.meetings.generate_token(meeting.id, user_id=late.id, role="participant"),
        )
        show(
            "She joins with the token.",
            lambda: as_late.meetings.join(meeting.id, token=token.token).meeting,
            "status",
        )
        as_host.meetings.add_participant(meeting.id, rude.id)
        as_rude.meetings.join(meeting.id)

        show("Hana makes Gabriel a co-host.", lambda: as_host.meetings.update_role(meeting.id, guest.id, "co_host"))
        show("A co-host can mute others.", lambda: as_guest.meetings.mute(meeting.id, rude.id))
        show_failure(
            "A participant such as Lata cannot.",
            lambda: as_late.meetings.mute(meeting.id, host.id),
            PermissionDeniedError,
        )
        show("He unmutes Rudi.", lambda: as_guest.meetings.unmute(meeting.id, rude.id))
        show("Lata shares her screen.", lambda: as_late.meetings.start_screen_share(meeting.id))
        participants = as_host.meetings.get(meeting.id).participants or []
        say("The participants:", *(describe(participant, names) for participant in participants))
        show("She stops sharing.", lambda: as_late.meetings.stop_screen_share(meeting.id))

        recording = show(
            "Hana starts recording.",
            lambda: as_host.meetings.start_recording(meeting.id),
            *("id", "status", "session_type"),
        )
        show(
            "Browsers report the quality of the connection.",
            lambda: as_guest.meetings.submit_metrics(meeting.id, bitrate=1_200_000, packet_loss=0.1, jitter=4, rtt=31),
            *("app_user_id", "bitrate", "packet_loss", "jitter", "rtt"),
        )
        stage.wait(300 if stage.emulator else 3)
        show("She stops recording.", lambda: as_host.meetings.stop_recording(meeting.id), "status", "duration_seconds")

        show("Gabriel removes Rudi.", lambda: as_guest.meetings.kick_participant(meeting.id, rude.id))
        show_failure("Rudi cannot join again.", lambda: as_rude.meetings.join(meeting.id), OrbitServerError)
        show("Lata leaves.", lambda: as_late.meetings.leave(meeting.id))
        show("Hana ends the meeting for everyone.", lambda: as_host.meetings.end(meeting.id), "status", "ended_at")
        stage.wait(60 if stage.emulator else 5)
        show(
            "The recording is now a media file.",
            lambda: as_host.meetings.get_recording(meeting.id, recording.id),
            *("id", "status", "duration_seconds", "media_id"),
        )


def describe(participant: MeetingParticipant, names: dict[str, str | None]) -> str:
    shares = ", shares the screen" if participant.is_sharing_screen else ""
    return f"{names.get(participant.app_user_id or '')}: {participant.role}, {participant.status}{shares}"


if __name__ == "__main__":
    main()
