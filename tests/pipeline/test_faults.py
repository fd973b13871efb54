"""What a network and a broken server can do, on real sockets and through the default transports."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from orbitconnect import (
    AsyncOrbitServer,
    ConnectionFailedError,
    DeadlineExceededError,
    OrbitServer,
    OrbitServerError,
    ServerError,
    UnreadableResponseError,
)
from orbitconnect._async import pool as async_pool
from orbitconnect._pipeline import body as body_module
from orbitconnect._sync import pool as sync_pool
from orbitconnect_api import operations
from tests.pipeline.harness import KEY, KEYED, NEVER, SAFE, Sdk, Step, answer, drip, hang_up, loopback, request_of

GOOD = answer()


def reset(connection: socket.socket) -> None:
    """Ends a connection with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def test_keep_alive_reuses_one_connection(sdk: Sdk) -> None:
    with loopback(GOOD) as server:
        client = sdk.client()
        for _ in range(5):
            assert sdk.execute(client, request_of()) == {"id": "x"}
        assert [seen.connection for seen in server.seen] == [1] * 5
        sdk.close(client)


def test_what_is_sent(sdk: Sdk) -> None:
    with loopback(GOOD) as server:
        client = sdk.client(signing_secret="shh").with_options(headers={"x-trace": "t"})
        sdk.execute(client, request_of(KEYED, query="a=%2F"))
        sdk.execute(client, request_of(operations.GET_APP_USER))
        sdk.close(client)
    post, get = server.seen
    assert (post.method, post.target) == ("POST", "/api/v1/conversations/cnv_1/messages?a=%2F")
    assert post.headers[operations.SECRET_KEY_HEADER] == KEY
    assert post.headers[operations.ACTING_USER_HEADER] == "usr_1"
    assert post.headers["x-trace"] == "t"
    assert post.headers["accept-encoding"] == "gzip, deflate"
    assert int(post.headers["content-length"]) == len(post.body)
    assert (get.method, get.body) == ("GET", b"")
    assert "content-length" not in get.headers
    assert operations.SIGNATURE_HEADER in get.headers


def test_refused(sdk: Sdk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with loopback(GOOD):
        operations.BASE_URL = f"http://127.0.0.1:{port}"  # type: ignore[misc]
        client = sdk.client()
        with pytest.raises(ConnectionFailedError, match=r"Errno 111.*not sent.*3 attempts"):
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)


BREAKS = {
    "closed": hang_up(),
    "reset": reset,
    "half a status line": hang_up(b"HTTP/1.1 20"),
    "half the headers": hang_up(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "garbage": hang_up(b"\x16\x03\x01\x02\x00\x01\x00"),
    "two lengths": hang_up(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
}


@pytest.mark.parametrize("fault", BREAKS.values(), ids=BREAKS)
def test_breaks_before_an_answer(sdk: Sdk, fault: Step) -> None:
    for operation in (SAFE, KEYED):
        with loopback(fault, GOOD) as server:
            client = sdk.client()
            assert sdk.execute(client, request_of(operation)) == {"id": "x"}
            sdk.close(client)
        assert len({seen.body for seen in server.seen}) == 1
    with loopback(fault, GOOD) as server:
        client = sdk.client()
        with pytest.raises(ConnectionFailedError, match="may have carried the request out"):
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "cut",
    [
        hang_up(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"data":'),
        hang_up(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"data":\r\n'),
    ],
    ids=["by length", "chunked"],
)
def test_truncated_body(sdk: Sdk, cut: Step) -> None:
    with loopback(cut, GOOD) as server:
        client = sdk.client()
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    with loopback(cut) as server:
        client = sdk.client()
        with pytest.raises(UnreadableResponseError, match="breaks off") as caught:
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert (caught.value.status, caught.value.body) == (200, '{"data":')
    assert len(server.seen) == 1


UNREADABLE = {
    "html": answer(b"<html>Sign in to the wifi"),
    "nothing": answer(b""),
    "no length": hang_up(b"HTTP/1.1 200 OK\r\n\r\n"),
    "broken gzip": answer(b"\x1f\x8bnot gzip", "200 OK", "Content-Encoding: gzip"),
    "brotli": answer(b"\x00\x01", "200 OK", "Content-Encoding: br"),
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_success_that_cannot_be_read_is_not_asked_for_again(sdk: Sdk, raw: Step) -> None:
    with loopback(raw) as server:
        client = sdk.client()
        with pytest.raises(UnreadableResponseError):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert len(server.seen) == 1


READABLE = {
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'8\r\n{"data":\r\na\r\n{"id":"x"}\r\n1\r\n}\r\n0\r\n\r\n',
    "gzip": answer(gzip.compress(b'{"data":{"id":"x"}}'), "200 OK", "Content-Encoding: gzip"),
    "until close": hang_up(b'HTTP/1.0 200 OK\r\n\r\n{"data":{"id":"x"}}'),
    "early hints": b"HTTP/1.1 103 Early Hints\r\n\r\n" + GOOD,
    "latin-1 header": answer(b'{"data":{"id":"x"}}', "200 OK", "X-Odd: caf\u00e9"),
}


@pytest.mark.parametrize("raw", READABLE.values(), ids=READABLE)
def test_forms_of_an_answer(sdk: Sdk, raw: Step) -> None:
    with loopback(raw) as server:
        client = sdk.client()
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "attempts"),
    [("502 Bad Gateway", 3), ("520 Unknown", 3), ("460 Odd", 1), ("501 Not Implemented", 1), ("404 Not Found", 1)],
)
def test_html_errors(sdk: Sdk, status: str, attempts: int) -> None:
    with loopback(answer(b"<html><h1>nginx</h1>", status)) as server:
        client = sdk.client()
        with pytest.raises(OrbitServerError, match="no JSON") as caught:
            sdk.execute(client, request_of())
        with pytest.raises(OrbitServerError):
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert caught.value.status == int(status[:3])
    assert caught.value.body == "<html><h1>nginx</h1>"
    assert len(server.seen) == attempts + 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_redirects_are_not_followed(sdk: Sdk, status: str) -> None:
    with loopback(GOOD) as elsewhere, loopback(answer(b"", status, f"Location: {elsewhere.url}")) as server:
        client = sdk.client()
        for operation in (SAFE, operations.GET_APP_USER):
            with pytest.raises(OrbitServerError, match="redirects are not followed"):
                sdk.execute(client, request_of(operation))
        sdk.close(client)
        assert len(server.seen) == 2
        assert not elsewhere.seen


def test_no_cookies_are_kept(sdk: Sdk) -> None:
    with loopback(answer(b'{"data":1}', "200 OK", "Set-Cookie: a=b")) as server:
        client = sdk.client()
        for _ in range(2):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert "cookie" not in server.seen[1].headers


def test_gzip_bomb_is_capped(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_module.Body.__init__, "__defaults__", (1_000_000,))
    bomb = answer(gzip.compress(b"\0" * 50_000_000), "200 OK", "Content-Encoding: gzip")
    with loopback(bomb, GOOD) as server:
        client = sdk.client()
        with pytest.raises(UnreadableResponseError, match="larger than 1,000,000 bytes"):
            sdk.execute(client, request_of())
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 2, "the rest of such an answer is not waited for"


def test_server_that_closes_idle_connections(sdk: Sdk) -> None:
    with loopback(hang_up(GOOD), GOOD) as server:
        client = sdk.client()
        sdk.execute(client, request_of(NEVER))
        time.sleep(0.05)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 2


HEADERS = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
SLOW: dict[str, Callable[[threading.Event], Step]] = {
    "silence": lambda stopping: lambda connection: stopping.wait(5) and None,
    "dripping headers": lambda stopping: drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 100),
    "dripping body": lambda stopping: lambda connection: (connection.sendall(HEADERS), drip(b"x" * 100)(connection))[1],
    "silence in the body": lambda stopping: lambda connection: (connection.sendall(HEADERS), stopping.wait(5))[0],
    "a late byte": lambda stopping: (
        lambda connection: (
            connection.sendall(HEADERS),
            time.sleep(0.2),
            connection.sendall(b"x"),
            stopping.wait(5),
        )[0]
    ),
}


@pytest.mark.parametrize("fault", SLOW.values(), ids=SLOW)
def test_deadline_holds_whatever_the_server_does(sdk: Sdk, fault: Any) -> None:
    stopping = threading.Event()
    with loopback(fault(stopping)) as server:
        client = sdk.client(timeout=0.3, real_time=True)
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError, match=r"0\.3 s"):
            sdk.execute(client, request_of())
        took = time.monotonic() - began
        stopping.set()
        sdk.close(client)
    assert 0.29 < took < 0.5
    assert len(server.seen) == 1


def test_slow_answer_within_the_deadline(sdk: Sdk) -> None:
    with loopback(drip(answer(b'{"data":1}'), 0.002)):
        client = sdk.client(timeout=5, real_time=True)
        assert sdk.execute(client, request_of()) == 1
        sdk.close(client)


def test_server_error_is_over_when_the_server_is_back(sdk: Sdk) -> None:
    with loopback(answer(b"", "503 Service Unavailable", "Retry-After: 1"), answer(b"[]", "500 Oops"), GOOD) as server:
        client = sdk.client()
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 1
    assert sdk.clock.slept == [1.0, 1.0]


# Many at once.


def held(stopping: threading.Event) -> Step:
    """Answers when it is told to."""

    def step(connection: socket.socket) -> None:
        stopping.wait(5)
        connection.sendall(GOOD)

    return step


def test_threads_share_a_client_and_wait_for_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_pool, "MAX_CONNECTIONS", 4)
    with loopback(GOOD) as server, OrbitServer(KEY) as client:
        results: list[Any] = []
        work = [
            threading.Thread(target=lambda: results.extend(client.raw.execute(request_of()) for _ in range(10)))
            for _ in range(12)
        ]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
        assert len(results) == 120
        assert server.connections <= 4


def test_thread_that_gets_no_connection_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_pool, "MAX_CONNECTIONS", 1)
    stopping = threading.Event()
    with loopback(held(stopping)) as server, OrbitServer(KEY, timeout=5) as client:
        first = threading.Thread(target=lambda: client.raw.execute(request_of()))
        first.start()
        server.asked.wait(5)
        with pytest.raises(DeadlineExceededError, match="No connection became free"):
            client.with_options(timeout=0.05).raw.execute(request_of(NEVER))
        stopping.set()
        first.join()


async def test_tasks_share_a_client_and_wait_for_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(async_pool, "MAX_CONNECTIONS", 4)
    with loopback(GOOD) as server:
        async with AsyncOrbitServer(KEY) as client:
            results = await asyncio.gather(*(client.raw.execute(request_of()) for _ in range(60)))
        assert results == [{"id": "x"}] * 60
        assert server.connections <= 4


async def test_task_that_gets_no_connection_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(async_pool, "MAX_CONNECTIONS", 1)
    stopping = threading.Event()
    with loopback(held(stopping)) as server:
        async with AsyncOrbitServer(KEY, timeout=5) as client:
            first = asyncio.create_task(client.raw.execute(request_of()))
            await asyncio.to_thread(server.asked.wait, 5)
            with pytest.raises(DeadlineExceededError, match="No connection became free"):
                await client.with_options(timeout=0.05).raw.execute(request_of(NEVER))
            stopping.set()
            await first


async def test_cancelled_calls_leave_the_pool_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(async_pool, "MAX_CONNECTIONS", 2)
    stopping = threading.Event()
    with loopback(held(stopping)) as server:
        async with AsyncOrbitServer(KEY, timeout=5) as client:
            for _ in range(3):
                tasks = [asyncio.create_task(client.raw.execute(request_of())) for _ in range(5)]
                await asyncio.sleep(0.02)
                for task in tasks:
                    task.cancel()
                ended = await asyncio.gather(*tasks, return_exceptions=True)
                assert all(isinstance(end, asyncio.CancelledError) for end in ended)
            stopping.set()
            assert await client.raw.execute(request_of()) == {"id": "x"}
        assert server.seen


async def test_cancelled_backoff_leaves_nothing_running() -> None:
    with loopback(answer(b"", "503 Service Unavailable", "Retry-After: 30")) as server:
        async with AsyncOrbitServer(KEY, timeout=60) as client:
            task = asyncio.create_task(client.raw.execute(request_of()))
            await asyncio.to_thread(server.asked.wait, 5)
            await asyncio.sleep(0.02)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert asyncio.all_tasks() == {asyncio.current_task()}
    assert len(server.seen) == 1


def test_client_outlives_an_event_loop() -> None:
    with loopback(GOOD) as server:
        client = AsyncOrbitServer(KEY)

        async def call(close: bool = False) -> Any:
            result = await client.raw.execute(request_of())
            if close:
                await client.aclose()
            else:
                # So that the first loop leaves no open socket behind, which Python would complain of.
                await client._connection._adapter().aclose()
            return result

        assert asyncio.run(call()) == asyncio.run(call(close=True)) == {"id": "x"}
    assert server.connections == 2


def test_breaking_server_gives_its_last_error_at_the_deadline(sdk: Sdk) -> None:
    with loopback(answer(b"", "500 Oops")):
        client = sdk.client(timeout=0.01, real_time=True)
        with pytest.raises((ServerError, DeadlineExceededError)):
            sdk.execute(client, request_of())
        sdk.close(client)
