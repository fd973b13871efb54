"""Billing periods: calendar months in UTC."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ..clock import from_microseconds, to_microseconds

DAY: Final = 86_400_000_000


def month_of(instant: int) -> tuple[int, int]:
    """The start of the month that contains a time, and the start of the next month, in microseconds."""
    start = from_microseconds(instant).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (start + timedelta(days=31)).replace(day=1)
    return to_microseconds(start), to_microseconds(end)
