"""Lets the main thread wait in Python while another thread waits in native code.

Python runs signal handlers in the main thread alone, and only between its own steps. A main thread that is in native
code sees a Ctrl-C, or Celery's soft time limit, no sooner than that returns: at the call's time limit, if a server does
not answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_LOOK_SECONDS: Final = 0.25
"""So often the wait is broken off to look for signals: one that comes just before it begins does not end it."""


class _Worker(Generic[T]):
    """A thread that does one thing after another, until it is told to end."""

    __slots__ = ("outcomes", "tasks")

    def __init__(self) -> None:
        self.tasks: SimpleQueue[Callable[[], T] | None] = SimpleQueue()
        self.outcomes: SimpleQueue[tuple[T] | BaseException] = SimpleQueue()
        # A daemon, as one that waits for work must not keep a program from ending.
        threading.Thread(target=_work, args=(self.tasks, self.outcomes), name="orbitconnect", daemon=True).start()


def _work(tasks: SimpleQueue[Callable[[], T] | None], outcomes: SimpleQueue[tuple[T] | BaseException]) -> None:
    while True:
        task = tasks.get()
        if task is None:
            return
        try:
            outcome: tuple[T] | BaseException = (task(),)
        except BaseException as error:  # noqa: BLE001  # It is raised where the outcome is waited for.
            outcome = error
        outcomes.put(outcome)
        # While it waits for more, it holds on to nothing of this one.
        del task, outcome


def _wait_for(outcomes: SimpleQueue[tuple[T] | BaseException]) -> tuple[T] | BaseException:
    while True:
        with suppress(Empty):
            return outcomes.get(timeout=_LOOK_SECONDS)


class Handover(Generic[T]):
    """Threads that do what the main thread waits for. There is one, or more where a signal handler makes calls, too."""

    __slots__ = ("_closed", "_idle")

    def __init__(self) -> None:
        self._idle: list[_Worker[T]] = []
        self._closed = False

    def run(self, task: Callable[[], T]) -> T:
        """Does this in another thread and waits for it.

        What a signal handler raises meanwhile is raised at once; the other thread goes on until the task ends.
        """
        worker: _Worker[T] = self._idle.pop() if self._idle else _Worker()
        kept = False
        try:
            worker.tasks.put(task)
            outcome = _wait_for(worker.outcomes)
            if not self._closed:
                self._idle.append(worker)
                kept = True
        finally:
            if not kept:
                worker.tasks.put(None)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome[0]

    def close(self) -> None:
        """Ends the threads, those at work as soon as they are done."""
        self._closed = True
        while self._idle:
            self._idle.pop().tasks.put(None)

    def __del__(self) -> None:
        self.close()
