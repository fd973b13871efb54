"""What the uploads and downloads of `orbit.media` share with their callers: the progress, and an error of their own.

All other failures are those of every call: `PermissionDeniedError` where a signed URL is refused, `ServerError`,
`ConnectionFailedError`, `DeadlineExceededError`. What goes wrong with a local file is the builtin `OSError`.
"""

from __future__ import annotations

from collections.abc import Callable

from .errors import OrbitServerError

__all__ = ["CorruptTransferError", "Progress"]

Progress = Callable[[int, int | None], object]
"""Called with the bytes that were transferred so far, and with how many there are in all, or None if nobody knows.

It is called often and must be quick. Where bytes are sent again after a failure, the first number goes back. What it
raises ends the transfer.
"""


class CorruptTransferError(OrbitServerError):
    """The bytes that arrived are not those that were sent: their number or their SHA-256 differs."""
