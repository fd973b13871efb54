"""Waiting for calls, meetings and recordings, with a test clock and in real time."""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect import AuthenticationError, NotFoundError, OrbitServerError, RateLimitError, ServerError
from orbitconnect._flows.polling import LAST_POLL, Schedule
from orbitconnect.emulator import Emulator, Reset, Status
from orbitconnect.waiting import NeverReachedError, WaitTimeoutError
from tests.flows.harness import World
from tests.properties.strategies import examples


@pytest.fixture
def call(world: World) -> str:
    return world.as_alice.calls.initiate(callee_id=world.bob, type="voice").id


def test_a_call_is_accepted_during_the_wait(world: World, call: str) -> None:
    world.clock.after(20, lambda: world.as_bob.calls.accept(call))
    seen = world.run(world.orbit.calls.wait_until_accepted(call, timeout=60))
    assert seen.status == "accepted"
    assert 20 <= world.clock.elapsed <= 25


def test_an_accepted_call_ends_the_wait_at_once(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    assert world.run(world.orbit.calls.wait_until_accepted(call, timeout=60)).status == "accepted"
    assert world.clock.slept == []


@pytest.mark.parametrize("how", ["rejected", "missed", "ended"])
def test_a_call_that_is_over_can_no_longer_be_accepted(world: World, call: str, how: str) -> None:
    if how == "rejected":
        world.clock.after(2, lambda: world.as_bob.calls.reject(call))
    elif how == "ended":
        world.clock.after(2, lambda: world.as_alice.calls.end(call))
    with pytest.raises(NeverReachedError, match=f"is over: its status is {how}") as caught:
        world.run(world.orbit.calls.wait_until_accepted(call, timeout=3600))
    assert caught.value.last_seen.status == how
    assert world.clock.elapsed <= (66 if how == "missed" else 8)


@pytest.mark.parametrize("how", ["rejected", "missed", "ended"])
def test_a_call_can_end_in_several_ways(world: World, call: str, how: str) -> None:
    if how == "rejected":
        world.clock.after(3, lambda: world.as_bob.calls.reject(call))
    elif how == "ended":
        world.as_bob.calls.accept(call)
        world.clock.after(3, lambda: world.as_bob.calls.end(call))
    assert world.run(world.orbit.calls.wait_until_ended(call, timeout=3600)).status == how


def test_a_wait_without_a_limit(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    world.clock.after(7200, lambda: world.as_bob.calls.end(call))
    ended = world.run(world.orbit.calls.wait_until_ended(call, timeout=None, longest_pause=600))
    assert ended.duration_seconds >= 7200
    assert len(world.clock.slept) < 40


def test_a_wait_without_a_limit_on_a_client_without_a_limit(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    world.clock.after(7200, lambda: world.as_bob.calls.end(call))
    orbit = world.orbit.with_options(timeout=None)
    ended = world.run(orbit.calls.wait_until_ended(call, timeout=None, longest_pause=600))
    assert ended.duration_seconds >= 7200


def test_the_time_limit_passes(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    with pytest.raises(WaitTimeoutError, match=r"the call call_\w+ to end exceeded its limit of 30 s\.") as caught:
        world.run(world.orbit.calls.wait_until_ended(call, timeout=30))
    error = caught.value
    assert isinstance(error, TimeoutError)
    assert isinstance(error, OrbitServerError)
    assert "last known status is accepted" in str(error)
    assert error.last_seen.status == "accepted"
    assert error.last_error is None
    assert error.operation == "getCall"
    assert 29 <= world.clock.elapsed <= 30
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.last_seen.id) == (WaitTimeoutError, str(error), call)


def test_intervals_grow_and_there_is_a_last_poll(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    with pytest.raises(WaitTimeoutError):
        world.run(world.orbit.calls.wait_until_ended(call, timeout=20, longest_pause=4))
    assert world.clock.slept[:6] == pytest.approx([0.5, 0.75, 1.125, 1.6875, 2.53125, 3.796875])
    assert max(world.clock.slept) == 4
    assert sum(world.clock.slept) == pytest.approx(20 - LAST_POLL)
    assert len(world.requests) == len(world.clock.slept) + 1


def test_a_poll_may_take_only_the_remaining_time(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    with pytest.raises(WaitTimeoutError):
        world.run(world.orbit.with_options(timeout=8).calls.wait_until_ended(call, timeout=20))
    begun, limits = world.clock.begun, []
    instants = [begun]
    for pause in world.clock.slept:
        instants.append(instants[-1] + pause)
    for request, instant in zip(world.requests, instants, strict=True):
        limit = float(request.extensions["timeout"]["read"])
        assert limit <= min(8.0, begun + 20 - instant) + 1e-6
        limits.append(limit)
    assert limits[0] == pytest.approx(8)
    assert limits[-1] == pytest.approx(1)


@pytest.mark.parametrize("fault", [Status(503), Status(429), Reset(), Reset(when="after"), Status(200, body="<html>")])
def test_temporary_failures_do_not_end_the_wait(world: World, call: str, fault: Any) -> None:
    struck = world.emulator.faults.add(fault, operation="getCall", nth=2, times=5)
    world.as_bob.calls.accept(call)
    world.clock.after(15, lambda: world.as_bob.calls.end(call))
    assert world.run(world.orbit.calls.wait_until_ended(call, timeout=60)).status == "ended"
    assert struck.fired == 5


@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationError), (404, NotFoundError), (501, ServerError)])
def test_a_permanent_failure_ends_the_wait(world: World, call: str, status: int, kind: type[OrbitServerError]) -> None:
    world.emulator.faults.add(Status(status), operation="getCall", nth=2, times=99)
    with pytest.raises(kind):
        world.run(world.orbit.calls.wait_until_ended(call, timeout=60))
    assert len(world.requests) == 2


def test_the_error_says_why_all_polls_failed(world: World, call: str) -> None:
    world.emulator.faults.add(Status(503), operation="getCall", times=999)
    with pytest.raises(WaitTimeoutError, match="No poll succeeded, and the last poll failed") as caught:
        world.run(world.orbit.calls.wait_until_ended(call, timeout=10))
    assert caught.value.last_seen is None
    assert isinstance(caught.value.last_error, ServerError)
    assert caught.value.__cause__ is caught.value.last_error


def test_the_api_can_ask_for_a_longer_interval(world: World, call: str) -> None:
    world.emulator.faults.add(Status(429, headers={"retry-after": "12"}), operation="getCall")
    world.as_bob.calls.accept(call)
    world.clock.after(3, lambda: world.as_bob.calls.end(call))
    world.run(world.orbit.calls.wait_until_ended(call, timeout=60))
    assert world.clock.slept == [12]


def test_the_wait_ends_if_the_api_asks_for_more_than_the_remaining_time(world: World, call: str) -> None:
    world.emulator.faults.add(Status(429, headers={"retry-after": "12"}), operation="getCall")
    with pytest.raises(WaitTimeoutError) as caught:
        world.run(world.orbit.calls.wait_until_ended(call, timeout=10))
    assert isinstance(caught.value.last_error, RateLimitError)
    assert world.clock.slept == []


def test_a_meeting_starts_and_ends(world: World) -> None:
    meeting = world.as_alice.meetings.create(title="Review").id
    world.clock.after(40, lambda: world.as_alice.meetings.start(meeting))
    world.clock.after(90, lambda: world.as_alice.meetings.end(meeting))
    assert world.run(world.orbit.meetings.wait_until_started(meeting, timeout=300)).status == "live"
    assert 40 <= world.clock.elapsed <= 46
    assert world.run(world.orbit.meetings.wait_until_ended(meeting, timeout=300)).status == "ended"
    with pytest.raises(NeverReachedError, match="is over"):
        world.run(world.orbit.meetings.wait_until_started(meeting, timeout=300))


def test_a_recording_of_a_call(world: World, call: str) -> None:
    world.as_bob.calls.accept(call)
    recording = world.as_alice.calls.toggle_record(call)
    world.clock.after(10, lambda: world.as_alice.calls.end(call))
    ready = world.run(world.orbit.calls.wait_until_recording_ready(recording.id, timeout=300))
    assert ready.status == "ready"
    assert world.as_alice.media.get(ready.media_id).id == ready.media_id


def test_a_recording_of_a_meeting(world: World) -> None:
    meeting = world.as_alice.meetings.create(title="Review").id
    world.as_alice.meetings.start(meeting)
    recording = world.as_alice.meetings.start_recording(meeting)
    world.clock.after(10, lambda: world.as_alice.meetings.stop_recording(meeting))
    ready = world.run(world.orbit.meetings.wait_until_recording_ready(meeting, recording.id, timeout=300))
    assert ready.media_id


def test_a_failed_recording(world: World) -> None:
    failed = {"data": {"id": "rec_1", "status": "failed", "error": {"code": "empty", "message": "Nothing to hear."}}}
    world.emulator.faults.add(Status(200, body=failed), operation="getRecording")
    with pytest.raises(NeverReachedError, match=r"rec_1 failed: Nothing to hear\.$"):
        world.run(world.orbit.calls.wait_until_recording_ready("rec_1", timeout=300))


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"timeout": 0}, ValueError),
        ({"timeout": float("nan")}, ValueError),
        ({"timeout": "5"}, TypeError),
        ({"timeout": 5, "longest_pause": 0}, ValueError),
        ({"timeout": 5, "longest_pause": None}, TypeError),
    ],
)
def test_invalid_arguments_raise_before_anything_is_sent(
    world: World, options: dict[str, Any], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        world.run(world.orbit.calls.wait_until_ended("call_1", **options))
    with pytest.raises(ValueError, match="acting_user_id"):
        world.run(world.client().calls.wait_until_ended("call_1", timeout=5))
    assert world.requests == []


@examples(100)
@given(
    timeout=st.floats(0.01, 100_000),
    longest=st.floats(0.01, 1_000),
    chances=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=5),
    answer=st.floats(0, 2),
)
def test_a_schedule_always_ends_in_time(timeout: float, longest: float, chances: list[float], answer: float) -> None:
    schedule = Schedule(timeout, longest)
    elapsed, polls = answer, 1
    while polls < 200 and (pause := schedule.pause(polls, elapsed, chances[polls % len(chances)])) is not None:
        assert 0 < pause <= longest
        assert elapsed + pause < timeout
        elapsed, polls = elapsed + pause + answer, polls + 1
    if polls < 200:
        assert elapsed > timeout - min(LAST_POLL, timeout / 4) - 1e-9 * timeout


@pytest.fixture
def running() -> Iterator[tuple[Emulator, str, str, str]]:
    with Emulator() as emulator:
        orbit = emulator.client()
        alice = orbit.users.create(external_id="a", display_name="A").id
        bob = orbit.users.create(external_id="b", display_name="B").id
        call = orbit.calls.initiate(callee_id=bob, type="voice", acting_user_id=alice).id
        orbit.calls.accept(call, acting_user_id=bob)
        yield emulator, alice, bob, call


def test_a_thread_ends_the_call_that_another_waits_for(running: tuple[Emulator, str, str, str]) -> None:
    emulator, alice, bob, call = running
    orbit = emulator.client()
    timer = threading.Timer(0.3, lambda: orbit.calls.end(call, acting_user_id=bob))
    timer.start()
    try:
        assert orbit.calls.wait_until_ended(call, timeout=60, acting_user_id=alice).ended_by_user_id == bob
    finally:
        timer.join()


async def test_tasks_wait_together_and_one_is_cancelled(running: tuple[Emulator, str, str, str]) -> None:
    emulator, alice, bob, call = running
    async with emulator.async_client() as orbit:
        waits = [
            asyncio.create_task(orbit.calls.wait_until_ended(call, timeout=60, acting_user_id=alice)) for _ in range(20)
        ]
        await asyncio.sleep(0.2)
        waits[0].cancel()
        await orbit.calls.end(call, acting_user_id=bob)
        results = await asyncio.gather(*waits, return_exceptions=True)
        assert isinstance(results[0], asyncio.CancelledError)
        assert {result.status for result in results[1:] if not isinstance(result, BaseException)} == {"ended"}
        assert len([result for result in results if isinstance(result, BaseException)]) == 1
        assert asyncio.all_tasks() == {asyncio.current_task()}
