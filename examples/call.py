"""A video call: it rings, is answered, connects two browsers, is recorded, and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orbitconnect import ConflictError, PermissionDeniedError

if TYPE_CHECKING or __package__:
    from .narration import open_stage, say, show, show_failure
else:
    from narration import open_stage, say, show, show_failure

# What a browser's RTCPeerConnection would give; shortened.
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
            "Only the one who is called can accept: here Alice tries to accept her own call.",
            lambda: as_alice.calls.accept(call.id),
            PermissionDeniedError,
        )
        show_failure(
            "While it rings, neither is free for another call.",
            lambda: as_bob.calls.initiate(callee_id=alice.id, type="voice"),
            ConflictError,
        )
        show("Bob accepts.", lambda: as_bob.calls.accept(call.id), "status", "accepted_at")

        say(
            "From here on it is the browsers' turn, and the vendor's React SDK does it by itself. With signaling of "
            "your own, your backend passes on what they say:"
        )
        show("a token for each,", lambda: as_alice.calls.get_webrtc_token())
        show("relay servers for those behind a firewall,", lambda: as_alice.calls.get_turn_credentials())
        show("Alice's offer,", lambda: as_alice.calls.submit_offer(call.id, SDP), "id", "status")
        show("Bob's answer,", lambda: as_bob.calls.submit_answer(call.id, SDP), "id", "status")
        show("and where each can be reached.", lambda: as_alice.calls.add_ice_candidate(call.id, CANDIDATE))

        show("Recording is a switch: on,", lambda: as_alice.calls.toggle_record(call.id), "id", "status", "started_by")
        show("as the call now says.", lambda: as_bob.calls.get(call.id), "status", "is_recording")
        if stage.emulator:
            say("They talk for a minute and a half. The emulator's clock is turned forward, so nobody has to wait.")
        stage.wait(90 if stage.emulator else 3)
        recording = show(
            "And off.", lambda: as_alice.calls.toggle_record(call.id), "id", "status", "duration_seconds", "started_by"
        )
        show(
            "The browsers report how good the connection is,",
            lambda: as_bob.calls.submit_metrics(call.id, bitrate=850_000, packet_loss=0.4, jitter=12.5, rtt=48),
            *("app_user_id", "bitrate", "packet_loss", "jitter", "rtt"),
        )
        show(
            "for both sides to see.",
            lambda: as_alice.calls.get_metrics(call.id),
            "bitrate",
            "packet_loss",
            "jitter",
            "rtt",
        )
        show("Bob hangs up.", lambda: as_bob.calls.end(call.id), "status", "duration_seconds", "ended_by_user_id")
        show_failure("A call ends once.", lambda: as_alice.calls.end(call.id), ConflictError)

        say("The recording is processed, and becomes a media file.")
        stage.wait(60 if stage.emulator else 5)
        show("What was recorded?", lambda: as_alice.calls.list_recordings(call.id), "status", "media_id")
        show("One by its id.", lambda: as_alice.calls.get_recording(recording.id), "id", "session_type", "status")

        missed = show("Alice calls again,", lambda: as_alice.calls.initiate(callee_id=bob.id, type="voice"), "status")
        show("but Bob declines.", lambda: as_bob.calls.reject(missed.id), "status", "ended_by_user_id")
        show("Her calls, the newest first.", lambda: as_alice.calls.list(), "type", "status", "duration_seconds")


if __name__ == "__main__":
    main()
