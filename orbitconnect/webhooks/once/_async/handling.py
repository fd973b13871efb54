"""Handling an event once: claim it, run the caller's block, then commit it, or release it if the block failed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from ..failures import check_busy, log_unreleased, unrecorded
from ..keys import HasDedupeKey, dedupe_key, other_keys
from ..protocol import AsyncClaimStore, Claim, OnceError, StoreError
from ..steps import attempt_async, finish_async
from .many_keys import AsyncManyKeys


@asynccontextmanager
async def handle_async(store: AsyncClaimStore, event: HasDedupeKey | str) -> AsyncGenerator[Claim, None]:
    """Do what `async_once` describes."""
    key = dedupe_key(event)
    if others := other_keys(event):
        store = AsyncManyKeys(store, others)
    steps = _Steps(store, key)
    claim = await finish_async(steps.claim, undo=steps.give_back)
    check_busy(claim, key)
    if not claim:
        yield claim
        return
    try:
        yield claim
    except BaseException:
        await finish_async(lambda: steps.give_back(claim))
        raise
    await finish_async(lambda: steps.commit(claim))


class _Steps:
    """The steps for one event. Any exception that the store raises becomes an `OnceError`."""

    def __init__(self, store: AsyncClaimStore, key: str) -> None:
        self._store = store
        self._key = key

    async def claim(self) -> Claim:
        return await attempt_async("claim", lambda: self._store.claim(self._key))

    async def commit(self, claim: Claim) -> None:
        """Commit the claim. Try a second time if that fails."""
        try:
            await attempt_async("commit", lambda: self._store.commit(self._key, claim.token))
        except StoreError:
            # The first attempt may have used, for example, a pooled connection that the server had closed.
            try:
                await attempt_async("commit", lambda: self._store.commit(self._key, claim.token))
            except StoreError as error:
                failure = unrecorded(self._key, error)
            else:
                return
            raise failure from None

    async def give_back(self, claim: Claim) -> None:
        """Release the claim if there is one.

        A failure here is only logged, because the error that led here matters more.
        """
        if not claim:
            return
        try:
            await attempt_async("release", lambda: self._store.release(self._key, claim.token))
        except OnceError as error:
            log_unreleased(self._key, error)
