"""What a store of handled events is: the protocols, the claim, the errors.

A store remembers for each key who is handling it, until when, and whether it was handled. Whatever has these three
methods will do; those of this package behave alike.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias, runtime_checkable

from orbitconnect_api.types import SafeRepr


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


AnyClaimStore: TypeAlias = ClaimStore | AsyncClaimStore
"""A store of either kind. asyncio calls a blocking one in threads; see `as_async`."""


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
