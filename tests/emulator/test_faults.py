"""Scripted faults without a network: the exceptions that httpx raises, the client's behavior, and state changes."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, ClassVar

import httpx
import pytest

from orbitconnect import (
    ConnectionFailedError,
    DeadlineExceededError,
    NotFoundError,
    OrbitServer,
    RateLimitError,
    ServerError,
    UnreadableResponseError,
)
from orbitconnect.emulator import (
    Drip,
    Emulator,
    Fault,
    Garbage,
    Latency,
    ManualClock,
    Reset,
    RunningClock,
    Stall,
    Status,
    Truncate,
)
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api import operations
from orbitconnect_api.models.conversation import Conversation
from orbitconnect_api.operations import BASE_URL, SECRET_KEY_HEADER
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import Wire

HEADERS = {SECRET_KEY_HEADER: "sk_test_x"}
LIST = f"{BASE_URL}/app-users"


@pytest.fixture
def trying(emulator: CheckedEmulator) -> OrbitServer:
    """A client that retries."""
    return emulator.client(max_retries=2)


class TestRetries:
    @pytest.mark.parametrize(
        "fault",
        [
            Reset(),
            Reset(when="after"),
            Status(503),
            Status(502, body="<html>Bad gateway</html>"),
            Status(429, headers={"Retry-After": "1"}),
            Truncate(10),
            Garbage(),
        ],
        ids=repr,
    )
    def test_a_safe_operation_is_retried(
        self, emulator: CheckedEmulator, trying: OrbitServer, alice: str, fault: Fault
    ) -> None:
        emulator.faults.add(fault, operation="getAppUser", times=2)
        assert trying.users.get(alice).display_name == "Alice"
        assert [entry.fault for entry in emulator.journal.find(operation="getAppUser")] == [fault, fault, None]
        emulator.faults.check_used()

    async def test_an_async_client_retries(self, emulator: CheckedEmulator, alice: str) -> None:
        async with emulator.async_client(max_retries=3) as client:
            for fault in (Reset(), Garbage(), Truncate(3)):
                emulator.faults.add(fault, operation=operations.GET_APP_USER)
            assert (await client.users.get(alice)).display_name == "Alice"
        emulator.faults.check_used()

    def test_an_operation_that_must_not_be_repeated_raises(
        self, emulator: CheckedEmulator, trying: OrbitServer, alice: str, bob: str
    ) -> None:
        me = trying.as_user(alice)
        for when in ("before", "after"):
            emulator.faults.add(Reset(when=when), operation="createConversation")
        for done in (0, 1):
            with pytest.raises(ConnectionFailedError) as caught:
                me.conversations.create(type="group", participant_ids=[bob])
            assert caught.value.attempts == 1
            assert len(me.conversations.list()) == done

    @pytest.mark.parametrize("fault", [Reset(when="after"), Garbage(), Truncate(0), Truncate(40)], ids=repr)
    def test_a_message_is_sent_once(
        self, emulator: CheckedEmulator, trying: OrbitServer, alice: str, direct: Conversation, fault: Fault
    ) -> None:
        me = trying.as_user(alice)
        emulator.faults.add(fault, operation="sendMessage")
        sent = me.messages.send(conversation_id=direct.id, content="Hi")
        assert [message.id for message in me.messages.list(direct.id)] == [sent.id]
        first, second = emulator.journal.find(operation="sendMessage")
        assert first.request_body == second.request_body
        assert first.response_body == second.response_body

    def test_the_last_retry_fails(self, emulator: CheckedEmulator, trying: OrbitServer, alice: str) -> None:
        emulator.faults.add(Status(503), times=3)
        with pytest.raises(ServerError) as caught:
            trying.users.get(alice)
        assert (caught.value.status, caught.value.code, caught.value.attempts) == (503, "scripted_fault", 3)
        emulator.faults.add(Status(429, headers={"retry-after": "3600"}))
        with pytest.raises(RateLimitError) as limited:
            trying.users.get(alice)
        assert (limited.value.retry_after, limited.value.attempts) == (3600, 1)


class TestErrorsOfTheFacade:
    def test_faults_that_retries_cannot_repair(self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str) -> None:
        raised: dict[Fault, type[Exception]] = {
            Reset(): ConnectionFailedError,
            Garbage(): ConnectionFailedError,
            Stall(): DeadlineExceededError,
            Stall(when="after"): DeadlineExceededError,
            Latency(31): DeadlineExceededError,
            Drip(1, 1): DeadlineExceededError,
            Truncate(10): UnreadableResponseError,
            Status(200, body="<html>"): UnreadableResponseError,
            Status(404): NotFoundError,
        }
        for fault, error in raised.items():
            emulator.faults.add(fault)
            with pytest.raises(error):
                orbit.users.get(alice)
        emulator.faults.check_used()

    def test_skipped_waits_count_for_the_deadline(
        self, emulator: CheckedEmulator, alice: str, clock: ManualClock
    ) -> None:
        before = clock.now()
        client = emulator.client(timeout=10, max_retries=5)
        emulator.faults.add(Latency(4))
        assert client.users.get(alice).id == alice
        emulator.faults.add(Status(503, headers={"retry-after": "4"}), times=3)
        with pytest.raises(ServerError) as caught:
            client.users.get(alice)
        # Two waits fit into ten seconds, but three do not.
        assert caught.value.attempts == 3
        emulator.faults.clear()
        # The next call has its own time limit, which starts anew.
        assert client.users.get(alice).id == alice
        assert clock.now() == before

    async def test_skipped_waits_in_an_event_loop(self, emulator: CheckedEmulator, alice: str) -> None:
        async with emulator.async_client(timeout=10, max_retries=5) as client:
            emulator.faults.add(Status(503, headers={"retry-after": "4"}), times=3)
            with pytest.raises(ServerError) as caught:
                await client.users.get(alice)
            assert caught.value.attempts == 3
            emulator.faults.clear()
            for fault in (Latency(3), Drip(10, 0.001)):
                emulator.faults.add(fault)
                assert (await client.users.get(alice)).id == alice
            emulator.faults.add(Latency(11))
            with pytest.raises(DeadlineExceededError):
                await client.users.get(alice)

    def test_a_user_is_created_though_the_response_is_lost(self, emulator: CheckedEmulator, orbit: OrbitServer) -> None:
        emulator.faults.add(Stall(when="after"), operation="createAppUser")
        with pytest.raises(DeadlineExceededError):
            orbit.users.create(external_id="ada", display_name="Ada")
        assert orbit.users.get_by_external_id("ada").display_name == "Ada"


class TestWhatHttpxRaises:
    """The exceptions are the same as over a real connection."""

    CASES: ClassVar[dict[str, tuple[Fault, list[bytes]]]] = {
        "reset": (Reset(), [b"reset"]),
        "garbage": (Garbage(), [b"\x16\x03 garbage\r\n\r\n", b"close"]),
        "truncated": (Truncate(5), [b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n", b"12345", b"close"]),
        "no response": (Truncate(5), [b"close"]),
        "stalled": (Stall(), [b"wait"]),
        "late": (Latency(1), [b"wait"]),
        "dripping": (Drip(1, 1), [b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n", b"1", b"wait"]),
    }

    @pytest.mark.parametrize("name", CASES)
    async def test_real_and_in_process_exceptions_are_equal(self, name: str) -> None:
        fault, script = self.CASES[name]
        with Emulator(clock=ManualClock()) as emulator, real(script) as url:
            emulator.faults.add(fault, times=2)
            # A response to HEAD has no body that could be truncated.
            method = "HEAD" if name == "no response" else "GET"
            with httpx.Client(transport=emulator.transport, timeout=0.05) as client:
                played = raised(lambda: client.request(method, LIST, headers=HEADERS))
            with httpx.Client(timeout=0.05) as client:
                happened = raised(lambda: client.get(url))
            assert type(played) is type(happened)
            assert played.request.url == LIST
            if isinstance(happened, (httpx.ReadTimeout, httpx.ReadError)) or name in ("truncated", "no response"):
                assert str(played) == str(happened)
            async with httpx.AsyncClient(transport=emulator.async_transport, timeout=0.05) as async_client:
                with pytest.raises(type(happened)):
                    await async_client.request(method, LIST, headers=HEADERS)
            emulator.faults.check_used()


def raised(call: Any) -> httpx.TransportError:
    with pytest.raises(httpx.TransportError) as caught:
        call()
    return caught.value


@contextmanager
def real(script: list[bytes]) -> Iterator[str]:
    """A server that accepts one request and follows the script."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                for part in script:
                    if part == b"reset":
                        # With a linger time of 0, closing resets the connection.
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    elif part == b"wait":
                        ended.wait(10)
                    elif part != b"close":
                        connection.sendall(part)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            ended.set()
            thread.join()


class TestRealTime:
    def test_a_running_clock_waits(self) -> None:
        waited: list[float] = []
        with pytest.MonkeyPatch.context() as patch, Emulator() as emulator, emulator.client() as orbit:
            patch.setattr("time.sleep", waited.append)
            emulator.faults.add(Latency(0.25))
            assert orbit.users.list() == []
            emulator.faults.add(Drip(5, 0.1))
            assert orbit.users.list() == []
            with httpx.Client(transport=emulator.transport, timeout=2) as http:
                emulator.faults.add(Latency(3))
                raised(lambda: http.get(LIST, headers=HEADERS))
        # {"data":[]} has 11 bytes.
        assert waited == [0.25, 0.1, 0.1, 2]

    async def test_the_event_loop_is_not_blocked(self) -> None:
        with Emulator(clock=RunningClock()) as emulator:
            emulator.faults.add(Latency(30))
            async with httpx.AsyncClient(transport=emulator.async_transport, timeout=None) as http:
                late = asyncio.create_task(http.get(LIST, headers=HEADERS))
                await asyncio.sleep(0)
                assert (await http.get(LIST, headers=HEADERS)).status_code == 200
                assert not late.done()
                late.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await late


class TestPlan:
    def test_occurrences(self, emulator: CheckedEmulator, wire: Wire) -> None:
        emulator.faults.add(Status(500), operation="listAppUsers", nth=2, times=2)
        emulator.faults.add(Status(418), operation="listAppUsers", nth=5)
        assert [wire("GET", "/app-users").status_code for _ in range(6)] == [200, 500, 500, 200, 418, 200]

    def test_faults_apply_in_order(self, emulator: CheckedEmulator, wire: Wire) -> None:
        emulator.faults.add(Status(500))
        emulator.faults.add(Status(502), operation="listAppUsers")
        assert [wire("GET", "/app-users").status_code for _ in range(3)] == [500, 502, 200]

    def test_operations(self, emulator: CheckedEmulator, wire: Wire) -> None:
        emulator.faults.add(Status(500), operation=operations.CREATE_APP_USER)
        emulator.faults.add(Status(503), operation="/messages/")
        assert wire("GET", "/app-users").status_code == 200
        assert wire("GET", "/messages/msg_1").status_code == 503
        assert wire("POST", "/app-users", json={"external_id": "a", "display_name": "A"}).status_code == 500
        assert wire("GET", "/app-users").json()["data"] == []

    def test_scripted_responses(self, emulator: CheckedEmulator, wire: Wire) -> None:
        responses = [
            (Status(503), {"message": "A test scripted this response.", "code": "scripted_fault"}),
            (Status(400, body={"message": "No."}, headers={"X-Own": "1"}), {"message": "No."}),
            (Status(500, body=[]), []),
        ]
        for fault, body in responses:
            emulator.faults.add(fault)
            response = wire("GET", "/app-users")
            assert (response.status_code, response.json()) == (fault.status, body)
            assert response.headers[RULE_HEADER] == "scripted-fault; inferred"
            assert response.headers.get("x-own") == ("1" if fault.headers else None)
        for content in ("<html>", b"<html>"):
            emulator.faults.add(Status(502, body=content, headers={"content-type": "text/html"}))
            response = wire("GET", "/app-users")
            assert (response.text, response.headers["content-type"]) == ("<html>", "text/html")
        emulator.faults.add(Status(204))
        assert wire("GET", "/app-users").content == b""

    def test_unused_faults(self, emulator: CheckedEmulator, wire: Wire) -> None:
        emulator.faults.check_used()
        used = emulator.faults.add(Reset())
        late = emulator.faults.add(Status(503), operation="listAppUsers", nth=3)
        other = emulator.faults.add(Stall(), operation="sendMessage")
        with pytest.raises(httpx.ReadError):
            wire("GET", "/app-users")
        wire("GET", "/app-users")
        assert (used.fired, late.seen) == (1, 2)
        assert emulator.faults.unused() == [late, other]
        with pytest.raises(AssertionError) as caught:
            emulator.faults.check_used()
        assert str(caught.value) == (
            "These faults were scripted but never applied: Status(status=503, body=None, headers=None) for listAppUsers"
            " from request 3 on (2 matching requests); Stall(when='before') for sendMessage (0 matching requests)."
        )
        assert emulator.faults.scripted == [used, late, other]
        emulator.faults.clear()
        emulator.faults.check_used()
        assert wire("GET", "/app-users").status_code == 200

    def test_invalid_arguments(self, emulator: CheckedEmulator) -> None:
        with pytest.raises(ValueError, match="Did you mean 'sendMessage'"):
            emulator.faults.add(Reset(), operation="sendMesage")
        for numbers in ({"nth": 0}, {"times": 0}):
            with pytest.raises(ValueError, match="1 or more"):
                emulator.faults.add(Reset(), **numbers)
        wrong: list[Any] = [
            lambda: Status(700),
            lambda: Latency(-1),
            lambda: Reset(when="never"),  # type: ignore[arg-type]
            lambda: Drip(0, 1),
            lambda: Truncate(-1),
        ]
        for make in wrong:
            with pytest.raises(ValueError):  # noqa: PT011
                make()
        assert emulator.faults.scripted == []

    def test_one_fault_for_each_request(self, emulator: CheckedEmulator) -> None:
        emulator.faults.add(Status(503), times=50)
        http = httpx.Client(transport=emulator.transport, headers=HEADERS)
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda _: http.get(LIST).status_code, range(100)))
        assert statuses.count(503) == 50
