"""A flow that is cancelled or interrupted undoes its steps within a limited time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from orbitconnect import AsyncOrbitServer, OrbitServer, ServerError
from orbitconnect.emulator import Emulator, Stall, Status
from tests.pipeline.harness import KEY


class World:
    """An emulator with a running clock, Alice, Bob and their conversation."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        orbit = emulator.client()
        self.alice = orbit.users.create(external_id="alice", display_name="Alice").id
        self.bob = orbit.users.create(external_id="bob", display_name="Bob").id
        self.as_alice = orbit.as_user(self.alice)
        self.chat = self.as_alice.conversations.create(type="direct", participant_id=self.bob).id

    def going_on(self) -> set[str]:
        things = [*self.as_alice.calls.list(), *self.as_alice.meetings.list(), *self.as_alice.realtime.list_sessions()]
        return {thing.id for thing in things if thing.ended_at is None}


@pytest.fixture
def world() -> Iterator[World]:
    with Emulator() as emulator:
        yield World(emulator)


class Gate(httpx.AsyncBaseTransport):
    """A transport that delays the responses to requests whose path has one of these endings."""

    def __init__(self, emulator: Emulator, *ends: str) -> None:
        self._transport = emulator.async_transport
        self._ends = ends
        self.reached = asyncio.Event()
        self.open = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        if request.method == "POST" and request.url.path.endswith(self._ends):
            self.reached.set()
            await self.open.wait()
        return response


async def all_steps(orbit: AsyncOrbitServer, world: World) -> None:
    async with orbit.realtime.escalate(conversation_id=world.chat) as flow:
        await flow.to_call(world.bob, type="voice")
        await flow.to_meeting(title="All together")
        await flow.to_chat()


@pytest.mark.parametrize("end", ["/sessions", "/calls/initiate", "/transition", "/meetings", "/users", "/start"])
async def test_a_cancelled_task_undoes_its_flow(world: World, end: str) -> None:
    gate = Gate(world.emulator, end)
    async with AsyncOrbitServer(KEY, transport=gate) as orbit:
        task = asyncio.create_task(all_steps(orbit.as_user(world.alice), world))
        async with asyncio.timeout(20):
            await gate.reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
        left = world.going_on()
        if end in ("/sessions", "/meetings"):
            assert f"If so, its id is {left.pop()}." in "".join(caught.value.__notes__)
        assert left == set()
        assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_timeout_of_the_caller_undoes_the_flow(world: World) -> None:
    gate = Gate(world.emulator, "/transition")
    async with AsyncOrbitServer(KEY, transport=gate) as orbit:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await all_steps(orbit.as_user(world.alice), world)
    assert world.going_on() == set()


async def test_a_second_cancellation_does_not_stop_the_undo(world: World) -> None:
    gate = Gate(world.emulator, "/transition", "/end")
    async with AsyncOrbitServer(KEY, transport=gate) as orbit:
        task = asyncio.create_task(all_steps(orbit.as_user(world.alice), world))
        async with asyncio.timeout(20):
            await gate.reached.wait()
            gate.reached.clear()
            task.cancel()
            await gate.reached.wait()
            for _ in range(5):
                task.cancel()
                await asyncio.sleep(0.01)
            assert not task.done()
            gate.open.set()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert task.cancelled()
        assert world.going_on() == set()
        assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_cancellation_during_the_undo_is_not_lost(world: World) -> None:
    gate = Gate(world.emulator, "/end")
    world.emulator.faults.add(Status(500), operation="transitionSession")
    async with AsyncOrbitServer(KEY, transport=gate) as orbit:
        task = asyncio.create_task(all_steps(orbit.as_user(world.alice), world))
        async with asyncio.timeout(20):
            await gate.reached.wait()
            task.cancel()
            gate.open.set()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
        assert isinstance(caught.value.__context__, ServerError)
        assert world.going_on() == set()


def test_the_end_of_the_event_loop_undoes_the_flow(world: World) -> None:
    async def main() -> None:
        gate = Gate(world.emulator, "/initiate")
        orbit = AsyncOrbitServer(KEY, transport=gate).as_user(world.alice)
        forgotten = asyncio.create_task(all_steps(orbit, world))
        await gate.reached.wait()
        assert not forgotten.done()

    asyncio.run(main())
    assert world.going_on() == set()


def call_and_meet(orbit: OrbitServer, world: World, *, undo_timeout: float = 10) -> None:
    with orbit.realtime.escalate(
        conversation_id=world.chat, undo_timeout=undo_timeout, acting_user_id=world.alice
    ) as flow:
        flow.to_call(world.bob)
        flow.to_meeting(title="All together")


class Interrupted(httpx.BaseTransport):
    """A transport that raises KeyboardInterrupt before the response to one request is read."""

    def __init__(self, emulator: Emulator, chosen: Callable[[httpx.Request], bool]) -> None:
        self._transport = emulator.transport
        self._chosen = chosen

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._transport.handle_request(request)
        if self._chosen(request):
            raise KeyboardInterrupt
        return response


@pytest.mark.parametrize("end", ["/initiate", "/transition", "/start"])
def test_an_interrupt_undoes_the_flow(world: World, end: str) -> None:
    transport = Interrupted(world.emulator, lambda request: request.url.path.endswith(end))
    with OrbitServer(KEY, transport=transport) as orbit, pytest.raises(KeyboardInterrupt) as caught:
        call_and_meet(orbit, world)
    assert world.going_on() == set()
    assert not hasattr(caught.value, "__notes__")


def test_the_undo_ends_in_time_if_the_api_does_not_respond(world: World) -> None:
    world.emulator.faults.add(Status(500), operation="transitionSession")
    world.emulator.faults.add(Stall(), operation="endCall", times=99)
    with world.emulator.client() as orbit:
        began = time.monotonic()
        with pytest.raises(ServerError) as caught:
            call_and_meet(orbit, world, undo_timeout=0.6)
        assert time.monotonic() - began < 10
    (call,) = world.going_on()
    (note,) = caught.value.__notes__
    assert note.startswith(f"The call {call} may still be active. End it with orbit.calls.end.")
