# Derived from orbitconnect/_async/flows/waiting.py by `make generate`: edit that file.
"""Wait for an object to reach a state, by polling."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from orbitconnect_api.types import Request

from ..._flows.polling import Schedule, may_pass, timeout_message
from ...errors import OrbitServerError
from ...waiting import NeverReachedError, WaitTimeoutError
from ..executor import Executor, within

T = TypeVar("T")


def poll(
    executor: Executor, request: Request[T], is_reached: Callable[[T], bool], schedule: Schedule, awaited: str
) -> T:
    """Poll an object until it has reached the awaited state.

    A poll that fails with a temporary error, after its own retries, does not end the wait.

    Args:
        executor: Executes the polls.
        request: One poll: a call that can be repeated.
        is_reached: Whether the object has reached the state. Raises `NeverReachedError` if it no longer can.
        schedule: The intervals between polls, and the time limit.
        awaited: What the caller waits for, in the error message's words, such as `the call call_1 to end`.

    Returns:
        The object as the last poll returned it.

    Raises:
        ValueError: If the request cannot be sent.
        NeverReachedError: If the state can no longer be reached.
        WaitTimeoutError: If the time limit passed.
        OrbitServerError: If a poll failed with a permanent error.
    """
    clock = executor._connection.clock  # pyright: ignore[reportPrivateUsage]  # A wait is part of the client.
    begun = clock.monotonic()
    polls = 0
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
                if is_reached(seen):
                    return seen
            except NeverReachedError as never:
                executor._settings.redactor.error(never)  # pyright: ignore[reportPrivateUsage]  # As above.
                raise
        polls += 1
        at_least = 0.0 if error is None else error.retry_after or 0.0
        pause = schedule.pause(polls, clock.monotonic() - begun, clock.random(), at_least=at_least)
        if pause is None:
            break
        clock.sleep(pause)
        left = schedule.left(clock.monotonic() - begun)
    raise WaitTimeoutError(
        timeout_message(awaited, schedule, seen, error),
        last_seen=seen,
        last_error=error,
        operation=request.operation.id,
        attempts=polls,
    ) from error
