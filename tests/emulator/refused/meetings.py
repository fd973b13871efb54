"""Refused requests about meetings."""

from __future__ import annotations

from tests.emulator.refused.recorded import People, fails


def before(of: People, meeting: str) -> None:
    """Try what only a live meeting allows."""
    fails(of.alice.meetings.join, "nothing")
    fails(of.alice.meetings.join, meeting)
    fails(of.alice.meetings.leave, meeting)
    fails(of.alice.meetings.kick_participant, meeting, of.alice_id)
    fails(of.alice.meetings.mute, meeting, of.bob_id)
    fails(of.alice.meetings.unmute, meeting, of.bob_id)
    fails(of.alice.meetings.start_screen_share, meeting)
    fails(of.alice.meetings.start_recording, meeting)
    fails(of.alice.meetings.stop_recording, meeting)


def as_participant(of: People, meeting: str) -> None:
    """Try what only the host, or the host and co-hosts, can do."""
    fails(of.bob.meetings.update, meeting, title="Ours")
    fails(of.bob.meetings.start, meeting)
    fails(of.bob.meetings.end, meeting)
    fails(of.bob.meetings.add_participant, meeting, of.carol_id)
    fails(of.bob.meetings.remove_participant, meeting, of.alice_id)
    fails(of.bob.meetings.update_role, meeting, of.bob_id, "host")
    fails(of.bob.meetings.kick_participant, meeting, of.alice_id)
    fails(of.bob.meetings.mute, meeting, of.alice_id)
    fails(of.bob.meetings.unmute, meeting, of.alice_id)
    fails(of.bob.meetings.generate_token, meeting, user_id=of.carol_id)
    fails(of.bob.meetings.start_recording, meeting)
    fails(of.bob.meetings.stop_recording, meeting)
    fails(of.bob.meetings.join, meeting, token="another")


def meetings(of: People) -> None:
    meeting = of.alice.meetings.create(title="Review").id
    of.alice.meetings.add_participant(meeting, of.bob_id)
    fails(of.alice.meetings.add_participant, meeting, of.bob_id)
    fails(of.alice.meetings.remove_participant, meeting, of.alice_id)
    fails(of.alice.meetings.update_role, meeting, of.alice_id, "participant")
    before(of, meeting)
    of.alice.meetings.start(meeting)
    as_participant(of, meeting)
    fails(of.alice.meetings.start, meeting)
    of.alice.meetings.join(meeting)
    of.bob.meetings.join(meeting)
    of.alice.meetings.start_screen_share(meeting)
    fails(of.bob.meetings.start_screen_share, meeting)
    fails(of.bob.meetings.stop_screen_share, meeting)
    recording = of.alice.meetings.start_recording(meeting).id
    fails(of.bob.media.stop_recording, recording)
    of.alice.media.stop_recording(recording)
    fails(of.alice.media.stop_recording, recording)
    other = of.alice.meetings.create(title="Next").id
    of.alice.meetings.add_participant(other, of.bob_id)
    fails(of.bob.media.start_recording, session_type="meeting", session_id=other)
    of.alice.meetings.end(meeting)
    fails(of.alice.meetings.end, meeting)
    fails(of.alice.meetings.generate_token, meeting)
    private = of.alice.media.start_recording().id
    fails(of.bob.media.get_recording, private)
    session = of.alice.realtime.create_session(type="call_session", context_id=None).id
    fails(of.alice.realtime.transition, session, transition_type="call_to_meeting", context_id=meeting)
