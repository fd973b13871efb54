"""A cancelled task ends with its own cancellation, even if the work that it waits for is cancelled as well."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from orbitconnect._concurrency.ahead import AsyncAhead
from orbitconnect._concurrency.undisturbed import async_undisturbed
from orbitconnect.webhooks.once.steps import finish_async
from orbitconnect_api.types import Request


@pytest.mark.parametrize("finish", [async_undisturbed, finish_async])
async def test_the_cancellation_of_the_task_counts(finish: Callable[[Any], Coroutine[Any, Any, object]]) -> None:
    began, may_end = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        await may_end.wait()
        raise asyncio.CancelledError("the work")

    task = asyncio.ensure_future(finish(work))
    await began.wait()
    task.cancel("the task")
    await asyncio.sleep(0)
    may_end.set()
    with pytest.raises(asyncio.CancelledError) as cancelled:
        await task
    assert cancelled.value.args == ("the task",)


async def test_a_cancelled_call_ahead_logs_nothing() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

    async def call(_: Request[None]) -> None:
        await asyncio.sleep(60)

    request: Any = None
    ahead = AsyncAhead(call, request)
    await asyncio.sleep(0)
    await ahead.aclose()
    await asyncio.sleep(0)
    assert complaints == []
