"""Where ids and secrets come from: a key and a counter, so that the same seed gives the same ones in the same order."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

KEY_BYTES: Final = 32
"""How long the key is that ids are made of."""
_ID_BYTES: Final = 8
_PART_END: Final = "\0"


def new_key(seed: int | str | None, chance: bytes) -> bytes:
    """The key that everything random is made of.

    Args:
        seed: What to derive it from; the same seed gives the same key.
        chance: What to derive it from without a seed.
    """
    return blake2b(chance if seed is None else str(seed).encode(), digest_size=KEY_BYTES, person=b"orbit-seed").digest()


def secret(key: bytes, purpose: bytes) -> bytes:
    """A secret for one purpose, 32 bytes long."""
    return blake2b(purpose, key=key, digest_size=32, person=b"orbit-secret").digest()


def derived_id(key: bytes, prefix: str, *parts: str) -> str:
    """An id that follows from what it is made of, whatever ids were taken before, such as `dlv_4f1c0d9b2a7e6c35`."""
    digest = blake2b(_PART_END.join(parts).encode(), key=key, digest_size=_ID_BYTES, person=b"orbit-derived")
    return f"{prefix}_{digest.hexdigest()}"


def derived_chance(key: bytes, *parts: str) -> float:
    """A number from 0 up to 1 that looks like chance and follows from what it is made of."""
    digest = blake2b(_PART_END.join(parts).encode(), key=key, digest_size=4, person=b"orbit-chance")
    return int.from_bytes(digest.digest(), "big") / 2**32


class Ids:
    """Makes ids. The counter is part of the emulator's state: what is undone there takes back its ids too."""

    __slots__ = ("_key", "counter")

    def __init__(self, key: bytes, counter: int = 0) -> None:
        self._key = key
        self.counter: int = counter

    def new(self, prefix: str) -> str:
        """The next id, such as `usr_4f1c0d9b2a7e6c35`."""
        self.counter += 1
        digest = blake2b(self.counter.to_bytes(8, "big"), key=self._key, digest_size=_ID_BYTES)
        return f"{prefix}_{digest.hexdigest()}"
