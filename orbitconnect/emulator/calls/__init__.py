"""Calls: signaling and recordings."""

from . import credentials, lifecycle, recordings, signaling

__all__ = ["credentials", "lifecycle", "recordings", "signaling"]
