"""Meetings: their life, participants, tokens and recordings."""

from . import admission, lifecycle, metrics, participants, recordings, screen_share

__all__ = ["admission", "lifecycle", "metrics", "participants", "recordings", "screen_share"]
