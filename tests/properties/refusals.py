"""Actions that either succeed or are refused."""

from __future__ import annotations

from collections.abc import Callable


def refusal_of(
    action: Callable[[], object], kinds: type[Exception] | tuple[type[Exception], ...] = (ValueError, TypeError)
) -> Exception | None:
    """Run an action, and return the exception with which it was refused, or None if it succeeded.

    Args:
        action: What to do.
        kinds: The exceptions that count as a refusal.
    """
    try:
        action()
    except kinds as error:
        return error
    return None
