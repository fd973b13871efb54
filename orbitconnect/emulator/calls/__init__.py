"""Calls: signaling, metrics and recordings."""

from . import credentials, lifecycle, metrics, recordings, signaling

__all__ = ["credentials", "lifecycle", "metrics", "recordings", "signaling"]
