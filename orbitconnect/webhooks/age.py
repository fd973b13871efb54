"""Refuses events that are too old, judging by the time inside the signed body."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from .once.durations import checked_seconds
from .signature import WebhookVerificationError


def checked_age(max_age: float | timedelta | None) -> float | None:
    """Return the limit in seconds, or None if there is no limit.

    Raises:
        TypeError: If the limit is neither a number nor a `timedelta`.
        ValueError: If the limit is not positive.
    """
    if max_age is None:
        return None
    seconds = max_age.total_seconds() if isinstance(max_age, timedelta) else max_age
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"max_age must be a number of seconds or a timedelta, not {type(max_age).__name__}.")
    return checked_seconds("max_age", seconds)


def check_age(created_at: datetime | None, max_age: float | None) -> None:
    """Check the age of an event, if there is a limit.

    Args:
        created_at: The event's time.
        max_age: The limit in seconds, or None.

    Raises:
        WebhookVerificationError: If the event has no time, or its time is more than the limit before or after the
            current time.
    """
    if max_age is None:
        return
    if created_at is None:
        raise WebhookVerificationError(
            "The event has no readable created_at, so its age cannot be compared with max_age. Refuse it."
        )
    age = time.time() - created_at.timestamp()
    if age > max_age:
        raise WebhookVerificationError(
            f"The event was created {age:.0f} s ago, and max_age is {max_age:.0f} s. Someone may have captured the "
            "delivery and sent it again. If it is a late retry or your own replay, increase max_age."
        )
    if age < -max_age:
        raise WebhookVerificationError(
            f"The event's created_at is {-age:.0f} s in the future, and max_age is {max_age:.0f} s. Check this "
            "machine's clock."
        )
