"""Money: numbers outside, whole millionths of the currency's major unit inside.

Cents would be too coarse: a message costs a hundredth of one.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from orbitconnect_api.types import RequestModel

from ..refusals import invalid_field
from ..rules import AMOUNTS

CURRENCY: Final = "USD"
ONE: Final = 1_000_000
"""One dollar."""

MOST: Final = 1_000_000 * ONE
"""The most that can be added at once, or watched for."""

LARGEST: Final = 2**53
"""The largest balance, above zero or below: a number outside is exact up to it."""

MOST_USED: Final = 1_000_000_000
"""The largest quantity of one usage event."""

_CENT: Final = ONE // 100


def read_amount(body: RequestModel, attribute: str, given: float) -> int:
    """The amount that a body gives.

    Raises:
        Refusal: If it has more than two decimals, or is too large.
    """
    if given > MOST // ONE:
        raise invalid_field(body, attribute, f"must be {MOST // ONE} or less", rule=AMOUNTS)
    # A float's shortest form is what was written: 0.1, not the binary fraction next to it.
    amount = Decimal(repr(given)) * ONE
    if amount % _CENT:
        raise invalid_field(body, attribute, "must have two decimals at most", rule=AMOUNTS)
    return int(amount)


def read_quantity(body: RequestModel, attribute: str, given: float) -> float:
    """The quantity that a body gives.

    Raises:
        Refusal: If it is too large.
    """
    if given > MOST_USED:
        raise invalid_field(body, attribute, f"must be {MOST_USED} or less", rule=AMOUNTS)
    return given


def cost(quantity: float, unit_price: int) -> int:
    """What a quantity costs; half a millionth is rounded up."""
    return int((Decimal(repr(quantity)) * unit_price).to_integral_value(ROUND_HALF_UP))


def number(amount: int) -> float:
    """An amount as an answer shows it."""
    return amount / ONE


def total_quantity(total: float) -> float:
    """A sum of quantities without the traces that adding binary fractions leaves."""
    return round(total, 9)
