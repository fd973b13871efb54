"""The snapshots that were taken over HTTP."""

from __future__ import annotations

from itertools import count
from threading import Lock
from typing import Final

from ...control.snapshots import Snapshot
from .fields import ControlError

MOST_SNAPSHOTS: Final = 100


class Snapshots:
    """The snapshots that were taken over HTTP, by id."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = count(1)
        self._by_id: dict[str, Snapshot] = {}

    def ids(self) -> list[str]:
        """The ids of the snapshots, oldest first."""
        return list(self._by_id)

    def keep(self, snapshot: Snapshot) -> str:
        """Store a snapshot, and return its id.

        Raises:
            ControlError: If there are already `MOST_SNAPSHOTS` snapshots.
        """
        with self._lock:
            if len(self._by_id) >= MOST_SNAPSHOTS:
                raise ControlError(409, "conflict", f"There are {MOST_SNAPSHOTS} snapshots. Delete one first.")
            snapshot_id = f"snap_{next(self._numbers)}"
            self._by_id[snapshot_id] = snapshot
            return snapshot_id

    def find(self, snapshot_id: str) -> Snapshot:
        """The snapshot with an id.

        Raises:
            ControlError: If there is no such snapshot.
        """
        snapshot = self._by_id.get(snapshot_id)
        if snapshot is None:
            raise ControlError(404, "not_found", "There is no such snapshot.")
        return snapshot

    def drop(self, snapshot_id: str) -> None:
        """Discard a snapshot.

        Raises:
            ControlError: If there is no such snapshot.
        """
        self.find(snapshot_id)
        self._by_id.pop(snapshot_id, None)
