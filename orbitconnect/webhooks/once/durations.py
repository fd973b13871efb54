"""The stores' durations, in seconds: the defaults, and the validation."""

from __future__ import annotations

import math
from typing import Final

DEFAULT_LEASE: Final = 300.0
"""How long a claim is valid before another worker may take it over. Longer than any handler should run."""

DEFAULT_KEEP: Final = 7 * 24 * 3600.0
"""How long a handled key is remembered: 7 days.

This project assumes the retry schedule of Standard Webhooks (inferred): the last retry comes about 76 hours after the
first attempt. Twice that time leaves room for jitter, a sender that was down over a weekend, and a manual replay.
"""

DEFAULT_TIMEOUT: Final = 5.0
"""How long a store waits for its server in one step, regardless of the driver's own timeouts."""


def checked_seconds(name: str, value: float) -> float:
    """Return a duration as a float.

    Raises:
        ValueError: Unless it is a positive, finite number.
    """
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number of seconds, not {value!r}.")
    return float(value)
