"""Drives both clients against an emulator whose clock advances while they sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import Emulator, ManualClock
from tests.pipeline.harness import KEY, FakeClock

Step = Callable[[Any], Any]


class TurningClock(FakeClock):
    """A clock whose `sleep` advances the emulator's clock without waiting, and runs the planned actions."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self.begun = self.now
        self._emulator = emulator
        self._plan: list[tuple[float, Callable[[], Any]]] = []

    def after(self, seconds: float, action: Callable[[], Any]) -> None:
        """Run an action this many seconds after the start."""
        self._plan.append((self.begun + seconds, action))

    @property
    def elapsed(self) -> float:
        return self.now - self.begun

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self._emulator.advance(seconds)
        due = [action for instant, action in self._plan if instant <= self.now]
        self._plan = [planned for planned in self._plan if planned[0] > self.now]
        for action in due:
            action()


class World:
    """One of the two clients, an emulator with Alice and Bob, and their conversation."""

    def __init__(self, kind: str) -> None:
        self.emulator = Emulator(clock=ManualClock(), seed=1)
        self.clock = TurningClock(self.emulator)
        self.watcher = self.emulator.client()
        self.alice = self.watcher.users.create(external_id="alice", display_name="Alice").id
        self.bob = self.watcher.users.create(external_id="bob", display_name="Bob").id
        self.as_alice, self.as_bob = self.watcher.as_user(self.alice), self.watcher.as_user(self.bob)
        self.chat = self.as_alice.conversations.create(type="direct", participant_id=self.bob).id
        self._runner = asyncio.Runner() if kind == "async" else None
        self.requests: list[httpx.Request] = []
        self.orbit: Any = self.client(max_retries=0).as_user(self.alice)

    def client(self, **options: Any) -> Any:
        recorder = Recorder(self)
        if self._runner is None:
            client: Any = OrbitServer(KEY, transport=recorder, **options)
        else:
            client = AsyncOrbitServer(KEY, transport=recorder, **options)
        client._connection.clock = self.clock
        return client

    def run(self, result: Any) -> Any:
        """The result. With the asynchronous client, it is awaited first."""
        return result if self._runner is None else self._runner.run(result)

    def escalate(self, *steps: Step, **options: Any) -> Any:
        """Start a flow, run these steps inside its block, and return the flow."""
        return self.run_flow(self.orbit.realtime.escalate(**(options or {"conversation_id": self.chat})), *steps)

    def run_flow(self, flow: Any, *steps: Step) -> Any:
        """Run these steps inside this flow's block, and return the flow."""
        return self.run(_steps(flow, steps)) if self._runner is None else self.run(_async_steps(flow, steps))

    def going_on(self) -> set[str]:
        """Return the ids of Alice's calls, meetings and sessions that have not ended."""
        things: Iterator[Any] = iter(
            [*self.as_alice.calls.list(), *self.as_alice.meetings.list(), *self.as_alice.realtime.list_sessions()]
        )
        return {thing.id for thing in things if thing.ended_at is None}

    def close(self) -> None:
        if self._runner is not None:
            self._runner.close()
        self.emulator.close()


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The emulator's transport, which records the requests."""

    def __init__(self, world: World) -> None:
        self._world = world

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._world.requests.append(request)
        return self._world.emulator.transport.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._world.requests.append(request)
        return await self._world.emulator.async_transport.handle_async_request(request)


def _steps(flow: Any, steps: tuple[Step, ...]) -> Any:
    with flow:
        for step in steps:
            step(flow)
    return flow


async def _async_steps(flow: Any, steps: tuple[Step, ...]) -> Any:
    async with flow:
        for step in steps:
            result = step(flow)
            if asyncio.iscoroutine(result):
                await result
    return flow
