"""The states that a backend can wait for, and how the API's responses show them."""

from __future__ import annotations

from typing import Final

from orbitconnect_api.models.call import Call
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.session import Session

from ..waiting import NeverReachedError

RINGING: Final = "ringing"
SCHEDULED: Final = "scheduled"

_ACCEPTED: Final = "accepted"
_LIVE: Final = "live"
_READY: Final = "ready"
_ENDED: Final = "ended"
_CALL_IS_OVER: Final = frozenset({_ENDED, "failed", "missed", "rejected"})
_FAILED: Final = "failed"
_DELETED: Final = "deleted"


def call_is_over(call: Call) -> bool:
    """Whether a call is over, for any reason. With an unknown status, only `ended_at` counts."""
    return call.status in _CALL_IS_OVER or call.ended_at is not None


def call_is_accepted(call: Call) -> bool:
    """Whether a call is active.

    Raises:
        NeverReachedError: If the call is over.
    """
    if call_is_over(call):
        raise NeverReachedError(f"The call {call.id} is over: its status is {call.status or 'ended'}.", last_seen=call)
    return call.status == _ACCEPTED


def meeting_is_over(meeting: Meeting) -> bool:
    """Whether a meeting has ended."""
    return meeting.status == _ENDED or meeting.ended_at is not None


def meeting_is_live(meeting: Meeting) -> bool:
    """Whether users can join a meeting.

    Raises:
        NeverReachedError: If the meeting is over.
    """
    if meeting_is_over(meeting):
        raise NeverReachedError(f"The meeting {meeting.id} is over.", last_seen=meeting)
    return meeting.status == _LIVE


def recording_is_ready(recording: Recording) -> bool:
    """Whether a recording's file is available.

    Raises:
        NeverReachedError: If the recording failed.
    """
    if recording.status == _FAILED:
        said = None if recording.error is None else recording.error.message or recording.error.code
        reason = (said or "the API gives no reason").rstrip(".")
        raise NeverReachedError(f"The recording {recording.id} failed: {reason}.", last_seen=recording)
    return recording.status == _READY


def media_is_ready(media: Media) -> bool:
    """Whether a file can be downloaded and streamed.

    Raises:
        NeverReachedError: If processing failed, or the file was deleted.
    """
    if media.status in (_FAILED, _DELETED):
        said = None if media.error is None else media.error.message or media.error.code
        reason = "it was deleted" if media.status == _DELETED else said or "the API gives no reason"
        raise NeverReachedError(
            f"The media file {media.id} will never be ready: {reason.rstrip('.')}.", last_seen=media
        )
    return media.status == _READY


def session_is_over(session: Session) -> bool:
    """Whether a session has ended."""
    return session.status == _ENDED or session.ended_at is not None
