"""Claims an event under all its keys, while the secret that gives them their scope is being rotated.

What was handled under the old secret is thereby known under the new one, and is still when the old one is gone.
"""

from __future__ import annotations

from collections.abc import Sequence

from .protocol import AsyncClaimStore, Claim, ClaimStore


class ManyKeys:
    """A store for one event that has several keys.

    Args:
        store: Where the keys are claimed.
        others: The keys besides the one that the steps are given.
    """

    def __init__(self, store: ClaimStore, others: Sequence[str]) -> None:
        self._store = store
        self._others = others
        self._claimed: list[tuple[str, str]] = []

    def claim(self, key: str, /) -> Claim:
        """Claims all keys. If the event was handled under one of them, it is recorded under the first one, too."""
        claim = self._store.claim(key)
        if not claim:
            return claim
        found = claim
        try:
            for other in self._others:
                found = self._store.claim(other)
                if not found:
                    break
                self._claimed.append((other, found.token))
        except BaseException:
            self.release(key, claim.token)
            raise
        if found.status == "handled":
            self.commit(key, claim.token)
        elif found.status == "busy":
            self.release(key, claim.token)
        return claim if found else found

    def commit(self, key: str, token: str, /) -> None:
        """Notes under all keys that the event was handled."""
        for claimed in ((key, token), *self._claimed):
            self._store.commit(*claimed)

    def release(self, key: str, token: str, /) -> None:
        """Gives all claims back."""
        for claimed in (*self._claimed, (key, token)):
            self._store.release(*claimed)


class AsyncManyKeys:
    """`ManyKeys` for asyncio."""

    def __init__(self, store: AsyncClaimStore, others: Sequence[str]) -> None:
        self._store = store
        self._others = others
        self._claimed: list[tuple[str, str]] = []

    async def claim(self, key: str, /) -> Claim:
        """See `ManyKeys.claim`."""
        claim = await self._store.claim(key)
        if not claim:
            return claim
        found = claim
        try:
            for other in self._others:
                found = await self._store.claim(other)
                if not found:
                    break
                self._claimed.append((other, found.token))
        except BaseException:
            await self.release(key, claim.token)
            raise
        if found.status == "handled":
            await self.commit(key, claim.token)
        elif found.status == "busy":
            await self.release(key, claim.token)
        return claim if found else found

    async def commit(self, key: str, token: str, /) -> None:
        """See `ManyKeys.commit`."""
        for claimed in ((key, token), *self._claimed):
            await self._store.commit(*claimed)

    async def release(self, key: str, token: str, /) -> None:
        """See `ManyKeys.release`."""
        for claimed in (*self._claimed, (key, token)):
            await self._store.release(*claimed)
