"""What the stacks other than httpx must do, too: limits, deadlines, headers, secrets and closing."""

from __future__ import annotations

import asyncio
import base64
import gc
import gzip
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from orbitconnect import (
    AsyncOrbitServer,
    ConnectionFailedError,
    DeadlineExceededError,
    OrbitServerError,
    UnreadableResponseError,
)
from orbitconnect._http import limits
from orbitconnect._pipeline import body as body_module
from orbitconnect._pipeline.prepare import prepare
from orbitconnect_api import operations
from tests.base_url import BASE_PATH, base_url
from tests.http.stacks.conftest import FastSdk
from tests.pipeline.harness import KEY, KEYED, NEVER, SAFE, Step, answer, drip, hang_up, loopback, request_of

GOOD = answer()


@pytest.mark.parametrize("operation", [SAFE, NEVER, operations.GET_APP_USER, operations.DELETE_WEBHOOK])
@pytest.mark.parametrize("fault", [hang_up(), hang_up(b"HTTP/1.1 20")], ids=["closed", "half a status line"])
def test_the_stack_itself_retries_nothing(sdk: FastSdk, operation: Any, fault: Step) -> None:
    with loopback(GOOD, fault, GOOD) as server:
        client = sdk.client(max_retries=0)
        sdk.execute(client, request_of(operation))
        with pytest.raises(ConnectionFailedError, match="may have carried out the request"):
            sdk.execute(client, request_of(operation))
        assert len(server.seen) == 2
        assert sdk.execute(client, request_of(operation)) == {"id": "x"}
        sdk.close(client)


def test_a_second_response_to_one_request_is_dropped(sdk: FastSdk) -> None:
    with loopback(GOOD + answer(b'{"data":"not asked for"}'), GOOD) as server:
        client = sdk.client()
        for _ in range(2):
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 2


def stall(release: threading.Event) -> Step:
    return lambda connection: release.wait(5) and None


def slow_body(_: threading.Event) -> Step:
    def step(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        drip(b"x" * 100)(connection)  # type: ignore[operator]

    return step


PHASES: dict[str, Callable[[threading.Event], Step]] = {
    "silence": stall,
    "dripping head": lambda _: drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 100),
    "dripping body": slow_body,
}


@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
def test_the_deadline_holds_in_each_phase(sdk: FastSdk, phase: Callable[[threading.Event], Step]) -> None:
    release = threading.Event()
    with loopback(phase(release)) as server:
        client = sdk.client(timeout=0.3)
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError, match="may have carried out the request"):
            sdk.execute(client, request_of(NEVER))
        taken = time.monotonic() - began
        release.set()
        sdk.close(client)
        assert len(server.seen) == 1
    assert 0.29 < taken < 5


def test_the_deadline_holds_while_connecting(sdk: FastSdk) -> None:
    # The accept queue is full and nothing accepts, so the kernel does not respond to further connections.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        with base_url(f"http://127.0.0.1:{listener.getsockname()[1]}"):
            client = sdk.client(timeout=0.3)
            began = time.monotonic()
            with pytest.raises(DeadlineExceededError):
                sdk.execute(client, request_of(NEVER))
            assert 0.29 < time.monotonic() - began < 5
            sdk.close(client)
        for each in waiting:
            each.close()


def test_the_deadline_covers_the_wait_for_a_free_connection(sdk: FastSdk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CONNECTIONS", 1)
    release = threading.Event()
    with loopback(lambda connection: release.wait(5) and connection.sendall(GOOD)) as server:
        patient = sdk.client(timeout=10)
        impatient = patient.with_options(timeout=0.3)

        def second() -> Any:
            return impatient.raw.execute(request_of(NEVER))

        def first() -> Any:
            return patient.raw.execute(request_of(NEVER))

        timer = threading.Timer(0.6, release.set)
        timer.start()
        late, result = sdk.during(first, server.asked, second)
        timer.join()
        sdk.close(patient)
    assert result == {"id": "x"}
    assert isinstance(late, OrbitServerError)
    assert "No connection became free in time. The request was not sent." in str(late)
    assert len(server.seen) == 1


def test_the_sdk_decodes_responses_and_limits_their_size(sdk: FastSdk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_module.Body.__init__, "__defaults__", (1_000_000,))
    bomb = gzip.compress(b"\0" * 20_000_000 + os.urandom(5_000_000))
    with loopback(answer(bomb, "200 OK", "Content-Encoding: gzip"), GOOD) as server:
        client = sdk.client()
        with pytest.raises(UnreadableResponseError, match="larger than 1,000,000 bytes"):
            sdk.execute(client, request_of())
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 2, "the client does not wait for the rest of the response"


def test_a_response_in_an_encoding_that_was_not_accepted_is_unreadable(sdk: FastSdk) -> None:
    with loopback(answer(b"\x28\xb5\x2f\xfd", "200 OK", "Content-Encoding: zstd")) as server:
        client = sdk.client()
        with pytest.raises(UnreadableResponseError, match="not requested"):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert server.seen[0].headers["accept-encoding"] == "gzip, deflate"


def test_request_headers_arrive_unchanged(sdk: FastSdk) -> None:
    with loopback(GOOD) as server:
        client = sdk.client(signing_secret="shh").with_options(headers={"x-trace": "t"})
        sdk.execute(client, request_of(KEYED, query="q=a%27b%20c"))
        sdk.close(client)
        sent = server.seen[0]
    assert sent.target == f"{BASE_PATH}/conversations/cnv_1/messages?q=a%27b%20c"
    assert set(sent.headers) == {
        *("host", "user-agent", "accept", "accept-encoding", "content-type", "content-length", "x-trace"),
        *(operations.SECRET_KEY_HEADER, operations.ACTING_USER_HEADER),
        *(operations.SIGNATURE_HEADER, operations.TIMESTAMP_HEADER),
    }


def test_response_headers_are_in_lower_case_and_joined(sdk: FastSdk) -> None:
    raw = answer(GOOD, "429 Slow", "Retry-After: 7", "X-Many: a", "x-many: b", "X-Odd: caf\u00e9")
    with loopback(raw):
        client = sdk.client(max_retries=0)
        with pytest.raises(OrbitServerError) as caught:
            sdk.execute(client, request_of())
        adapter = client._connection._adapters[next(iter(client._connection._adapters))]
        prepared = prepare(request_of(), client._settings)
        outcome = sdk.run(adapter.send(prepared, None))
        sdk.close(client)
    assert caught.value.retry_after == 7
    assert outcome.headers["x-many"] == "a, b"


def test_secrets_appear_in_no_log_and_no_repr(sdk: FastSdk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)  # All loggers, including those of the libraries.
    with loopback(hang_up(), GOOD):
        client = sdk.client(signing_secret="signing-secret")
        sdk.execute(client, request_of(SAFE, body={"content": "words"}))
        adapter = next(iter(client._connection._adapters.values()))
        shown = "".join(repr(getattr(adapter, name)) for name in adapter.__slots__) + repr(adapter) + repr(client)
        sdk.close(client)
    logged = "".join(f"{record.getMessage()}{record.__dict__}" for record in caplog.records)
    assert "createAppUser" in logged, "the log contains lines to check"
    for secret in (KEY, "signing-secret", "words"):
        assert secret not in logged
        assert secret not in shown


def test_a_proxy_receives_its_password_but_not_the_secret_key(sdk: FastSdk, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"
    with loopback(hang_up(refusal)) as proxy, base_url("https://api.invalid"):
        address = proxy.url.removeprefix("http://").partition("/")[0]
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:s3same@{address}")
        client = sdk.client(max_retries=0)
        with pytest.raises(ConnectionFailedError, match="not sent") as caught:
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert (proxy.seen[0].method, proxy.seen[0].target) == ("CONNECT", "api.invalid:443")
    assert proxy.seen[0].headers["proxy-authorization"] == f"Basic {base64.b64encode(b'me:s3same').decode()}"
    assert KEY not in str(proxy.seen)
    assert "s3same" not in str(caught.value)


def test_closing_closes_idle_connections(sdk: FastSdk) -> None:
    gone = threading.Event()

    def step(connection: socket.socket) -> None:
        connection.sendall(GOOD)
        if not connection.recv(1):
            gone.set()

    with loopback(step):
        client = sdk.client()
        sdk.execute(client, request_of())
        sdk.close(client)
        assert gone.wait(5), "the idle connection is closed"
        with pytest.raises(RuntimeError, match="closed"):
            sdk.execute(client, request_of())


@pytest.mark.parametrize("sent_first", [0, GOOD.index(b"{") + 3], ids=["before the head", "in the body"])
def test_a_call_in_progress_ends_normally_after_close(sdk: FastSdk, sent_first: int) -> None:
    release, gone = threading.Event(), threading.Event()

    def step(connection: socket.socket) -> None:
        connection.sendall(GOOD[:sent_first])
        release.wait(5)
        connection.sendall(GOOD[sent_first:])
        if not connection.recv(1):
            gone.set()

    with loopback(step) as server:
        client = sdk.client(timeout=10)

        timer = threading.Timer(0.2, release.set)

        def close() -> Any:
            timer.start()
            time.sleep(0.1)
            return client.close() if sdk.kind == "sync" else client.aclose()

        _, result = sdk.during(lambda: client.raw.execute(request_of(NEVER)), server.asked, close)
        timer.join()
        assert result == {"id": "x"}
        assert gone.wait(5), "its connection is closed as well"


async def test_a_cancelled_call_gives_up_its_connection() -> None:
    gone = threading.Event()

    def step(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
        with suppress(OSError):
            connection.recv(1)
        gone.set()

    with loopback(GOOD, step, GOOD) as server:
        async with AsyncOrbitServer(KEY, transport="aiohttp") as client:
            await client.raw.execute(request_of(NEVER))
            server.asked.clear()
            call = asyncio.create_task(client.raw.execute(request_of(NEVER)))
            await asyncio.to_thread(server.asked.wait, 5)
            await asyncio.sleep(0.05)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert await asyncio.to_thread(gone.wait, 5), "the connection is closed instead of reused"
            assert await client.raw.execute(request_of(NEVER)) == {"id": "x"}
        assert [seen.connection for seen in server.seen] == [1, 1, 2]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # asyncio warns about unclosed sockets.
def test_each_event_loop_has_its_own_connections(caplog: pytest.LogCaptureFixture) -> None:
    with loopback(GOOD) as server:
        client = AsyncOrbitServer(KEY, transport="aiohttp")
        for _ in range(3):
            # The client is not closed in between. An event loop closes its connections when it ends.
            assert asyncio.run(client.raw.execute(request_of())) == {"id": "x"}
        asyncio.run(client.aclose())
        del client
        gc.collect()
        assert server.connections == 3
    assert not [record for record in caplog.records if record.name == "asyncio"]
