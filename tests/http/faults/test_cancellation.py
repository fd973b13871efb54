"""A call that is cancelled at any moment leaves no open connection, task or occupied slot behind."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import AsyncOrbitServer
from tests.http.faults.harness import GOOD, FewConnections, open_sockets
from tests.pipeline.harness import KEY, SAFE, LoopbackServer, answer, in_place_of_the_api, loopback, request_of
from tests.transports import ASYNC, is_installed

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the open files in /proc")


@pytest.fixture(params=ASYNC)
def stack(request: pytest.FixtureRequest) -> str:
    if not is_installed(request.param):
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


class Echo(LoopbackServer):
    """Echoes each request, so that tests can detect a response that belongs to another request.

    Some responses are delayed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.together = threading.Barrier(2)
        self.stopping = threading.Event()
        self.start()

    def wait_for(self, count: int) -> None:
        """Wait until `count` requests have arrived."""
        for _ in range(5_000):
            if len(self.seen) >= count:
                return
            time.sleep(0.001)

    def step_for(self, target: str) -> Any:
        content = json.loads(self.seen[-1].body)["content"]

        def step(connection: socket.socket) -> None:
            if content == "together":
                # Respond to two such requests when both have arrived.
                self.together.wait(10)
            if content == "held":
                self.stopping.wait(20)
            connection.sendall(answer(json.dumps({"data": content}).encode()))

        return step


async def settle(count: int) -> None:
    """Wait until at most `count` sockets are open, because some are closed in another thread."""
    for _ in range(1_000):
        if open_sockets() <= count:
            break
        await asyncio.sleep(0.01)
    assert open_sockets() <= count


async def call(client: AsyncOrbitServer, content: str) -> Any:
    return await client.raw.execute(request_of(SAFE, body={"content": content}))


@pytest.mark.parametrize("connected", [False, True], ids=["new connection", "kept connection"])
async def test_a_call_can_be_cancelled_at_every_step(
    stack: str, connected: bool, few_connections: FewConnections
) -> None:
    few_connections(2)
    server = Echo()
    with in_place_of_the_api(server):
        before = open_sockets()
        client = AsyncOrbitServer(KEY, transport=stack, timeout=20)  # type: ignore[arg-type]
        async with client:
            await call(client, "first")
            tasks = asyncio.all_tasks()
            completed = steps = 0
            # Cancel at every step of the event loop, until the call has ended.
            while completed < 3:
                if not connected:
                    await client._connection._adapter().aclose()
                    client._connection._adapters.clear()
                task = asyncio.create_task(call(client, f"number {steps}"))
                ends = time.monotonic() + 10
                for _ in range(steps):
                    await asyncio.sleep(0)
                task.cancel()
                try:
                    assert await task == f"number {steps}"
                    completed += 1
                except asyncio.CancelledError:
                    assert time.monotonic() < ends
                # The next call gets its own response, not that of the cancelled call.
                assert await call(client, f"after {steps}") == f"after {steps}"
                steps += 1 if steps < 30 else steps // 8
            assert steps > 3
            assert asyncio.all_tasks() == tasks
            # Both connection slots are free.
            both = await asyncio.gather(call(client, "together"), call(client, "together"))
            assert both == ["together", "together"]
        server.stop()
        await settle(before - 1)  # The server's socket is closed.
        assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_cancelled_calls_free_their_slots(stack: str, few_connections: FewConnections) -> None:
    few_connections(2)
    server = Echo()
    with in_place_of_the_api(server):
        async with AsyncOrbitServer(KEY, transport=stack, timeout=20) as client:  # type: ignore[arg-type]
            began = time.monotonic()
            for _ in range(3):
                tasks = [asyncio.create_task(call(client, "held")) for _ in range(10)]
                await asyncio.to_thread(server.wait_for, 2)
                for task in tasks:
                    task.cancel()
                ended = await asyncio.gather(*tasks, return_exceptions=True)
                assert all(isinstance(end, asyncio.CancelledError) for end in ended)
                server.seen.clear()
            assert await asyncio.gather(call(client, "together"), call(client, "together")) == ["together"] * 2
            assert time.monotonic() - began < 10
        server.stopping.set()


async def test_a_call_that_is_cancelled_while_backing_off_leaves_nothing_running(stack: str) -> None:
    with loopback(answer(b"", "503 Service Unavailable", "Retry-After: 30"), GOOD) as server:
        async with AsyncOrbitServer(KEY, transport=stack, timeout=60) as client:  # type: ignore[arg-type]
            task = asyncio.create_task(call(client, "x"))
            await asyncio.to_thread(server.asked.wait, 10)
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert len(server.seen) == 1
            assert await call(client, "y") == {"id": "x"}


async def test_a_timeout_around_a_call_ends_it_at_once(stack: str) -> None:
    stopping = threading.Event()
    with loopback(lambda connection: stopping.wait(20) and None) as server:
        async with AsyncOrbitServer(KEY, transport=stack, timeout=20) as client:  # type: ignore[arg-type]
            began = time.monotonic()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await call(client, "x")
            assert time.monotonic() - began < 5
        stopping.set()
    assert len(server.seen) == 1


def test_a_client_can_be_used_after_its_event_loop_has_ended(stack: str) -> None:
    with loopback(GOOD) as server:
        client = AsyncOrbitServer(KEY, transport=stack)  # type: ignore[arg-type]

        async def call_and_close(close: bool) -> Any:
            result = await call(client, "x")
            if close:
                await client.aclose()
            else:
                # Otherwise, Python would warn about the first loop's open socket.
                await client._connection._adapter().aclose()
            return result

        assert asyncio.run(call_and_close(False)) == asyncio.run(call_and_close(True)) == {"id": "x"}
    assert server.connections == 2
