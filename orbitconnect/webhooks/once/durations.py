"""The stores' durations, in seconds: their defaults, and the check of given ones."""

from __future__ import annotations

import math
from typing import Final

DEFAULT_LEASE: Final = 300.0
"""How long a claim stands before another worker may take it over. Longer than any handler should run."""

DEFAULT_KEEP: Final = 7 * 24 * 3600.0
"""How long a handled key is remembered: 7 days.

On the schedule of Standard Webhooks, which this project assumes (inferred), the last retry comes about 76 hours after
the first attempt. Twice that leaves room for jitter, a sender that was down over a weekend, and a replay by hand.
"""

DEFAULT_TIMEOUT: Final = 5.0
"""How long a store waits for its server in one step, whatever the driver waits for."""


def checked_seconds(name: str, value: float) -> float:
    """Return a duration as a float.

    Raises:
        ValueError: Unless it is a positive, finite number.
    """
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number of seconds, not {value!r}.")
    return float(value)
