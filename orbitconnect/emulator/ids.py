"""Ids and secrets. They are derived from a key and a counter, so that the same seed gives the same ids."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

KEY_BYTES: Final = 32
"""The length of the key."""
_ID_BYTES: Final = 8
_PART_END: Final = "\0"


def new_key(seed: int | str | None, chance: bytes) -> bytes:
    """Create the key from which all ids and secrets are derived.

    Args:
        seed: The same seed gives the same key.
        chance: Random bytes, used if there is no seed.
    """
    return blake2b(chance if seed is None else str(seed).encode(), digest_size=KEY_BYTES, person=b"orbit-seed").digest()


def secret(key: bytes, purpose: bytes) -> bytes:
    """Derive a secret of 32 bytes for one purpose."""
    return blake2b(purpose, key=key, digest_size=32, person=b"orbit-secret").digest()


def derived_id(key: bytes, prefix: str, *parts: str) -> str:
    """Derive an id from `parts` alone, such as `dlv_4f1c0d9b2a7e6c35`. It does not depend on earlier ids."""
    digest = blake2b(_PART_END.join(parts).encode(), key=key, digest_size=_ID_BYTES, person=b"orbit-derived")
    return f"{prefix}_{digest.hexdigest()}"


def derived_chance(key: bytes, *parts: str) -> float:
    """Derive a pseudorandom number from `parts`: 0 or more, and less than 1."""
    digest = blake2b(_PART_END.join(parts).encode(), key=key, digest_size=4, person=b"orbit-chance")
    return int.from_bytes(digest.digest(), "big") / 2**32


class Ids:
    """A sequence of ids. A transaction that is rolled back resets `counter`, so that its ids are reused."""

    __slots__ = ("_keyed", "counter")

    def __init__(self, key: bytes, counter: int = 0) -> None:
        self._keyed = blake2b(key=key, digest_size=_ID_BYTES)
        self.counter: int = counter

    def new(self, prefix: str) -> str:
        """Take the next id, such as `usr_4f1c0d9b2a7e6c35`."""
        self.counter += 1
        digest = self._keyed.copy()
        digest.update(self.counter.to_bytes(8, "big"))
        return f"{prefix}_{digest.hexdigest()}"
