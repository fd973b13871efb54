"""Stretches of time: the billing period is the calendar month in UTC."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ..clock import from_microseconds, to_microseconds

DAY: Final = 86_400_000_000


def month_of(instant: int) -> tuple[int, int]:
    """When the month of an instant begins and when the next one does."""
    start = from_microseconds(instant).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (start + timedelta(days=31)).replace(day=1)
    return to_microseconds(start), to_microseconds(end)
