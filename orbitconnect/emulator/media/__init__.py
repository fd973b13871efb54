"""Files and recordings."""

from . import grants, library, recordings, uploads

__all__ = ["grants", "library", "recordings", "uploads"]
