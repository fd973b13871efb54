"""What usage costs. All prices are inferred: of a likely size, and constant, so that tests can count on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .money import ONE

PRICES: Final[Mapping[str, int]] = {
    "call_minutes": ONE // 100,
    "meeting_minutes": ONE // 200,
    "messages": ONE // 10_000,
    "recording_minutes": ONE // 50,
    "storage_gb": ONE // 10,
    "bandwidth_gb": ONE // 20,
}
"""The price of one, by event type."""

DEFAULT_PRICE: Final = ONE // 1000
"""The price of one of anything else."""


def price_of(event_type: str) -> int:
    """What one costs."""
    return PRICES.get(event_type, DEFAULT_PRICE)
