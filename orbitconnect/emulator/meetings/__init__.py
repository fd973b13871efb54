"""Meetings: their life, participants, tokens and recordings."""

from . import admission, lifecycle, participants, recordings, screen_share

__all__ = ["admission", "lifecycle", "participants", "recordings", "screen_share"]
