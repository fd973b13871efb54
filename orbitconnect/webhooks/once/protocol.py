"""The interface of a store of handled events: the protocols, the claim, the exceptions.

For each key, a store remembers who is handling it, until when, and whether it was handled. Any object with the three
methods is a store. All stores in this package behave the same way.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias, runtime_checkable

from orbitconnect_api.types import SafeRepr


@dataclass(frozen=True, slots=True, repr=False)
class Claim(SafeRepr):
    """The result of claiming an event. It is true if you should handle the event.

    Attributes:
        status: `"mine"`: handle the event, then commit or release the claim with its token. `"handled"`: the event was
            handled before; do nothing. `"busy"`: another worker is handling it. Respond with an error that makes the
            sender retry, such as 503: if the other worker fails, the event is handled only when it is delivered again.
        token: The argument for `commit` and `release`. No two claims have the same token. Empty unless the claim is
            yours.
    """

    status: Literal["mine", "handled", "busy"]
    token: str = ""

    def __bool__(self) -> bool:
        return self.status == "mine"


HANDLED: Final = Claim("handled")
BUSY: Final = Claim("busy")


@runtime_checkable
class ClaimStore(Protocol):
    """A blocking store of handled events, for `once` and for `WebhookReceiver`.

    A key is any text except the empty one. All methods must be atomic. They raise `StoreError` if the store cannot be
    reached.
    """

    def claim(self, key: str, /) -> Claim:
        """Claim an event, unless it was handled or another worker's claim is still valid.

        Args:
            key: The event's key.

        Returns:
            The claim, or the reason why there is no claim.
        """
        ...

    def commit(self, key: str, token: str, /) -> None:
        """Record that an event was handled. A second call with the same token changes nothing.

        A claim whose lease has expired, or that the store has lost, is still accepted if no other worker has claimed
        the event.

        Args:
            key: The event's key.
            token: The claim's token.

        Raises:
            LeaseLost: If another worker has claimed the event since, or the token is empty.
        """
        ...

    def release(self, key: str, token: str, /) -> None:
        """Release a claim, so that the next delivery is handled.

        Nothing happens if the event was handled or another worker has claimed it.

        Args:
            key: The event's key.
            token: The claim's token.
        """
        ...


@runtime_checkable
class AsyncClaimStore(Protocol):
    """An asynchronous store of handled events, for `async_once` and `AsyncWebhookReceiver`; see `ClaimStore`."""

    async def claim(self, key: str, /) -> Claim:
        """Claim an event; see `ClaimStore.claim`."""
        ...

    async def commit(self, key: str, token: str, /) -> None:
        """Record that an event was handled; see `ClaimStore.commit`."""
        ...

    async def release(self, key: str, token: str, /) -> None:
        """Release a claim; see `ClaimStore.release`."""
        ...


AnyClaimStore: TypeAlias = ClaimStore | AsyncClaimStore
"""An async or a blocking store. asyncio calls a blocking one in threads; see `as_async`."""


class OnceError(Exception):
    """An event was not handled, or it is not certain that it was handled once. Respond with 503 to get it again."""


class EventBusy(OnceError):
    """Another worker is handling the event right now.

    Respond with 503 so that the sender retries, in case the worker that holds the event fails.
    """


class LeaseLost(OnceError):
    """Another worker took over the event, so it may have been handled twice.

    Either handling took longer than the lease, or the store lost the claim.
    """


class StoreError(OnceError):
    """The store could not be reached, or reported an error. The message quotes the driver.

    The driver's exception is not chained, because the local variables of its frames contain the password.
    """


def new_claim() -> Claim:
    """Return a claim with a new token."""
    return Claim("mine", secrets.token_hex(16))
