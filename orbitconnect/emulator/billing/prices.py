"""The prices of usage. All prices are inferred. They are plausible and never change, so tests can rely on them."""

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
"""The price of one unit in millionths, by event type."""

DEFAULT_PRICE: Final = ONE // 1000
"""The price of one unit of any other event type, in millionths."""


def price_of(event_type: str) -> int:
    """The price of one unit of an event type, in millionths."""
    return PRICES.get(event_type, DEFAULT_PRICE)
