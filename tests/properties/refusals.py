"""Actions that either succeed or are refused."""

from __future__ import annotations

from collections.abc import Callable


def refusal_of(
    action: Callable[[], object], kinds: type[Exception] | tuple[type[Exception], ...] = (ValueError, TypeError)
) -> Exception | None:
    """Run an action and return its refusal, or None if it succeeded. Any other exception is raised.

    Args:
        action: What to do.
        kinds: The exceptions that count as a refusal.
    """
    try:
        action()
    except kinds as error:
        return error
    return None
