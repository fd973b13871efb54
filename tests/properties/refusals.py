"""What is either done or refused."""

from __future__ import annotations

from collections.abc import Callable


def refusal_of(
    action: Callable[[], object], kinds: type[Exception] | tuple[type[Exception], ...] = (ValueError, TypeError)
) -> Exception | None:
    """Does something; returns how it was refused, or None where it was done. Any other exception is a failure.

    Args:
        action: What to do.
        kinds: The exceptions that are a refusal.
    """
    try:
        action()
    except kinds as error:
        return error
    return None
