"""Many concurrent calls, and a server that is down. All views of a client share its connections and retry quota."""

from __future__ import annotations

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

from orbitconnect import ConnectionFailedError, DeadlineExceededError, OrbitServerError
from orbitconnect._pipeline.retry import QUOTA_CAPACITY, RETRY_COST
from tests.http.faults.harness import GOOD, FewConnections, reset
from tests.pipeline.harness import (
    NEVER,
    SAFE,
    LoopbackServer,
    Sdk,
    Step,
    answer,
    in_place_of_the_api,
    loopback,
    request_of,
)


def held(stopping: threading.Event) -> Step:
    """Respond when `stopping` is set."""

    def step(connection: socket.socket) -> None:
        stopping.wait(20)
        connection.sendall(GOOD)

    return step


def test_calls_share_connections_and_wait_for_a_free_one(sdk: Sdk, few_connections: FewConnections) -> None:
    few_connections(4)
    with loopback(GOOD) as server:
        client = sdk.client()
        assert sdk.execute_all(client, [request_of()] * 60) == [{"id": "x"}] * 60
        sdk.close(client)
    assert len(server.seen) == 60
    assert server.connections <= 4


def test_the_error_says_that_no_connection_became_free(sdk: Sdk, few_connections: FewConnections) -> None:
    few_connections(1)
    stopping = threading.Event()
    with loopback(held(stopping)) as server:
        client = sdk.client(timeout=20, real_time=True)
        impatient = client.with_options(timeout=0.1)

        def second() -> object:
            server.asked.wait(10)
            return sdk.execute_anyhow(impatient, request_of(NEVER))

        async def second_task() -> object:
            await asyncio.to_thread(server.asked.wait, 10)
            try:
                return await impatient.raw.execute(request_of(NEVER))
            except OrbitServerError as error:
                return error

        async def both() -> object:
            first = asyncio.create_task(client.raw.execute(request_of(NEVER)))
            error = await second_task()
            stopping.set()
            assert await first == {"id": "x"}
            return error

        if sdk.kind == "async":
            error = sdk.run(both())
        else:
            # Both calls run outside the main thread, which may have its own connections.
            with ThreadPoolExecutor(2) as threads:
                first = threads.submit(sdk.execute, client, request_of(NEVER))
                error = threads.submit(second).result()
                stopping.set()
                assert first.result() == {"id": "x"}
        sdk.close(client)
    assert isinstance(error, DeadlineExceededError)
    assert "No connection became free" in str(error)
    assert "not sent" in str(error)
    assert len(server.seen) == 1


CALLS, VIEWS = 200, 5
RETRIES = QUOTA_CAPACITY // RETRY_COST


def views_of(client: object) -> list[object]:
    views = [client]
    for number in range(1, VIEWS):
        views.append(views[-1].as_user(f"usr_{number}").with_options(timeout=20 + number))  # type: ignore[attr-defined]
    return views


def test_a_dead_server_gets_little_more_than_one_request_a_call(sdk: Sdk) -> None:
    with loopback(answer(b"", "503 Service Unavailable")) as server:
        views = views_of(sdk.client())
        seen = []
        for number in range(CALLS):
            error = sdk.execute_anyhow(views[number % VIEWS], request_of(SAFE))
            assert isinstance(error, OrbitServerError)
            seen.append(len(server.seen))
        sdk.close(views[0])
    # Each call is retried twice until the quota is used up. Later calls are not retried.
    assert seen[-1] == CALLS + RETRIES == 300
    assert seen[RETRIES // 2 - 1] == 3 * RETRIES // 2
    assert seen[-1] - seen[RETRIES // 2 - 1] == CALLS - RETRIES // 2


def test_successes_restore_the_retry_quota(sdk: Sdk) -> None:
    down = [answer(b"", "503 Service Unavailable")] * (CALLS + RETRIES)
    with loopback(*down, *[GOOD] * RETRY_COST, answer(b"", "503 Service Unavailable"), GOOD) as server:
        client = sdk.client()
        for _ in range(CALLS):
            assert isinstance(sdk.execute_anyhow(client, request_of(SAFE)), OrbitServerError)
        # Each success returns a fifth of a retry's cost to the quota.
        for _ in range(RETRY_COST):
            assert sdk.execute(client, request_of(SAFE)) == {"id": "x"}
        assert sdk.execute(client, request_of(SAFE)) == {"id": "x"}
        sdk.close(client)
    assert len(server.seen) == CALLS + RETRIES + RETRY_COST + 2


def test_concurrent_calls_share_the_retry_quota(sdk: Sdk) -> None:
    with loopback(reset) as server:
        client = sdk.client(timeout=None)
        results = sdk.execute_all(client, [request_of(SAFE)] * CALLS)
        sdk.close(client)
    assert all(isinstance(result, ConnectionFailedError) for result in results)
    assert len(server.seen) == CALLS + RETRIES


def test_calls_that_are_refused_use_the_retry_quota(sdk: Sdk) -> None:
    with in_place_of_the_api(LoopbackServer(GOOD)):
        client = sdk.client()
        errors = [sdk.execute_anyhow(client, request_of(NEVER)) for _ in range(CALLS)]
        sdk.close(client)
    assert sum(error.attempts for error in errors) == CALLS + RETRIES
    assert {error.attempts for error in errors[RETRIES // 2 :]} == {1}
