"""Media: files, their upload, processing, download and grants, and how recordings become files.

May import `chat` for users. Who can record a call or a meeting is decided by `calls`, `meetings` and
`calls_and_meetings`, which import this package.
"""

from . import grants, library, recordings, uploads

__all__ = ["grants", "library", "recordings", "uploads"]
