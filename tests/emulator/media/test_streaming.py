from __future__ import annotations

import threading
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256

import httpx

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, MediaOptions
from orbitconnect.emulator.exchange import API_ORIGIN, MAX_BODY
from orbitconnect_api.models.upload_session import UploadSession
from orbitconnect_api.operations import BASE_URL
from tests.emulator.conftest import user
from tests.emulator.media.conftest import PROCESSING, connected, refusal
from tests.emulator.watched import WatchedEmulator


class TestStreaming:
    def test_other_requests_are_handled_meanwhile(
        self, me: OrbitServer, session: UploadSession, http: httpx.Client, alice: str
    ) -> None:
        """The body comes from a generator that continues only after a call from another thread."""
        seen: list[str] = []

        def slow() -> Iterator[bytes]:
            yield b"begin"
            thread = threading.Thread(target=lambda: seen.append(me.users.get(alice).id))
            thread.start()
            thread.join(10)
            yield b"end"

        assert http.put(session.upload_path, content=slow()).status_code == 200
        assert seen == [alice]

    def test_two_uploads_at_once(self, emulator: WatchedEmulator, session: UploadSession, http: httpx.Client) -> None:
        statuses: list[int] = []

        def overtaken() -> Iterator[bytes]:
            yield b"slow"
            statuses.append(http.put(session.upload_path, content=b"fast").status_code)

        response = http.put(session.upload_path, content=overtaken())
        assert statuses == [200]
        assert refusal(response) == (409, "upload-once")
        assert emulator.recorded_types("media.") == ["media.uploaded"]

    async def test_an_asynchronous_client(
        self, emulator: WatchedEmulator, me: OrbitServer, session: UploadSession, clock: ManualClock
    ) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(9):
                yield bytes(1024 * 1024)

        async with httpx.AsyncClient(transport=emulator.async_transport, base_url=API_ORIGIN) as http:
            assert (await http.put(session.upload_path, content=pieces())).status_code == 200
            clock.advance(PROCESSING)
            url = me.media.get_download_url(session.media_id or "").url
            size = 0
            async with http.stream("GET", url) as response:
                async for piece in response.aiter_raw():
                    size += len(piece)
                    assert len(piece) < 1024 * 1024
            assert size == 9 * 1024 * 1024

    async def test_the_body_of_an_operation_of_an_asynchronous_client(self, clock: ManualClock) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            while True:
                yield bytes(1024 * 1024)

        with Emulator(clock=clock) as emulator:
            async with httpx.AsyncClient(transport=emulator.async_transport) as http:
                answer = await http.post(f"{BASE_URL}/app-users", content=pieces(), headers={"x-api-key": "sk_test_1"})
        assert refusal(answer) == (413, "body-size")

    def test_the_body_of_an_operation(self, clock: ManualClock) -> None:
        """The response to such a large body is not in the contract, so this test does not use the checked emulator."""
        taken = 0

        def pieces() -> Iterator[bytes]:
            nonlocal taken
            while True:
                taken += 1
                yield b" " * (1024 * 1024)

        with Emulator(clock=clock) as emulator, connected(emulator) as http:
            headers = {"x-api-key": "sk_test_1"}
            path = f"{BASE_URL}/app-users"
            assert refusal(http.post(path, content=pieces(), headers=headers)) == (413, "body-size")
            assert taken == MAX_BODY // (1024 * 1024) + 1
            assert refusal(http.post(path, content=bytes(MAX_BODY + 1), headers=headers)) == (413, "body-size")
            parts = iter([b'{"external_id": "a",', b'"display_name": "A"}'])
            assert http.post(path, content=parts, headers=headers).json()["data"]["display_name"] == "A"


def test_large_parts_are_not_kept_in_memory(clock: ManualClock) -> None:
    """The test uploads and downloads four times as many bytes as the emulator may keep in memory."""
    size = 4 * 1024 * 1024
    options = MediaOptions(part_size=size)
    with Emulator(clock=clock, media=options) as emulator, connected(emulator) as http:
        orbit = emulator.client()
        me = orbit.as_user(user(orbit, "Ada"))
        session = me.media.init_multipart("application/x-big", "big")
        parts = (session.parts or [])[:4]
        chunk = bytes(64 * 1024)
        tracemalloc.start()
        try:
            for part in parts:
                pieces = (chunk for _ in range(size // len(chunk)))
                assert http.put(part.upload_path or "", content=pieces).status_code == 200
            media = me.media.complete_multipart(session.session_id, "application/x-big", 4 * size)
            clock.advance(PROCESSING)
            with http.stream("GET", me.media.get_download_url(media.id).url) as response:
                assert sum(map(len, response.iter_raw())) == 4 * size
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < size
    assert media.checksum == sha256(bytes(4 * size)).hexdigest()
