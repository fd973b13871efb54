"""Calls: their life cycle, signaling, recordings, and the credentials that devices need.

May import `chat` for users and `media` for recordings, but not `meetings`. The operations on metrics, and on recordings
of calls and meetings alike, are in `calls_and_meetings`.
"""

from . import credentials, lifecycle, recordings, signaling

__all__ = ["credentials", "lifecycle", "recordings", "signaling"]
