"""What the stores in tables have in common: the steps of a `ClaimStore` over `SQLClaims`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from .protocol import Claim, lost, stored_key
from .sql import Session, SQLClaims

_Result = TypeVar("_Result")


class TableStore(ABC):
    """A store whose sessions the subclass provides."""

    _claims: SQLClaims

    def claim(self, key: str, /) -> Claim:
        """Claims an event; see `ClaimStore.claim`."""
        stored = stored_key(key)

        def give_back(claim: Claim) -> None:
            if claim:
                self.release(key, claim.token)

        return self._run("claim", lambda session: self._claims.claim(session, stored), late=give_back)

    def commit(self, key: str, token: str, /) -> None:
        """Notes that an event was handled; see `ClaimStore.commit`."""
        stored = stored_key(key)
        if not self._run("commit", lambda session: self._claims.commit(session, stored, token)):
            raise lost(key)

    def release(self, key: str, token: str, /) -> None:
        """Gives a claim back; see `ClaimStore.release`."""
        stored = stored_key(key)
        self._run("release", lambda session: self._claims.release(session, stored, token))

    def prune(self, limit: int = 1000) -> int:
        """Removes keys that are no longer remembered. Claims do that on the way, a few at a time.

        It takes as long as it takes: no time limit of the store applies.

        Args:
            limit: How many at most.

        Returns:
            How many were removed.
        """
        return self._run("prune", lambda session: self._claims.prune(session, limit), is_limited=False)

    @abstractmethod
    def _run(
        self,
        step: str,
        work: Callable[[Session], _Result],
        *,
        late: Callable[[_Result], object] | None = None,
        is_limited: bool = True,
    ) -> _Result:
        """Runs a step over a connection.

        Args:
            step: Its name, for errors.
            work: What to do.
            late: What to do with a result that comes when the store has given up.
            is_limited: Whether the store's time limit applies.

        Raises:
            StoreError: If it fails in any way.
        """
