"""Files and recordings."""

from . import grants, library, recording_operations, recordings, uploads

__all__ = ["grants", "library", "recording_operations", "recordings", "uploads"]
