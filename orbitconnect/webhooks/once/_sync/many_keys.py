# Derived from orbitconnect/webhooks/once/_async/many_keys.py by `make generate`: edit that file.
"""A store for one event that has several keys, because its webhook's secret is being rotated.

Events are claimed under all their keys, so an event that was handled under the old secret stays handled when that
secret is removed.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..protocol import ClaimStore, Claim


class ManyKeys:
    """Claim, commit and release several keys together.

    Args:
        store: The store that holds the keys.
        others: The event's other keys, in addition to the one that is passed to the methods.
    """

    def __init__(self, store: ClaimStore, others: Sequence[str]) -> None:
        self._store = store
        self._others = others
        self._claimed: list[tuple[str, str]] = []

    def claim(self, key: str, /) -> Claim:
        """Claim all keys. An event that was handled under one of them is also recorded under the first."""
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
        """Record under all keys that the event was handled."""
        for claimed in ((key, token), *self._claimed):
            self._store.commit(*claimed)

    def release(self, key: str, token: str, /) -> None:
        """Release all claims."""
        for claimed in (*self._claimed, (key, token)):
            self._store.release(*claimed)
