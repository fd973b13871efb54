"""The emulator's own clients call it without httpx. They behave like clients with an httpx transport to it."""

from __future__ import annotations

import asyncio
import gzip
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve

from orbitconnect import AsyncOrbitServer, DeadlineExceededError, OrbitServer, OrbitServerError
from orbitconnect.emulator import (
    Drip,
    Emulator,
    Fault,
    Garbage,
    Latency,
    ManualClock,
    Reset,
    Stall,
    Status,
    Truncate,
)
from orbitconnect.emulator.exchange import MAX_BODY
from orbitconnect.emulator.transports.client_time import keep_time
from orbitconnect.observers import AttemptEnded, CallStarted, Observer
from orbitconnect_api.api.users import create_app_user
from orbitconnect_api.models.create_app_user_body import CreateAppUserBody
from orbitconnect_api.types import Payload, Request
from tests.emulator.conformance import CheckedEmulator
from tests.pipeline.harness import FakeClock

ZIPPED = {"content-encoding": "gzip"}
FAULTS: dict[str, Fault | None] = {
    "none": None,
    "reset": Reset(),
    "reset after": Reset(when="after"),
    "garbage": Garbage(),
    "stall": Stall(),
    "stall after": Stall(when="after"),
    "latency": Latency(1),
    "too much latency": Latency(40),
    "drip": Drip(7, 0.5),
    "slow drip": Drip(1, 5),
    "no body": Truncate(0),
    "half a body": Truncate(30),
    "server error": Status(500),
    "rate limit": Status(429, headers={"Retry-After": "2"}),
    "no content": Status(204),
    "a page": Status(200, body="<html>"),
    "no gzip": Status(200, body=b"<html>", headers=ZIPPED),
    "gzip": Status(200, body=gzip.compress(b'{"data":{"id":"usr_zipped","display_name":"Z"}}'), headers=ZIPPED),
    "half a gzip": Status(200, body=gzip.compress(b"{}" * 99)[:-4], headers=ZIPPED),
}


class Attempts(Observer):
    """Records the attempts, and adds a header to each."""

    def __init__(self) -> None:
        self.ended: list[tuple[int, int | None, str | None, float | None]] = []

    def attempt_started(self, call: CallStarted, number: int) -> dict[str, str]:
        return {"x-attempt": str(number)}

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        self.ended.append((attempt.number, attempt.status, attempt.failure, attempt.request_id))


class World:
    """An emulator whose ids and times are the same in every run, and a client of it."""

    def __init__(self, kind: str, *, is_own: bool) -> None:
        self.emulator = CheckedEmulator(clock=ManualClock(), seed=1, signing_secret="whsec_1")
        self.observer = Attempts()
        options: Any = {"max_retries": 1, "observers": [self.observer], "signing_secret": "whsec_1"}
        self.runner = asyncio.Runner() if kind == "async" else None
        if is_own:
            self.orbit: Any = (self.emulator.client if self.runner is None else self.emulator.async_client)(**options)
        elif self.runner is None:
            self.orbit = OrbitServer("sk_test_emulator", transport=self.emulator.transport, **options)
        else:
            self.orbit = AsyncOrbitServer("sk_test_emulator", transport=self.emulator.async_transport, **options)
        keep_time(self.orbit, self.emulator.clock)
        self.alice = self.run(self.orbit.users.create(external_id="alice", display_name="Alice")).id
        self.emulator.journal.clear()
        self.observer.ended.clear()

    def run(self, result: Any) -> Any:
        return result if self.runner is None else self.runner.run(result)

    def outcome(self, call: Callable[[], Any]) -> Any:
        """What a call returned or raised, what its observer saw, and what the emulator received."""
        try:
            result: Any = self.run(call())
        except OrbitServerError as error:
            result = type(error), {**vars(error), "headers": sorted(error.headers.items())}
        received = [evolve(entry, seconds=0, number=0) for entry in self.emulator.journal.entries]
        return result, self.observer.ended, [(repr(entry), entry.request_headers) for entry in received]

    def close(self) -> None:
        self.run(self.orbit.close() if self.runner is None else self.orbit.aclose())
        if self.runner is not None:
            self.runner.close()
        self.emulator.close()


@pytest.fixture(params=["sync", "async"])
def worlds(request: pytest.FixtureRequest) -> Iterator[tuple[World, World]]:
    """The world of the emulator's own client, and the world of a client with an httpx transport."""
    both = World(request.param, is_own=True), World(request.param, is_own=False)
    yield both
    for world in both:
        world.close()


@pytest.mark.parametrize("name", FAULTS)
def test_faults(worlds: tuple[World, World], name: str) -> None:
    def get(world: World) -> Any:
        return world.orbit.users.get(world.alice)

    def create(world: World) -> Any:
        return world.orbit.conversations.create(type="group", participant_ids=[world.alice], acting_user_id=world.alice)

    fault = FAULTS[name]
    for call in (get, create):
        outcomes = []
        for world in worlds:
            if fault is not None:
                world.emulator.faults.add(fault, times=2)
            outcomes.append(world.outcome(partial(call, world)))
            world.emulator.faults.clear()
        assert outcomes[0] == outcomes[1]


def uploading(*pieces: Any) -> Request[Any]:
    """A request whose body is read from files. No operation of the contract has one."""
    request = create_app_user.build(body=CreateAppUserBody(external_id="a", display_name="A"))
    request = evolve(request, operation=request.operation._replace(has_body=False), body=None)
    return evolve(request, payload=Payload("application/json", pieces))


def upload(world: World, *pieces: Any) -> Any:
    return world.outcome(lambda: world.orbit.raw.execute(uploading(*pieces)))


def test_a_body_from_files(worlds: tuple[World, World], tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes('"display_name":"Ä"}'.encode())
    outcomes = [upload(world, b'{"external_id":"b",', file) for world in worlds]
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0].display_name == "Ä"


def test_a_body_that_is_too_large(worlds: tuple[World, World], tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes(bytes(MAX_BODY))
    outcomes = [upload(world, b" ", file) for world in worlds]
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0][1]["code"] == "too_large"


def test_a_file_that_becomes_shorter(worlds: tuple[World, World]) -> None:
    class Shrinking(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return b""

    for world in worlds:
        with pytest.raises(OSError, match="became shorter"):
            upload(world, b"{", Shrinking(b'"a":1}'))
        assert [failure for _, _, failure, _ in world.observer.ended] == ["interrupted"]


def test_calls_need_no_httpx_request(monkeypatch: pytest.MonkeyPatch) -> None:
    with Emulator() as emulator, emulator.client() as orbit:
        monkeypatch.setattr(httpx.Request, "__init__", None)
        assert orbit.users.list() == []
        assert asyncio.run(emulator.async_client().users.list()) == []


def test_waits_are_measured_with_the_clients_clock() -> None:
    with Emulator() as emulator, emulator.client(max_retries=0) as orbit:
        clock = orbit._connection.clock = FakeClock()
        emulator.faults.add(Latency(20))
        assert orbit.users.list() == []
        emulator.faults.add(Latency(40))
        with pytest.raises(DeadlineExceededError):
            orbit.users.list()
        assert clock.slept == [20, 30]


async def test_cancellation() -> None:
    with Emulator() as emulator:
        orbit = emulator.async_client()
        emulator.faults.add(Latency(30))
        late = asyncio.create_task(orbit.users.list())
        await asyncio.sleep(0)
        assert await orbit.users.list() == []
        late.cancel()
        with pytest.raises(asyncio.CancelledError):
            await late
        assert await orbit.users.list() == []


def test_several_event_loops_and_threads() -> None:
    with Emulator() as emulator:
        orbit, async_orbit = emulator.client(), emulator.async_client()

        def work(number: int) -> None:
            name = f"user-{number}"
            assert orbit.users.create(external_id=name, display_name=name).external_id == name
            assert asyncio.run(async_orbit.users.get_by_external_id(name)).display_name == name

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(work, range(40)))
        assert len(orbit.users.list()) == 40


def test_a_closed_emulator() -> None:
    emulator = Emulator()
    orbit, async_orbit = emulator.client(), emulator.async_client()
    emulator.close()
    for call in (orbit.users.list, lambda: asyncio.run(async_orbit.users.list())):
        with pytest.raises(RuntimeError, match="This emulator is closed"):
            call()


def test_a_closed_client_leaves_the_emulator_open() -> None:
    with Emulator() as emulator:
        with emulator.client() as orbit:
            orbit.users.list()
        with pytest.raises(RuntimeError, match="This client is closed"):
            orbit.users.list()
        assert emulator.client().users.list() == []


@pytest.mark.parametrize("kind", ["client", "async_client"])
def test_pickles_and_views(kind: str) -> None:
    with Emulator() as emulator:
        orbit = getattr(emulator, kind)()
        with pytest.raises(TypeError, match="because its transport cannot be"):
            pickle.dumps(orbit)
        assert f"transport={'Async' if 'async' in kind else ''}EmulatorConnection" in repr(orbit.as_user("usr_1"))


def test_repeated_headers(worlds: tuple[World, World]) -> None:
    # The observer adds the same header.
    outcomes = [
        world.outcome(partial(world.orbit.with_options(headers={"x-attempt": "own"}).users.get, world.alice))
        for world in worlds
    ]
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][2][0][1]["x-attempt"] == "own, 1"
