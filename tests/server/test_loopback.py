"""The transports for applications in another process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from orbitconnect import AsyncOrbitServer, AuthenticationError, NotFoundError, OrbitServer
from orbitconnect.emulator import AsyncLoopbackTransport, Emulator, LoopbackError, LoopbackTransport, ManualClock
from orbitconnect.emulator.server.run import LoopbackServer
from orbitconnect.emulator.transports.client_time import keep_time
from orbitconnect_api.operations import BASE_URL
from tests.base_url import BASE_PATH
from tests.for_each import for_each
from tests.server.conftest import KEY


@pytest.fixture
def orbit(server: LoopbackServer) -> Iterator[OrbitServer]:
    with OrbitServer(secret_key="sk_test_x", transport=LoopbackTransport(server.url), max_retries=0) as orbit:
        yield orbit


@pytest.fixture
async def async_orbit(server: LoopbackServer) -> AsyncIterator[AsyncOrbitServer]:
    transport = AsyncLoopbackTransport(server.url)
    async with AsyncOrbitServer(secret_key="sk_test_x", transport=transport, max_retries=0) as orbit:
        yield orbit


def test_a_client(orbit: OrbitServer, emulator: Emulator) -> None:
    ada = orbit.users.create(external_id="ada", display_name="Ada Ünal")
    with emulator.client() as inside:
        assert inside.users.get(ada.id).display_name == "Ada Ünal"
    assert orbit.users.get_by_external_id("ada").id == ada.id
    with pytest.raises(NotFoundError):
        orbit.users.get("usr_none")


async def test_an_async_client(async_orbit: AsyncOrbitServer) -> None:
    ada = await async_orbit.users.create(external_id="ada", display_name="Ada")
    assert (await async_orbit.users.get(ada.id)).external_id == "ada"


def test_signed_requests() -> None:
    with Emulator(signing_secret="whisper") as emulator, emulator.serve() as server:
        for secret, works in (("whisper", True), ("shout", False)):
            transport = LoopbackTransport(server.url)
            with OrbitServer(secret_key="sk_test_x", signing_secret=secret, transport=transport) as orbit:
                if works:
                    assert orbit.users.list() == []
                else:
                    with pytest.raises(Exception, match="signature"):
                        orbit.users.list()


class TestSignaturesAndTheClock:
    """A client in another process signs with the machine's time."""

    @pytest.fixture
    def signed(self) -> Iterator[tuple[Emulator, OrbitServer, httpx.Client]]:
        with Emulator(signing_secret="whisper") as emulator, emulator.serve() as server:
            transport = LoopbackTransport(server.url)
            with (
                OrbitServer("sk_test_x", signing_secret="whisper", transport=transport, max_retries=0) as orbit,
                httpx.Client(base_url=f"{server.url}/_emulator", trust_env=False) as control,
            ):
                yield emulator, orbit, control

    def test_after_advancing_the_clock(self, signed: tuple[Emulator, OrbitServer, httpx.Client]) -> None:
        emulator, orbit, control = signed
        for action, body in (
            ("clock/advance", {"seconds": 3600}),
            ("clock/advance", {"seconds": 86400 * 365}),
            ("clock/freeze", {}),
            ("clock/advance", {"seconds": 3600}),
            ("clock/resume", {}),
            ("state/reset", {}),
        ):
            assert control.post(f"/{action}", json=body).status_code == 200
            orbit.users.list()
            with emulator.client(max_retries=0) as inside:  # This client signs with the emulator's time.
                inside.users.list()

    def test_after_loading_a_state_with_a_clock(
        self, signed: tuple[Emulator, OrbitServer, httpx.Client], tmp_path: Path
    ) -> None:
        emulator, orbit, control = signed
        with Emulator(clock=ManualClock(datetime(2040, 1, 1, tzinfo=UTC))) as other:
            other.export(tmp_path / "state.zip")
        assert control.post("/state/load", content=(tmp_path / "state.zip").read_bytes()).status_code == 200
        assert emulator.clock.now().year == 2040
        orbit.users.list()

    def test_a_timestamp_that_is_old_by_both_clocks(self) -> None:
        with Emulator(clock=ManualClock(), signing_secret="whisper") as emulator:
            orbit = emulator.client(max_retries=0)
            keep_time(orbit, ManualClock(datetime(2026, 1, 5, 9, 36, tzinfo=UTC)))
            with pytest.raises(AuthenticationError, match=r"360 s ahead of the emulator's clock and \d+ s behind the"):
                orbit.users.list()


def test_any_page_can_embed_a_file(server: LoopbackServer) -> None:
    with OrbitServer("sk_test_x", transport=LoopbackTransport(server.url)) as orbit:
        me = orbit.as_user(orbit.users.create(external_id="ada", display_name="Ada").id)
        media = me.media.upload(b"hello", mime_type="text/plain")
        httpx.post(f"{server.url}/_emulator/clock/advance", json={"seconds": 60}, trust_env=False)
        url = me.media.get_download_url(media.id).url
    assert url is not None
    response = httpx.get(url, headers={"Sec-Fetch-Site": "cross-site"}, trust_env=False)
    assert response.content == b"hello"


class TestSeveralEventLoops:
    def test_one_after_the_other(self, server: LoopbackServer) -> None:
        orbit = AsyncOrbitServer("sk_test_x", transport=AsyncLoopbackTransport(server.url), max_retries=0)
        for number in range(3):
            assert asyncio.run(orbit.users.create(external_id=str(number), display_name="Ada")).id
        assert len(asyncio.run(orbit.users.list())) == 3
        asyncio.run(orbit.aclose())

    def test_at_the_same_time(self, server: LoopbackServer) -> None:
        orbit = AsyncOrbitServer("sk_test_x", transport=AsyncLoopbackTransport(server.url), max_retries=0)

        async def calls(number: int) -> None:
            await asyncio.gather(
                *(orbit.users.create(external_id=f"{number}-{each}", display_name="Ada") for each in range(5))
            )

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda number: asyncio.run(calls(number)), range(4)))
        assert len(asyncio.run(orbit.users.list())) == 20

    def test_closing_in_another_loop(self, server: LoopbackServer) -> None:
        transport = AsyncLoopbackTransport(server.url)
        orbit = AsyncOrbitServer("sk_test_x", transport=transport, max_retries=0)
        with asyncio.Runner() as first:
            first.run(orbit.users.list())
            asyncio.run(orbit.aclose())
            assert not transport._by_loop


def test_localhost_is_not_resolved(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.url.replace("127.0.0.1", "localhost")
    with OrbitServer(secret_key="sk_test_x", transport=LoopbackTransport(url)) as orbit:
        assert orbit.users.list() == []


@for_each(
    "url",
    [
        "http://192.168.0.1:7357",
        "http://0.0.0.0:7357",
        "http://example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com:7357",
        "http://127.1:7357",
        "http://2130706433",
        "http://[::ffff:8.8.8.8]:7357",
        "http://[::ffff:127.0.0.1]:7357",
        "http://[fe80::1]",
        "https://127.0.0.1:7357",
        "http://user:password@127.0.0.1",
        f"http://127.0.0.1:7357{BASE_PATH}",
        "http://127.0.0.1:7357?x=y",
        "127.0.0.1:7357",
        "file:///etc/passwd",
        BASE_URL,
        "",
    ],
)
@pytest.mark.parametrize("transport", [LoopbackTransport, AsyncLoopbackTransport])
def test_other_addresses_are_refused(transport: type[LoopbackTransport], url: str) -> None:
    with pytest.raises(LoopbackError) as caught:
        transport(url)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:7357/", "http://127.9.9.9", "http://[::1]:7357", "http://LOCALHOST:1"]
)
def test_addresses_of_this_machine(url: str) -> None:
    LoopbackTransport(url).close()


# Nothing listens there, so connecting would raise another error.
NOBODY = "http://127.0.0.1:1"
LIVE = [{"x-api-key": "sk_live_secret"}, {"X-API-KEY": "sk_live_secret"}, {"authorization": "Bearer sk_live_secret"}]


@pytest.mark.parametrize("headers", LIVE)
def test_a_live_key_is_refused_before_connecting(headers: dict[str, str]) -> None:
    with httpx.Client(transport=LoopbackTransport(NOBODY)) as http, pytest.raises(LoopbackError) as caught:
        http.get(f"{BASE_URL}/app-users", headers=headers)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("headers", LIVE)
async def test_a_live_key_is_refused_by_the_async_transport(headers: dict[str, str]) -> None:
    async with httpx.AsyncClient(transport=AsyncLoopbackTransport(NOBODY)) as http:
        with pytest.raises(LoopbackError):
            await http.get(f"{BASE_URL}/app-users", headers=headers)


def test_a_client_with_a_live_key() -> None:
    transport = LoopbackTransport(NOBODY)
    with OrbitServer(secret_key="sk_live_secret", transport=transport) as orbit, pytest.raises(LoopbackError):
        orbit.users.list()


def test_requests_to_other_hosts_are_refused(server: LoopbackServer) -> None:
    port = server.url.rpartition(":")[2]
    with httpx.Client(transport=LoopbackTransport(server.url), headers=KEY) as http:
        for url in ("http://example.com/", f"http://127.0.0.1:{int(port) % 65535 + 1}/", "https://127.0.0.1/"):
            with pytest.raises(LoopbackError):
                http.get(url)
        for url in (
            f"{BASE_URL}/app-users",
            f"{server.api_url}/app-users",
            f"http://localhost:{port}{BASE_PATH}/app-users",
        ):
            assert http.get(url).status_code == 200
