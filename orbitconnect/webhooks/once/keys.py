"""The keys by which an event's redeliveries are recognized, and the form in which stores keep them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol


class HasDedupeKey(Protocol):
    """An event with the key by which its redeliveries are recognized."""

    @property
    def dedupe_key(self) -> str:
        """The id inside the signed body, or the body's digest if it has no id."""
        ...


def dedupe_key(event: HasDedupeKey | str) -> str:
    """Validate the event's key, and return it. An invalid key is not the store's fault.

    Raises:
        TypeError: If the key is not a string.
        ValueError: If the key is empty.
    """
    key = event if isinstance(event, str) else event.dedupe_key
    stored_key(key)
    return key


def other_keys(event: HasDedupeKey | str) -> Sequence[str]:
    """Return the keys that the event has under its endpoint's other secrets.

    Only events from this package have such keys.
    """
    keys: Sequence[str] = getattr(event, "alternate_keys", ())
    return keys


def stored_key(key: str) -> str:
    """Return the form in which all stores keep a key: the hex SHA-256 of its UTF-8.

    It has the same length for every key, and it is safe in every database, regardless of collation, padding and allowed
    characters.

    Args:
        key: The event's `dedupe_key`, or a key of your own. Any text except the empty one.

    Raises:
        TypeError: If the key is not a string.
        ValueError: If the key is empty, because then all events without an id would count as one.
    """
    if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"key must be a string, not {type(key).__name__}.")
    if not key:
        raise ValueError("key is empty: all events without an id would count as one. Pass the event's dedupe_key.")
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def shown(key: str) -> str:
    """Return a key for use in messages, truncated to 100 characters."""
    return repr(key) if len(key) <= 100 else f"{key[:100]!r}..."
