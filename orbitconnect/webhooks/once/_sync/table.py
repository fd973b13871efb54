# Derived from orbitconnect/webhooks/once/_async/table.py by `make generate`: edit that file.
"""The base of the SQL stores: each method runs one step of `SQLClaims` on a connection that the subclass provides."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from ..failures import lost
from ..keys import stored_key
from ..limits import Late
from ..protocol import Claim
from ..sql import Session, SQLClaims

_Result = TypeVar("_Result")


class TableStore(ABC):
    """A store in a table. A subclass sets `_claims` and provides the connections."""

    _claims: SQLClaims

    def claim(self, key: str, /) -> Claim:
        """Claim an event; see `ClaimStore.claim`."""
        stored = stored_key(key)

        def give_back(claim: Claim) -> None:
            if claim:
                self.release(key, claim.token)

        return self._run("claim", lambda session: self._claims.claim(session, stored), late=give_back)

    def commit(self, key: str, token: str, /) -> None:
        """Record that an event was handled; see `ClaimStore.commit`."""
        stored = stored_key(key)
        if not self._run("commit", lambda session: self._claims.commit(session, stored, token)):
            raise lost(key)

    def release(self, key: str, token: str, /) -> None:
        """Release a claim; see `ClaimStore.release`."""
        stored = stored_key(key)
        self._run("release", lambda session: self._claims.release(session, stored, token))

    def prune(self, limit: int = 1000) -> int:
        """Remove expired keys. Claims also remove a few expired keys now and then.

        The store's `timeout` does not apply.

        Args:
            limit: The maximum number of keys to remove.

        Returns:
            The number of keys removed.
        """
        return self._run("prune", lambda session: self._claims.prune(session, limit), is_limited=False)

    @abstractmethod
    def _run(
        self,
        step: str,
        work: Callable[[Session], _Result],
        *,
        late: Late[_Result] | None = None,
        is_limited: bool = True,
    ) -> _Result:
        """Run a step on a connection.

        Args:
            step: The step's name, for error messages.
            work: The step.
            late: Called with the result if it comes after the time limit.
            is_limited: Whether the store's time limit applies.

        Raises:
            StoreError: If the step fails for any reason.
        """
