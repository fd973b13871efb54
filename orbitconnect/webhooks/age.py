"""The age of an event, by the time inside its signed body."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from .once.durations import checked_seconds
from .signature import WebhookVerificationError


def checked_age(max_age: float | timedelta | None) -> float | None:
    """Reads a limit, in seconds.

    Raises:
        TypeError: If it is neither a number nor a `timedelta`.
        ValueError: If it is not positive.
    """
    if max_age is None:
        return None
    seconds = max_age.total_seconds() if isinstance(max_age, timedelta) else max_age
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # not everybody checks types
        raise TypeError(f"max_age must be a number of seconds or a timedelta, not {type(max_age).__name__}.")
    return checked_seconds("max_age", seconds)


def check_age(created_at: datetime | None, max_age: float | None) -> None:
    """Refuses an event that is older than the limit, if there is one.

    Raises:
        WebhookVerificationError: If it is too old, created later than now by more than the limit, or has no time.
    """
    if max_age is None:
        return
    if created_at is None:
        raise WebhookVerificationError(
            "The event has no created_at that can be read, so its age is not known, and max_age was set. Refuse it."
        )
    age = time.time() - created_at.timestamp()
    if age > max_age:
        raise WebhookVerificationError(
            f"The event was created {age:.0f} s ago, and max_age is {max_age:.0f} s. Somebody may have captured the "
            "delivery and sent it again. If it is a late retry or a replay of your own, make max_age longer."
        )
    if age < -max_age:
        raise WebhookVerificationError(
            f"The event was created {-age:.0f} s from now, and max_age is {max_age:.0f} s. Check this machine's clock."
        )
