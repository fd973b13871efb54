# Derived from orbitconnect/_async/flows/waiting.py by `make generate`: edit that file.
"""Waits for something to happen by looking at it again and again."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

from orbitconnect_api.types import Request

from ..._flows.polling import Schedule, may_pass, timeout_message
from ...errors import OrbitServerError
from ...waiting import NeverReachedError, WaitTimeoutError
from ..executor import Executor

T = TypeVar("T")


def poll(executor: Executor, request: Request[T], has_come: Callable[[T], bool], schedule: Schedule, awaited: str) -> T:
    """Looks at a thing until it is as awaited.

    A look that fails in a way that may pass, after the retries of its own, does not end the wait.

    Args:
        executor: Carries out the looks.
        request: One look: a call that may be repeated.
        has_come: Whether the thing is as awaited. It raises `NeverReachedError` where it cannot be any more.
        schedule: How often to look, and for how long.
        awaited: What is waited for, for the error: `the call call_1 to end`.

    Returns:
        The thing as it was seen then.

    Raises:
        WaitTimeoutError: If the time passed.
        OrbitServerError: If a look failed in a way that will not pass, and whatever `has_come` raises.
        ValueError: If the request cannot be sent.
    """
    clock = executor._connection.clock  # pyright: ignore[reportPrivateUsage]  # A wait is a part of the client.
    begun = clock.monotonic()
    looks = 0
    seen: T | None = None
    error: OrbitServerError | None = None
    left = schedule.left(0.0)
    while left > 0:
        error = None
        try:
            seen = within(executor, left).execute(request)
        except OrbitServerError as failure:
            if not may_pass(failure):
                raise
            error = failure
        else:
            try:
                if has_come(seen):
                    return seen
            except NeverReachedError as never:
                executor._settings.redactor.error(never)  # pyright: ignore[reportPrivateUsage]  # As above.
                raise
        looks += 1
        at_least = 0.0 if error is None else error.retry_after or 0.0
        pause = schedule.pause(looks, clock.monotonic() - begun, clock.random(), at_least=at_least)
        if pause is None:
            break
        clock.sleep(pause)
        left = schedule.left(clock.monotonic() - begun)
    raise WaitTimeoutError(
        timeout_message(awaited, schedule, seen, error),
        last_seen=seen,
        last_error=error,
        operation=request.operation.id,
        attempts=looks,
    ) from error


def within(executor: Executor, seconds: float) -> Executor:
    """The same executor, with a time limit for each call that is no longer than this. It costs microseconds."""
    settings = executor._settings  # pyright: ignore[reportPrivateUsage]  # It is put together as its own client does.
    if seconds >= (math.inf if settings.timeout is None else settings.timeout):
        return executor
    return Executor(settings.evolve(timeout=seconds), executor._connection)  # pyright: ignore[reportPrivateUsage]  # As above.
