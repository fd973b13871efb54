"""A video call: ring, accept, connect two browsers, record, and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orbitconnect import ConflictError, PermissionDeniedError

if TYPE_CHECKING or __package__:
    from .narration import open_stage, say, show, show_failure
else:
    from narration import open_stage, say, show, show_failure

# A shortened session description, as from a browser's RTCPeerConnection.
SDP: Final = "v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
CANDIDATE: Final = "candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host"


def main() -> None:
    with open_stage("A video call") as stage:
        orbit = stage.orbit
        alice = orbit.users.create(external_id="example-alice", display_name="Alice")
        bob = orbit.users.create(external_id="example-bob", display_name="Bob")
        as_alice, as_bob = orbit.as_user(alice.id), orbit.as_user(bob.id)

        call = show("Alice calls Bob.", lambda: as_alice.calls.initiate(callee_id=bob.id, type="video"))
        show_failure(
            "Only the callee can accept a call. Here, Alice tries to accept her own call.",
            lambda: as_alice.calls.accept(call.id),
            PermissionDeniedError,
        )
        show_failure(
            "While the call rings, both users are busy and cannot be in another call.",
            lambda: as_bob.calls.initiate(callee_id=alice.id, type="voice"),
            ConflictError,
        )
        show("Bob accepts.", lambda: as_bob.calls.accept(call.id), "status", "accepted_at")

        say(
            "Now the browsers connect. The vendor's React SDK does this for you. If you do the signaling yourself, "
            "your backend passes on these messages:"
        )
        show("A token for each browser.", lambda: as_alice.calls.get_webrtc_token())
        show("Relay servers for browsers behind a firewall.", lambda: as_alice.calls.get_turn_credentials())
        show("Alice's offer.", lambda: as_alice.calls.submit_offer(call.id, SDP), "id", "status")
        show("Bob's answer.", lambda: as_bob.calls.submit_answer(call.id, SDP), "id", "status")
        show("The address at which Alice can be reached.", lambda: as_alice.calls.add_ice_candidate(call.id, CANDIDATE))

        show("Start recording.", lambda: as_alice.calls.toggle_record(call.id), "id", "status", "started_by")
        show("The call shows that it is recorded.", lambda: as_bob.calls.get(call.id), "status", "is_recording")
        if stage.emulator:
            say("They talk for a minute and a half. Advancing the emulator's clock takes no real time.")
        stage.wait(90 if stage.emulator else 3)
        recording = show(
            "Stop recording.",
            lambda: as_alice.calls.toggle_record(call.id),
            *("id", "status", "duration_seconds", "started_by"),
        )
        show(
            "The browsers report the quality of the connection.",
            lambda: as_bob.calls.submit_metrics(call.id, bitrate=850_000, packet_loss=0.4, jitter=12.5, rtt=48),
            *("app_user_id", "bitrate", "packet_loss", "jitter", "rtt"),
        )
        show(
            "Both users can see these reports.",
            lambda: as_alice.calls.get_metrics(call.id),
            "bitrate",
            "packet_loss",
            "jitter",
            "rtt",
        )
        show("Bob hangs up.", lambda: as_bob.calls.end(call.id), "status", "duration_seconds", "ended_by_user_id")
        show_failure("A call that has ended cannot be ended again.", lambda: as_alice.calls.end(call.id), ConflictError)

        say("The recording is processed and becomes a media file.")
        stage.wait(60 if stage.emulator else 5)
        show("List the recordings.", lambda: as_alice.calls.list_recordings(call.id), "status", "media_id")
        show("Get one by its id.", lambda: as_alice.calls.get_recording(recording.id), "id", "session_type", "status")

        declined = show("Alice calls again.", lambda: as_alice.calls.initiate(callee_id=bob.id, type="voice"), "status")
        show("Bob declines.", lambda: as_bob.calls.reject(declined.id), "status", "ended_by_user_id")
        show("List Alice's calls, newest first.", lambda: as_alice.calls.list(), "type", "status", "duration_seconds")


if __name__ == "__main__":
    main()
