"""Error trackers, logs and the emulator's journal never see the key, the signing secret or a signature."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import ssl
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import trustme

from orbitconnect import AsyncOrbitServer, OrbitServer, OrbitServerError
from orbitconnect._http import tls
from orbitconnect._pipeline.prepare import prepare
from orbitconnect.emulator import Emulator
from orbitconnect_api import operations
from tests.base_url import base_url
from tests.pipeline.harness import NEVER, LoopbackServer, Sdk, Step, answer, hang_up, loopback, request_of
from tests.transports import ASYNC, SYNC, is_installed

KEY = "sk_test_neverseen4f1c9d"
SIGNING_SECRET = "signing-neverseen-0e2b7a"

FAULTS: dict[str, Step] = {
    "status 401": answer(b'{"message":"No"}', "401 Unauthorized"),
    "status 500": answer(b"<html>", "500 Oops"),
    "no JSON": answer(b"<html>"),
    "another form": answer(b"[]"),
    "no HTTP": b"220 mail.example ESMTP\r\n\r\n",
    "hangs up": hang_up(),
    "breaks off": hang_up(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
    "another coding": answer(b"x", "200 OK", "Content-Encoding: br"),
    "never answers": lambda connection: connection.settimeout(2) or connection.recv(1),
    "stops in the middle": lambda connection: (
        (connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{") or connection.settimeout(2))
        or connection.recv(1)
    ),
}


@pytest.fixture(params=["sync", "async"])
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    driven = Sdk(request.param)
    yield driven
    driven.finish()


def forbidden(server: LoopbackServer | None) -> list[str]:
    """The strings that must not appear, including the signatures that the server received."""
    seen = [] if server is None else [one.headers.get(operations.SIGNATURE_HEADER, "") for one in server.seen]
    return [KEY, SIGNING_SECRET, *filter(None, seen)]


def chain(error: BaseException) -> list[BaseException]:
    """The error, its causes and its contexts."""
    found: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is not None and one not in found:
            found.append(one)
            left += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]
    return found


def rendered(error: BaseException) -> str:
    """Everything that an error tracker could send: all local variables of all frames, with their attributes."""
    texts: list[str] = []
    for one in chain(error):
        texts += map(shown, (one, str(one), one.args, vars(one)))
        for frame, line in traceback.walk_tb(one.__traceback__):
            if frame.f_globals["__name__"].startswith("tests."):
                continue  # The variables of the test itself.
            place = f"{frame.f_globals['__name__']}:{line}"
            for name, value in frame.f_locals.items():
                texts.append(f"{place} {name} = {shown(value)}")
                texts += [f"{place} {name}.{part} = {shown(it)}" for part, it in attributes(value).items()]
    return "\n".join(texts)


def shown(value: object) -> str:
    try:
        return repr(value)
    except AttributeError:  # The object is only partly initialised.
        return ""


def attributes(value: object) -> dict[str, object]:
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    return {**{name: getattr(value, name, None) for name in slots}, **getattr(value, "__dict__", {})}


def check(error: BaseException, server: LoopbackServer | None = None) -> None:
    text = rendered(error)
    for secret in forbidden(server):
        lines = [line[:300] for line in text.splitlines() if secret in line]
        assert not lines


def secretive(sdk: Sdk, **options: Any) -> Any:
    return sdk.client(KEY, signing_secret=SIGNING_SECRET, max_retries=0, real_time=True, **options)


@pytest.mark.parametrize("code", ["headers = KEY", "headers = [('x-api-key', KEY)]", "headers = Holder(KEY)"])
def test_the_search_finds_a_secret(code: str) -> None:
    scope: dict[str, Any] = {"__name__": "orbitconnect.made_up", "KEY": KEY, "Holder": Secretless}
    exec(f"def leak():\n    {code}\n    raise ZeroDivisionError", scope)
    with pytest.raises(ZeroDivisionError) as caught:
        scope["leak"]()
    with pytest.raises(AssertionError):
        check(caught.value)


class Secretless:
    def __init__(self, value: str) -> None:
        self.value = value


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_error_of_a_call_shows_a_secret(sdk: Sdk, fault: Step) -> None:
    with loopback(fault) as server:
        client = secretive(sdk, timeout=0.5)
        with pytest.raises(OrbitServerError) as caught:
            sdk.execute(client, request_of())
        sdk.close(client)
        assert server.seen[0].headers[operations.SIGNATURE_HEADER]
        check(caught.value, server)


def test_no_error_of_a_failed_connection_shows_a_secret(sdk: Sdk) -> None:
    with base_url("http://127.0.0.1:1"), pytest.raises(OrbitServerError) as caught:
        sdk.execute(secretive(sdk), request_of())
    check(caught.value)


def test_no_error_of_a_certificate_shows_a_secret(sdk: Sdk) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    tls._make_context.cache_clear()
    with loopback(answer(), tls=context), pytest.raises(OrbitServerError, match="CERTIFICATE") as caught:
        sdk.execute(secretive(sdk), request_of())
    tls._make_context.cache_clear()
    check(caught.value)


WRONG: dict[str, Callable[[Any], Any]] = {
    "no actor": lambda client: client.raw.execute(request_of(NEVER, acting_user_id=None)),
    "actor": lambda client: client.raw.execute(request_of(NEVER, acting_user_id="a\r\nb")),
    "field": lambda client: client.raw.execute(request_of(body={"when": object()})),
    "surrogate": lambda client: client.raw.execute(request_of(body={"name": "\ud800"})),
    "path": lambda client: client.raw.request("GET", "/x/{id}", path_parameters={"id": ""}),
    "header": lambda client: client.with_options(headers={"x-a": "a\nb"}),
    "view": lambda client: client.as_user(""),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_no_error_of_wrong_use_shows_a_secret(sdk: Sdk, wrong: Callable[[Any], Any]) -> None:
    client = secretive(sdk)
    with pytest.raises((ValueError, TypeError)) as caught:
        sdk.run(wrong(client))
    check(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"max_retries": -1},
        {"transport": object()},
        {"transport": "no such thing"},
        {"observers": [1]},
        {"secret_key": KEY + "\n"},
        {"secret_key": KEY.replace("sk_", "pk_")},
        {"signing_secret": SIGNING_SECRET + " "},
    ],
)
@pytest.mark.parametrize("kind", [OrbitServer, AsyncOrbitServer])
def test_no_error_of_wrong_options_shows_a_secret(kind: Any, options: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)) as caught:
        kind(**{"secret_key": KEY, "signing_secret": SIGNING_SECRET, **options})
    check(caught.value)


def test_no_error_of_a_closed_client_shows_a_secret(sdk: Sdk) -> None:
    client = secretive(sdk)
    sdk.close(client)
    with pytest.raises(RuntimeError) as caught:
        sdk.execute(client, request_of())
    check(caught.value)


# An exception that interrupts a call is raised in its innermost frames.


class SoftTimeLimit(Exception):
    """The exception that Celery raises from a signal handler if a task takes too long."""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs setitimer")
@pytest.mark.parametrize("kind", [KeyboardInterrupt, SoftTimeLimit, SystemExit])
# An interrupt may occur just after a socket was created. Python then closes the socket and issues a warning.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_interrupt_of_a_blocking_call_shows_a_secret(kind: type[BaseException]) -> None:
    def interrupt(number: int, frame: Any) -> None:
        raise kind

    random, hits = Random(1), 0
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with loopback(answer(), slowly) as server:
            client = OrbitServer(KEY, signing_secret=SIGNING_SECRET)
            # Make a first call. Otherwise, most interrupts would occur during imports and the creation of TLS contexts.
            client.raw.execute(request_of())
            for _ in range(120):
                try:
                    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00002, 0.005))
                    client.raw.execute(request_of())
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except kind as error:
                    hits += any(in_a_call(error))
                    check(error, server)
            client.close()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert hits > 30


def slowly(connection: socket.socket) -> None:
    time.sleep(0.003)
    connection.sendall(answer())


def in_a_call(error: BaseException) -> Iterator[bool]:
    for frame, _ in traceback.walk_tb(error.__traceback__):
        yield frame.f_globals["__name__"].endswith("executor")


async def test_no_cancelled_task_shows_a_secret() -> None:
    random, hits = Random(1), 0
    with loopback(answer()) as server:
        async with AsyncOrbitServer(KEY, signing_secret=SIGNING_SECRET) as client:
            for _ in range(120):
                task = asyncio.ensure_future(client.raw.execute(request_of()))
                for _ in range(random.randrange(1, 12)):
                    await asyncio.sleep(0)
                task.cancel()
                try:
                    await task
                except asyncio.CancelledError as error:
                    hits += any(in_a_call(error))
                    check(error, server)
    assert hits > 30


async def test_no_timeout_or_task_group_of_the_caller_shows_a_secret() -> None:
    with loopback(lambda connection: connection.recv(1)) as server:
        async with AsyncOrbitServer(KEY, signing_secret=SIGNING_SECRET) as client:
            with pytest.raises(TimeoutError) as late:
                async with asyncio.timeout(0.2):
                    await client.raw.execute(request_of())
            check(late.value, server)
            with pytest.raises(ExceptionGroup) as group:
                await two_tasks(client)
            check(group.value, server)


async def two_tasks(client: AsyncOrbitServer) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(client.raw.execute(request_of()))
        await asyncio.sleep(0.1)
        tasks.create_task(client.raw.execute(request_of(body={"when": object()})))


def test_the_callers_own_frames_stay_in_the_traceback(sdk: Sdk) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    client = secretive(sdk, transport=httpx.MockTransport(broken))
    try:
        raise httpx.ReadError("raised by the caller")
    except httpx.ReadError:
        with pytest.raises(ZeroDivisionError) as caught:
            sdk.execute(client, request_of())
    frames = [frame.f_code.co_name for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert frames[-1] == "broken"
    assert "_call" in frames
    assert not {"handle_request", "handle_async_request", "send_over"} & set(frames)
    assert caught.value.__context__ is not None
    assert caught.value.__context__.__traceback__ is not None


# Logs.


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Everything that is logged at any level, with the local variables of all frames of logged exceptions."""

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.name} {record.getMessage()} {vars(record)!r}")
            if record.exc_info and record.exc_info[1] is not None:
                lines.append(rendered(record.exc_info[1]))

    lines: list[str] = []
    root, keeper = logging.getLogger(), Keeper(1)
    known = [root, *(it for it in root.manager.loggerDict.values() if isinstance(it, logging.Logger))]
    levels = [it.level for it in known]
    for one in known:
        one.setLevel(1)
    root.addHandler(keeper)
    yield lines
    root.removeHandler(keeper)
    for one, level in zip(known, levels, strict=True):
        one.setLevel(level)


def test_no_log_at_any_level_shows_a_secret(sdk: Sdk, log: list[str]) -> None:
    for stack in SYNC if sdk.kind == "sync" else ASYNC:
        if not is_installed(stack):
            continue
        if sdk.kind == "async":
            sdk.run(debug())
        for fault in ("status 401", "no HTTP", "hangs up", "breaks off"):
            with loopback(answer(), FAULTS[fault]) as server:
                client = secretive(sdk, transport=stack, timeout=2)
                for _ in range(2):
                    with suppress(OrbitServerError):
                        sdk.execute(client, request_of())
                sdk.close(client)
                assert len(server.seen) == 2
                for secret in forbidden(server):
                    assert not [line for line in log if secret in line]
    # The loggers that could show a secret have logged something.
    assert {line.split(maxsplit=1)[0] for line in log} >= {"orbitconnect", "httpcore.http11", "httpcore.connection"}


async def debug() -> None:
    asyncio.get_running_loop().set_debug(True)


def test_the_emulators_journal_and_logs_show_no_secret(log: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with Emulator(signing_secret=SIGNING_SECRET) as emulator, emulator.serve() as server:
        with emulator.client(secret_key=KEY) as client:
            client.users.create(external_id="c-1", display_name="Ada")
        prepared = prepare(request_of(operations.LIST_APP_USERS), client._settings)
        headers = {name.decode(): value.decode() for name, value in prepared.headers(time.time())}
        address = urlsplit(server.url).netloc
        connection = HTTPConnection(address)
        path = urlsplit(operations.BASE_URL).path + operations.LIST_APP_USERS.path
        connection.request("GET", path, headers={**headers, "host": address})
        assert connection.getresponse().status == 200
        connection.close()
        entries = emulator.journal.entries
    assert [entry.status for entry in entries] == [200, 200]
    told = "".join(map(repr, entries)) + "".join(log) + "".join(capfd.readouterr())
    for secret in (KEY, SIGNING_SECRET, headers[operations.SIGNATURE_HEADER]):
        assert secret not in told
    assert "uvicorn" in told


@pytest.mark.parametrize("package", ["gevent", "eventlet", "uvloop", "nest_asyncio"])
def test_frames_of_other_sockets_and_event_loops_are_removed(package: str) -> None:
    namespace: dict[str, Any] = {"__name__": f"{package}.sockets"}
    exec("def send(transport, request):\n    raw = str(request.headers.raw)\n    raise KeyboardInterrupt", namespace)
    transport = type("Transport", (httpx.BaseTransport,), {"handle_request": namespace["send"]})()
    with OrbitServer(KEY, transport=transport) as client, pytest.raises(KeyboardInterrupt) as caught:
        client.raw.execute(request_of(NEVER))
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert not any(KEY in repr(frame.f_locals) for frame in frames)
