"""Amounts of money: decimal numbers in the API, whole millionths of the currency's major unit in the store.

Cents would be too coarse: a message costs a hundredth of a cent.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from orbitconnect_api.types import RequestModel

from ..refusals import invalid_field
from ..rules import AMOUNTS

CURRENCY: Final = "USD"
ONE: Final = 1_000_000
"""One dollar, in millionths."""

LARGEST: Final = 2**53
"""The largest absolute balance, in millionths. The API's numbers are exact up to this limit."""

_CENT: Final = ONE // 100


def read_amount(body: RequestModel, attribute: str, given: float) -> int:
    """Convert an amount from a body to millionths.

    Raises:
        Refusal: If the amount has more than two decimals.
    """
    # `repr` gives the shortest decimal for a float: 0.1, not the binary fraction closest to it.
    amount = Decimal(repr(given)) * ONE
    if amount % _CENT:
        raise invalid_field(body, attribute, "must have at most two decimals", rule=AMOUNTS)
    return int(amount)


def cost(quantity: float, unit_price: int) -> int:
    """The price of a quantity, in millionths, with halves rounded up."""
    return int((Decimal(repr(quantity)) * unit_price).to_integral_value(ROUND_HALF_UP))


def number(amount: int) -> float:
    """Convert an amount in millionths to the API's number."""
    return amount / ONE


def total_quantity(total: float) -> float:
    """Remove binary rounding errors from a sum of quantities."""
    return round(total, 9)
