# Derived from orbitconnect/_async/flows/undo.py by `make generate`: edit that file.
"""Undo what a flow created, in reverse order."""

from __future__ import annotations

from typing import Any

from orbitconnect_api.types import Request

from ..._flows.undo import Made, Perhaps
from ...errors import OrbitServerError
from ..executor import Executor

_SHORTEST = 0.001
_RETRIES = 2


def undo(executor: Executor, things: list[Made | Perhaps], seconds: float) -> list[str]:
    """End everything that a flow created. If an object cannot be ended, continue with the next one.

    Args:
        executor: Executes the calls.
        things: The objects that were created, oldest first. The list is empty afterwards.
        seconds: The time limit for all objects together. Each object gets a share.

    Returns:
        One sentence for each object that could not be ended.
    """
    clock = executor._connection.clock  # pyright: ignore[reportPrivateUsage]  # A flow is a part of the client.
    ends = clock.monotonic() + seconds
    left_behind: list[str] = []
    while things:
        now = clock.monotonic()
        share = _Share(executor, now + (ends - now) / len(things))
        thing = things.pop()
        try:
            left_behind += _end(share, thing) if isinstance(thing, Made) else _find_and_end(share, thing)
        except Exception as error:  # noqa: BLE001  # The other things must still be ended.
            left_behind.append(f"{thing.if_not} {error}")
    return left_behind


class _Share:
    """The time limit for ending one object."""

    def __init__(self, executor: Executor, ends: float) -> None:
        self._executor = executor
        self._ends = ends

    def execute(self, request: Request[Any], *, later_calls: int = 0) -> Any:
        """Execute a call, and leave time for `later_calls` calls after it."""
        executor = self._executor
        settings, connection = executor._settings, executor._connection  # pyright: ignore[reportPrivateUsage]  # As above.
        seconds = max(_SHORTEST, (self._ends - connection.clock.monotonic()) / (1 + later_calls))
        limited = settings.evolve(timeout=seconds, max_retries=max(_RETRIES, settings.max_retries))
        return Executor(limited, connection).execute(request)


def _end(share: _Share, thing: Made) -> list[str]:
    why = ""
    if thing.end is not None:
        try:
            share.execute(thing.end, later_calls=1)
        except OrbitServerError as error:
            # It may be over nevertheless: someone may have ended it, or the response to this call may have been lost.
            why = f" {error}"
        else:
            return []
    try:
        if thing.is_over(share.execute(thing.look)):
            return []
    except OrbitServerError as error:
        why = why or f" {error}"
    return [thing.if_not + why]


def _find_and_end(share: _Share, thing: Perhaps) -> list[str]:
    found = [one.id for one in share.execute(thing.find, later_calls=2) if thing.fits(one)]
    if len(found) == 1 and thing.made is not None:
        return _end(share, thing.made(found[0]))
    return [f"{thing.if_not} If so, its id is {' or '.join(found)}."] if found else []
