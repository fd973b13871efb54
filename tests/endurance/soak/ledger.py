"""The outcomes of the calls, one per line.

They are kept in a file so that they use no memory in the observed process.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, NamedTuple, Self

import orbitconnect
from orbitconnect import OrbitServerError
from orbitconnect_api.operations import OPERATIONS

Fate = Literal["done", "not done", "unknown"]
"""What the caller knows: the call was carried out, it was not carried out, or the outcome is unknown."""

CANCELLED: Final = "cancelled"
WRONG_RESULT: Final = "WrongResult"

_NOT_SENT: Final = "The request was not sent."
DOCUMENTED: Final = {
    kind
    for kind in (getattr(orbitconnect, name) for name in orbitconnect.__all__)
    if isinstance(kind, type) and issubclass(kind, OrbitServerError)
}


class Entry(NamedTuple):
    """A call and its outcome."""

    number: int
    stack: str
    kind: str
    key: str
    """Identifies the call's effect in the emulator's state. Empty if the call has no effect that is audited."""
    fate: Fate
    error: str
    """The name of the error's class. Empty after a result."""
    status: int
    attempts: int


class Ledger:
    """A file that threads and tasks write to."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w")
        self._lock = threading.Lock()
        self.count = 0

    def write(self, entry: Entry) -> None:
        line = json.dumps(entry) + "\n"
        with self._lock:
            self._file.write(line)
            self.count += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()


def read(path: Path) -> Iterator[Entry]:
    """The entries, in the order in which the calls ended."""
    with path.open() as file:
        for line in file:
            yield Entry(*json.loads(line))


def fate_of(error: OrbitServerError) -> Fate:
    """What the caller knows about a call that failed."""
    retry = OPERATIONS[error.operation or ""].retry
    if retry != "never" and error.attempts > 1:
        # The outcome of the last attempt says nothing about earlier attempts.
        return "unknown"
    if 400 <= error.status < 500 and error.status != 408:
        return "not done"
    return "not done" if error.status == 0 and _NOT_SENT in error.message else "unknown"
