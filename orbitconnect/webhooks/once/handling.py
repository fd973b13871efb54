"""`once` and `async_once`: claim an event, handle it, and commit it, or release it if handling failed."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager

from ._async.handling import handle_async
from ._sync.handling import handle
from .keys import HasDedupeKey
from .protocol import AnyClaimStore, Claim, ClaimStore
from .store_kinds import as_async


def once(store: ClaimStore, event: HasDedupeKey | str) -> AbstractContextManager[Claim]:
    """Handle an event once: claim it, then commit it after the block, or release it if the block raises an exception.

    If the process dies between the end of the block and the commit, the event is handled again. To prevent that, do the
    block's work and the commit in one transaction; see `commit_within` of the SQL stores.

    Args:
        store: The store of handled events.
        event: The verified event, or its key.

    Returns:
        A context manager for the block. It yields the claim, which is true if you should handle the event, and false if
        it was handled before.

    Raises:
        EventBusy: If another worker is handling the event. Respond with 503, so that it is delivered again.
        LeaseLost: After the block, if another worker took over, because the block took longer than the lease or the
            store lost the claim.
        StoreError: If the store failed, whichever exception its driver raised. After the block, this is raised only if
            two attempts to commit failed: the event was handled but not recorded, and a delivery after the lease
            handles it again.
        TypeError: If the key is not a string.
        ValueError: If the key is empty.

    Example:
        ```python
        with once(store, event) as mine:
            if mine:
                handle(event)
        ```
    """
    return handle(store, event)


def async_once(store: AnyClaimStore, event: HasDedupeKey | str) -> AbstractAsyncContextManager[Claim]:
    """Handle an event once, in asyncio; see `once`.

    If the task is cancelled, it first waits up to 5 seconds for the store, so that no claim is left behind.

    Args:
        store: The store of handled events, async or blocking; see `as_async`.
        event: The verified event, or its key.

    Returns:
        A context manager for the block. It yields the claim, which is true if you should handle the event, and false if
        it was handled before.

    Raises:
        EventBusy: If another worker is handling the event. Respond with 503, so that it is delivered again.
        LeaseLost: After the block, if another worker took over; see `once`.
        StoreError: If the store failed; see `once`.
        TypeError: If the key is not a string.
        ValueError: If the key is empty.
        RuntimeError: If no asyncio event loop is running, for example under trio.

    Example:
        ```python
        async with async_once(store, event) as mine:
            if mine:
                await handle(event)
        ```
    """
    return handle_async(as_async(store), event)
