from __future__ import annotations

import asyncio
import http.client
import inspect
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpcore
import httpx
import pytest
import respx

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import Emulator
from orbitconnect.testing import LiveHostError, LiveHostGuard
from orbitconnect_api import operations
from orbitconnect_api.operations import BASE_URL
from tests.pipeline.harness import answer, loopback

HOST = urlsplit(BASE_URL).hostname or ""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def by_httpx() -> None:
    with httpx.Client() as client:
        client.get(BASE_URL)


def by_httpx_async() -> None:
    async def get() -> None:
        async with httpx.AsyncClient() as client:
            await client.get(BASE_URL)

    asyncio.run(get())


def by_transport() -> None:
    with httpx.HTTPTransport() as transport:
        transport.handle_request(httpx.Request("GET", BASE_URL))


def by_client() -> None:
    with OrbitServer("sk_test_x") as orbit:
        orbit.users.list()


def by_async_client() -> None:
    async def users() -> None:
        async with AsyncOrbitServer("sk_test_x") as orbit:
            await orbit.users.list()

    asyncio.run(users())


def by_event_loop() -> None:
    asyncio.run(asyncio.open_connection(HOST, 443))  # type: ignore[arg-type]


def by_name_and_socket() -> None:
    with socket.socket() as plain:
        plain.connect((f"{HOST.upper()}.", 443))


def by_socket_with_an_error_code() -> None:
    with socket.socket() as plain:
        plain.connect_ex((HOST, 443))


WAYS: dict[str, Callable[[], object]] = {
    "httpx": by_httpx,
    "httpx, async": by_httpx_async,
    "transport": by_transport,
    "client": by_client,
    "async client": by_async_client,
    "event loop": by_event_loop,
    "connect": by_name_and_socket,
    "connect_ex": by_socket_with_an_error_code,
    "create_connection": lambda: socket.create_connection((HOST, 443)),
    "getaddrinfo": lambda: socket.getaddrinfo(HOST, 443),
    "getaddrinfo by name": lambda: socket.getaddrinfo(host=HOST.encode(), port=443),
    "gethostbyname": lambda: socket.gethostbyname(HOST),
    "http.client": lambda: http.client.HTTPSConnection(HOST).request("GET", "/"),
    "urllib": lambda: urllib.request.urlopen(BASE_URL),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_leads_to_the_live_host(way: Callable[[], object]) -> None:
    with pytest.raises(LiveHostError, match=r"orbitxyz\.muvle\.org.*async_orbit.*orbit_live"):
        way()


@pytest.mark.parametrize("way", [by_httpx, by_httpx_async, by_client, by_async_client])
def test_a_proxy_is_no_way_either(way: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    with loopback(answer()) as proxy:
        operations.BASE_URL = BASE_URL  # type: ignore[misc]  # `loopback` puts back what was there before.
        monkeypatch.setenv("https_proxy", proxy.url.removesuffix("/api/v1"))
        with pytest.raises(LiveHostError):
            way()
    assert proxy.connections == 0


def test_other_hosts_are_none_of_its_business() -> None:
    with loopback(answer()) as server, httpx.Client() as client:
        assert client.get(server.url).status_code == 200
    with pytest.raises(OSError, match=r"."), socket.socket(socket.AF_UNIX) as local:
        local.connect(f"/{HOST}")


def test_the_emulator_is_reached_under_the_live_url() -> None:
    with Emulator() as emulator, httpx.Client(transport=emulator.transport) as client:
        assert client.get(f"{BASE_URL}/app-users", headers={"x-api-key": "sk_test_x"}).json() == {"data": []}


def test_a_request_that_a_mock_answers_is_let_through() -> None:
    with respx.mock(base_url=BASE_URL) as router, OrbitServer("sk_test_x") as orbit:
        router.get("/app-users").respond(json={"data": []})
        assert orbit.users.list() == []


@pytest.fixture
def guard() -> Iterator[LiveHostGuard]:
    guard = LiveHostGuard("live.invalid")
    guard.install()
    yield guard
    guard.remove()


def test_it_can_be_lifted(guard: LiveHostGuard) -> None:
    with pytest.raises(LiveHostError):
        socket.getaddrinfo("live.invalid", 443)
    with guard.lifted(), guard.lifted():
        pass
    with guard.lifted(), pytest.raises(socket.gaierror):
        socket.getaddrinfo("live.invalid", 443)
    with pytest.raises(LiveHostError):
        socket.getaddrinfo("live.invalid", 443)


def test_it_leaves_everything_as_it_was() -> None:
    places = [
        *((socket, name) for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")),
        *((socket.socket, name) for name in ("connect", "connect_ex")),
        (httpcore.ConnectionPool, "handle_request"),
        (httpcore.AsyncConnectionPool, "handle_async_request"),
    ]
    before = [inspect.getattr_static(owner, name) for owner, name in places]
    guard = LiveHostGuard("live.invalid")
    guard.install()
    assert all(
        inspect.getattr_static(owner, name) is not known for (owner, name), known in zip(places, before, strict=True)
    )
    guard.remove()
    guard.remove()
    assert [inspect.getattr_static(owner, name) for owner, name in places] == before


def test_httpx_is_guarded_when_it_is_loaded_later() -> None:
    code = """
import sys
from orbitconnect.testing.guard import LiveHostError, LiveHostGuard
known = list(sys.meta_path)
guard = LiveHostGuard("live.invalid")
guard.install()
assert "httpcore" not in sys.modules and "httpx" not in sys.modules
import httpx
try:
    httpx.get("https://live.invalid/", proxy="http://127.0.0.1:1")
except LiveHostError:
    pass
else:
    raise SystemExit("not guarded")
import httpcore, importlib.machinery
assert type(httpcore.__loader__) is type(httpcore.__spec__.loader) is importlib.machinery.SourceFileLoader
assert sys.meta_path == known
guard.remove()
assert httpcore.ConnectionPool.handle_request.__module__.startswith("httpcore")
guard = LiveHostGuard("live.invalid")
guard.install()
guard.remove()
assert sys.meta_path == known
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
