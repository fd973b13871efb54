"""No SDK call reaches the live API from a test, through any stack, event loop, proxy or function."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import httpcore
import httpx
import pytest
import uvloop
from pytest_httpx import HTTPXMock

from orbitconnect import AsyncOrbitServer, ConnectionFailedError, OrbitServer
from orbitconnect._http import live_hook
from orbitconnect.emulator import AsyncLoopbackTransport, Emulator, LoopbackTransport
from orbitconnect.testing import LiveHostError, LiveHostGuard
from orbitconnect_api import operations
from orbitconnect_api.api.users import list_app_users
from orbitconnect_api.operations import BASE_URL, LIVE_HOST
from tests.base_url import BASE_PATH, base_url
from tests.pipeline.harness import SocketServer, answer, loopback
from tests.transports import ASYNC, SYNC, TRANSPORTS

# uvloop 0.22 calls it in `run_in_executor`, and Python 3.14 deprecates it.
pytestmark = pytest.mark.filterwarnings("ignore:'asyncio.iscoroutinefunction' is deprecated:DeprecationWarning")

KEY = "sk_test_x"
UPLOAD = {"media_id": "med_1", "upload_path": "/uploads/1?signature=x", "headers": {}}


class Reached(Exception):
    """Raised when a name lookup or a connection attempt begins."""


def reach(*arguments: Any, **options: Any) -> Any:
    raise Reached(arguments)


class Plain(asyncio.SelectorEventLoop):
    """Raises instead of looking up a name or connecting."""

    getaddrinfo = create_connection = sock_connect = reach


class Uv(uvloop.Loop):
    """Raises instead of looking up a name or connecting."""

    getaddrinfo = create_connection = sock_connect = reach


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, reach)
    monkeypatch.setattr(socket.socket, "connect", reach)
    monkeypatch.setattr(socket.socket, "connect_ex", reach)


@pytest.fixture(params=["", "http", "socks5"])
def proxy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param:
        monkeypatch.setenv("HTTPS_PROXY", f"{request.param}://proxy.invalid:1080")
    return str(request.param)


def run(loop: Callable[[], asyncio.AbstractEventLoop] | None, use: Callable[[Any], Any], **options: Any) -> None:
    """Call a function with a client: the synchronous one if `loop` is None, otherwise the asynchronous one."""
    if loop is None:
        with OrbitServer(KEY, **options) as orbit:
            use(orbit)
        return

    async def call() -> None:
        async with AsyncOrbitServer(KEY, **options) as orbit:
            await use(orbit)

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(call())


CALLS: dict[str, Callable[[Any], Any]] = {
    "facade": lambda orbit: orbit.users.list(),
    "a view": lambda orbit: orbit.as_user("usr_1").with_options(timeout=3).conversations.list(),
    "raw": lambda orbit: (list_app_users.asyncio if isinstance(orbit, AsyncOrbitServer) else list_app_users.sync)(
        client=orbit.raw
    ),
    "upload": lambda orbit: orbit.media.upload(b"hello", mime_type="text/plain", acting_user_id="usr_1"),
    "download": lambda orbit: orbit.media.download("med_1", BytesIO(), acting_user_id="usr_1"),
}
LOOPS = [pytest.param(None, id="sync"), pytest.param(Plain, id="asyncio"), pytest.param(Uv, id="uvloop")]


class TestOwnStacks:
    @pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
    @pytest.mark.parametrize("loop", LOOPS)
    def test_httpx(self, loop: Any, call: Any, proxy: str) -> None:
        with pytest.raises(LiveHostError, match=f"{re.escape(LIVE_HOST)}.*async_orbit.*orbit_live"):
            run(loop, call)

    @pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
    @pytest.mark.parametrize("loop", LOOPS)
    @pytest.mark.parametrize("proxy", ["", "http"], indirect=True)
    def test_other_stacks(self, loop: Any, call: Any, proxy: str) -> None:
        for stack in {*(SYNC if loop is None else ASYNC)} - {"httpx"}:
            with pytest.raises(LiveHostError):
                run(loop, call, transport=stack)

    @pytest.mark.parametrize("loop", LOOPS)
    @pytest.mark.parametrize("call", ["upload", "download"])
    @pytest.mark.httpx_mock(should_mock=lambda request: request.url.path.startswith(BASE_PATH))
    def test_signed_urls_of_the_live_host(self, loop: Any, call: str, proxy: str, httpx_mock: HTTPXMock) -> None:
        """A mock responds to the API calls, but not to the transfer."""
        if call == "upload":
            httpx_mock.add_response(url=BASE_URL + operations.GENERATE_UPLOAD_URL.path, json={"data": UPLOAD})
        else:
            media, url = (
                BASE_URL + operation.path.replace("{media_id}", "med_1")
                for operation in (operations.GET_MEDIA, operations.GET_MEDIA_DOWNLOAD_URL)
            )
            httpx_mock.add_response(url=media, json={"data": {"id": "med_1", "status": "uploaded", "size": 5}})
            httpx_mock.add_response(url=url, json={"data": {"url": f"https://{LIVE_HOST}./files/1"}})
        with pytest.raises(LiveHostError):
            run(loop, CALLS[call])
        assert httpx_mock.get_requests()


class TestGivenTransports:
    @pytest.mark.parametrize("proxied", [None, "http://proxy.invalid:1", "socks5://proxy.invalid:1"])
    @pytest.mark.parametrize("loop", LOOPS)
    def test_httpx_transports(self, loop: Any, proxied: str | None) -> None:
        kind: Any = httpx.HTTPTransport if loop is None else httpx.AsyncHTTPTransport
        with pytest.raises(LiveHostError):
            run(loop, CALLS["facade"], transport=kind(proxy=proxied))

    @pytest.mark.parametrize("loop", LOOPS)
    def test_wrapped_transports(self, loop: Any) -> None:
        with pytest.raises(LiveHostError):
            run(loop, CALLS["facade"], transport=Wrapped(None) if loop is None else AsyncWrapped(None))

    @pytest.mark.parametrize("scheme", ["http", "socks5"])
    def test_wrapped_transports_with_a_proxy(self, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only httpcore knows the host, after it has connected to the proxy. No request reaches the proxy."""
        monkeypatch.undo()
        received: list[bytes] = []
        ended = threading.Event()

        def serve(connection: socket.socket, number: int) -> None:
            # A SOCKS client sends a greeting first. The reply says that no password is needed.
            greeting = connection.recv(3)
            if greeting:
                connection.sendall(b"\x05\x00")
            received.append(greeting + connection.recv(1000))
            ended.set()

        server = SocketServer(serve)
        server.start()
        try:
            with pytest.raises(LiveHostError):
                run(None, CALLS["facade"], transport=Wrapped(None, proxy=server.url.replace("http", scheme, 1)[:-7]))
            assert ended.wait(5)
        finally:
            server.stop()
        assert not any(LIVE_HOST.encode() in data for data in received)

    @pytest.mark.parametrize("loop", LOOPS)
    def test_a_wrapper_that_redirects_to_another_host_is_not_stopped(
        self, loop: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.undo()
        with loopback(answer(b'{"data":[]}')) as server, base_url(BASE_URL):
            url = httpx.URL(server.url)
            transport = Wrapped(url) if loop is None else AsyncWrapped(url)
            loop = loop and {Plain: asyncio.SelectorEventLoop, Uv: uvloop.Loop}[loop]
            run(loop, CALLS["facade"], transport=transport)
        assert [seen.target for seen in server.seen] == [f"{BASE_PATH}/app-users"]

    def test_the_emulator_and_mocks_are_not_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        run(None, CALLS["facade"], transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"data": []})))
        with Emulator() as emulator:
            run(None, CALLS["facade"], transport=emulator.transport)
            run(Plain, CALLS["facade"], transport=emulator.async_transport)
            monkeypatch.undo()
            with emulator.serve() as server:
                run(None, CALLS["facade"], transport=LoopbackTransport(server.url))
                run(asyncio.SelectorEventLoop, CALLS["facade"], transport=AsyncLoopbackTransport(server.url))
                run(uvloop.Loop, CALLS["facade"], transport=AsyncLoopbackTransport(server.url))


class Wrapped(httpx.BaseTransport):
    """Forwards requests, and sends them to another host if one is given."""

    def __init__(self, url: httpx.URL | None, **options: Any) -> None:
        self.url = url
        self.inner = httpx.HTTPTransport(**options)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.inner.handle_request(redirected(request, self.url))

    def close(self) -> None:
        self.inner.close()


class AsyncWrapped(httpx.AsyncBaseTransport):
    """Forwards requests, and sends them to another host if one is given."""

    def __init__(self, url: httpx.URL | None) -> None:
        self.url = url
        self.inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self.inner.handle_async_request(redirected(request, self.url))

    async def aclose(self) -> None:
        await self.inner.aclose()


def redirected(request: httpx.Request, url: httpx.URL | None) -> httpx.Request:
    if url is not None:
        request.url = request.url.copy_with(scheme=url.scheme, host=url.host, port=url.port)
    return request


class TestKeptConnections:
    """A connection that was opened while the guard was lifted must not be reused afterwards."""

    @pytest.mark.parametrize("stack", [*dict.fromkeys(SYNC + ASYNC), "given"])
    @pytest.mark.parametrize("loop", [None, asyncio.SelectorEventLoop, uvloop.Loop])
    def test_kept_connections_are_not_reused(self, loop: Any, stack: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()
        if stack not in (*(SYNC if loop is None else ASYNC), "given"):
            return
        transport: Any = stack
        if stack == "given":
            transport = httpx.HTTPTransport() if loop is None else httpx.AsyncHTTPTransport()
        refused = False

        def check(host: str) -> None:
            assert host == "127.0.0.1"
            if refused:
                raise LiveHostError

        def twice(orbit: Any) -> Any:
            nonlocal refused
            orbit.users.list()
            refused = True
            orbit.users.list()

        async def twice_async(orbit: Any) -> Any:
            nonlocal refused
            await orbit.users.list()
            refused = True
            await orbit.users.list()

        monkeypatch.setattr(live_hook, "check", check)
        with loopback(answer(b'{"data":[]}')) as server, pytest.raises(LiveHostError):
            run(loop, twice if loop is None else twice_async, transport=transport)
        assert (server.connections, len(server.seen)) == (1, 1)


OTHERS: dict[str, Callable[[], object]] = {
    "socket": lambda: socket.create_connection((LIVE_HOST, 443)),
    "getaddrinfo": lambda: socket.getaddrinfo("example.invalid", 443),
    "http.client": lambda: http.client.HTTPSConnection("example.invalid").request("GET", "/"),
    "urllib": lambda: urllib.request.urlopen("http://example.invalid"),
    "httpx": lambda: httpx.get("https://example.invalid/"),
    "httpcore": lambda: httpcore.request("GET", "https://example.invalid/"),
}


class TestOtherRequests:
    """The guard ignores requests to other hosts, and requests that are not made with the SDK."""

    @pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
    def test_requests_without_the_sdk_are_not_stopped(self, other: Callable[[], object]) -> None:
        with pytest.raises(Reached):
            other()

    def test_sdk_requests_to_other_servers_are_not_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()
        with loopback(answer(b'{"data":[]}')) as server:
            run(None, CALLS["facade"])
            for kind, stack in TRANSPORTS:
                run(None if kind == "sync" else asyncio.SelectorEventLoop, CALLS["facade"], transport=stack)
        assert len(server.seen) == 1 + len(TRANSPORTS)


class TestInstalling:
    @pytest.fixture(autouse=True)
    def without_the_plugins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(live_hook, "check", None)

    @pytest.fixture
    def guard(self) -> Iterator[LiveHostGuard]:
        guard = LiveHostGuard()
        guard.install()
        yield guard
        guard.remove()

    def test_the_guard_can_be_lifted(self, guard: LiveHostGuard) -> None:
        with pytest.raises(LiveHostError):
            run(None, CALLS["facade"])
        with guard.lifted(), guard.lifted():
            pass
        with guard.lifted(), pytest.raises(ConnectionFailedError, match="Reached"):
            run(None, CALLS["facade"], max_retries=0)
        with pytest.raises(LiveHostError):
            run(None, CALLS["facade"])

    def test_nothing_is_stopped_before_and_after(self) -> None:
        guard = LiveHostGuard()
        guard.install()
        guard.install()
        guard.remove()
        guard.remove()
        assert live_hook.check is None
        with pytest.raises(ConnectionFailedError, match="Reached"):
            run(None, CALLS["facade"], max_retries=0)

    @pytest.mark.parametrize("host", [LIVE_HOST, LIVE_HOST.upper(), f"{LIVE_HOST}."])
    def test_spellings_of_the_host(self, guard: LiveHostGuard, host: str) -> None:
        with pytest.raises(LiveHostError):
            guard.check(host)
        guard.check(f"x{host}")
        guard.check("")
