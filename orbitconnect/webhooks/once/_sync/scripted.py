# Derived from orbitconnect/webhooks/once/_async/scripted.py by `make generate`: edit that file.
"""The base of the Redis stores: each method runs one Lua script through a client that the subclass provides."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ..failures import lost
from ..limits import Late
from ..protocol import Claim, new_claim
from ..scripts import ScriptCall, Scripts, claim_of


class ScriptedStore(ABC):
    """A store in Redis. A subclass sets `_scripts` and provides the client."""

    _scripts: Scripts

    def claim(self, key: str, /) -> Claim:
        """Claim an event; see `ClaimStore.claim`."""
        claim = new_claim()

        def give_back(answer: int) -> None:
            if claim_of(answer, claim):
                self.release(key, claim.token)

        return claim_of(self._run("claim", self._scripts.claim(key, claim.token), give_back), claim)

    def commit(self, key: str, token: str, /) -> None:
        """Record that an event was handled; see `ClaimStore.commit`."""
        call = self._scripts.commit(key, token)
        if not token or not self._run("commit", call):
            raise lost(key)

    def release(self, key: str, token: str, /) -> None:
        """Release a claim; see `ClaimStore.release`."""
        self._run("release", self._scripts.release(key, token))

    @abstractmethod
    def _run(self, step: str, call: ScriptCall, late: Late[int] | None = None) -> int:
        """Run a script.

        Args:
            step: The step's name, for error messages.
            call: The script and its arguments.
            late: Called with the script's result if it comes after the time limit.

        Raises:
            StoreError: If the step fails for any reason.
        """
