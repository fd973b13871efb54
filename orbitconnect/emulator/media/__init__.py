"""Media: files, their upload, processing, download and grants, and how recordings become files.

May import `chat` for users. `calls`, `meetings` and `calls_and_meetings`, which import this package, decide who can
record a call or a meeting.
"""

from . import grants, library, recordings, uploads

__all__ = ["grants", "library", "recordings", "uploads"]
