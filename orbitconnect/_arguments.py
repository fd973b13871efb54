"""What the namespace methods share in turning their arguments into a body."""

from typing import TypeVar

from orbitconnect_api.types import UNSET, Unset

T = TypeVar("T")


def omit_none(value: T | None) -> T | Unset:
    """Leaves an argument out of the body where it is None, instead of sending null."""
    return UNSET if value is None else value
