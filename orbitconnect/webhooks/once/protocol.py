"""What a store of handled events is: the protocols, the claim, the errors.

A store remembers for each key who is handling it, until when, and whether it was handled. Whatever has these three
methods will do; those of this package behave alike.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
from dataclasses import dataclass
from typing import Final, Literal, Protocol, runtime_checkable

from orbitconnect_api.types import SafeRepr

DEFAULT_LEASE: Final = 300.0
"""Seconds that a claim stands before another worker may take it over. Longer than any handler should run."""

DEFAULT_KEEP: Final = 7 * 24 * 3600.0
"""Seconds that a handled key is remembered: 7 days.

By the schedule of Standard Webhooks, which this project assumes (inferred), the last retry comes some 76 hours after
the first attempt. Twice that leaves room for jitter, a sender that was down over a weekend, and a replay by hand.
"""

DEFAULT_TIMEOUT: Final = 5.0
"""Seconds after which a store gives its server up, whatever the driver waits for."""


# Drivers quote a connection string that they cannot read, or the part of it where they stopped to understand.
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/\s@]*(?=@)|(?<=password=)[^\s&]+", re.IGNORECASE)
_QUOTED: Final = re.compile(r"([\"'`])[^\"'`]*\1")


@dataclass(frozen=True, slots=True, repr=False)
class Claim(SafeRepr):
    """What came of asking for an event. It counts as true where the event is yours to handle.

    Attributes:
        status: `"mine"`: handle it, then commit or release it with the token. `"handled"`: there is nothing to do.
            `"busy"`: another worker is at it. If that one fails, only another delivery brings the event back, so answer
            with an error that makes the sender try again, such as 503.
        token: What `commit` and `release` ask for; empty unless the claim is yours. No two claims have the same one.
    """

    status: Literal["mine", "handled", "busy"]
    token: str = ""

    def __bool__(self) -> bool:
        return self.status == "mine"


HANDLED: Final = Claim("handled")
BUSY: Final = Claim("busy")


@runtime_checkable
class ClaimStore(Protocol):
    """Remembers which events were handled, for `once` and for receivers without asyncio. All methods are atomic.

    Keys are any text but the empty one. All methods raise `StoreError` where the store cannot be reached.
    """

    def claim(self, key: str, /) -> Claim:
        """Claims an event, where nobody has handled it and nobody is at it, or their lease has run out."""
        ...

    def commit(self, key: str, token: str, /) -> None:
        """Notes that the event was handled. A second time with the same token changes nothing.

        A claim that nobody else has taken is still good: one whose lease ran out, and one that the store has lost.

        Raises:
            LeaseLost: If another worker has claimed the event since, or the token is empty.
        """
        ...

    def release(self, key: str, token: str, /) -> None:
        """Gives a claim back, so that the next delivery is handled. It leaves what is another's, or handled, alone."""
        ...


@runtime_checkable
class AsyncClaimStore(Protocol):
    """The same, to be awaited: for `async_once` and for receivers with asyncio."""

    async def claim(self, key: str, /) -> Claim:
        """See `ClaimStore.claim`."""
        ...

    async def commit(self, key: str, token: str, /) -> None:
        """See `ClaimStore.commit`."""
        ...

    async def release(self, key: str, token: str, /) -> None:
        """See `ClaimStore.release`."""
        ...


class OnceError(Exception):
    """An event could not be handled, or not for certain once. Answer with 503, so that it is delivered again."""


class EventBusy(OnceError):
    """Another worker is handling the event right now. Delivered again later, it will be handled or found handled."""


class LeaseLost(OnceError):
    """Another worker took the event over, since handling took longer than the lease, or since the store lost the claim.

    The event may have been handled twice.
    """


class StoreError(OnceError):
    """The store could not be reached, or refused. The message has the driver's words.

    The driver's exception is not chained: the variables of its frames hold the password.
    """


def new_claim() -> Claim:
    """A claim with a token of its own."""
    return Claim("mine", secrets.token_hex(16))


def stored_key(key: str) -> str:
    """The form in which all stores keep a key: the hex SHA-256 of its UTF-8.

    It is short whatever the key is, and no database's collation, padding or dislike of a character can make one of two.

    Raises:
        TypeError: If the key is no string.
        ValueError: If it is empty: then all events without an id would be one.
    """
    if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # not everybody checks types
        raise TypeError(f"key must be a string, not {type(key).__name__}.")
    if not key:
        raise ValueError("key is empty: all events without an id would count as one. Pass the event's dedupe_key.")
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def lost(key: str) -> LeaseLost:
    """The error of a commit whose claim is gone."""
    return LeaseLost(
        f"Another worker took over {shown(key)} while it was being handled, and may have handled it, too. If the lease "
        "ran out, make the handler faster, or the store's lease longer than it ever takes. If the store lost its data, "
        "make it keep them."
    )


def store_error(step: str, error: BaseException, *, is_connecting: bool = False) -> StoreError:
    """The error for what a driver raised. Raise it outside of the `except`, so that nothing is chained.

    Args:
        step: What the store was to do.
        error: The driver's error.
        is_connecting: Whether it comes from opening a connection. Then nothing that it quotes is repeated, since that
            can be a part of the password.
    """
    text = _CREDENTIALS.sub("***", str(error))
    words = " ".join((_QUOTED.sub("***", text) if is_connecting else text).split())[:500]
    return StoreError(f"The store of handled events failed to {step}: {type(error).__name__}: {words}")


def shown(key: str) -> str:
    """A key for messages: all of it, if it is an id of the usual sort."""
    return repr(key) if len(key) <= 100 else f"{key[:100]!r}..."


def checked_seconds(name: str, value: float) -> float:
    """Refuses what is no positive number of seconds."""
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number of seconds, not {value!r}.")
    return float(value)
