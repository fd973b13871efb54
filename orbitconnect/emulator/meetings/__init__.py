"""Meetings: their life cycle, participants, admission, screen sharing and recordings.

May import `chat` for users, `calls` for TURN credentials and `media` for recordings. The operations on metrics, and on
recordings of calls and meetings alike, are in `calls_and_meetings`.
"""

from . import admission, lifecycle, participants, recordings, screen_share

__all__ = ["admission", "lifecycle", "participants", "recordings", "screen_share"]
