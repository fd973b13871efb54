# Derived from orbitconnect/webhooks/once/_async/handling.py by `make generate`: edit that file.
"""Handling an event once: claim it, run the caller's block, then commit it, or release it if the block failed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ..failures import check_busy, log_unreleased, unrecorded
from ..keys import HasDedupeKey, dedupe_key, other_keys
from ..protocol import ClaimStore, Claim, OnceError, StoreError
from ..steps import attempt, finish
from .many_keys import ManyKeys


@contextmanager
def handle(store: ClaimStore, event: HasDedupeKey | str) -> Generator[Claim, None]:
    """Do what `once` describes."""
    key = dedupe_key(event)
    if others := other_keys(event):
        store = ManyKeys(store, others)
    steps = _Steps(store, key)
    claim = finish(steps.claim, undo=steps.give_back)
    check_busy(claim, key)
    if not claim:
        yield claim
        return
    try:
        yield claim
    except BaseException:
        finish(lambda: steps.give_back(claim))
        raise
    finish(lambda: steps.commit(claim))


class _Steps:
    """The steps for one event. Any exception that the store raises becomes an `OnceError`."""

    def __init__(self, store: ClaimStore, key: str) -> None:
        self._store = store
        self._key = key

    def claim(self) -> Claim:
        return attempt("claim", lambda: self._store.claim(self._key))

    def commit(self, claim: Claim) -> None:
        """Commit the claim. Try a second time if that fails."""
        try:
            attempt("commit", lambda: self._store.commit(self._key, claim.token))
        except StoreError:
            # The first attempt may have used, for example, a pooled connection that the server had closed.
            try:
                attempt("commit", lambda: self._store.commit(self._key, claim.token))
            except StoreError as error:
                failure = unrecorded(self._key, error)
            else:
                return
            raise failure from None

    def give_back(self, claim: Claim) -> None:
        """Release the claim if there is one.

        A failure here is only logged, because the error that led here matters more.
        """
        if not claim:
            return
        try:
            attempt("release", lambda: self._store.release(self._key, claim.token))
        except OnceError as error:
            log_unreleased(self._key, error)
