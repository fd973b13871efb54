from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import Emulator, EmulatorRequest, ManualClock, MediaOptions
from orbitconnect.emulator.exchange import API_ORIGIN
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.upload_session import UploadSession
from tests.emulator.conftest import user
from tests.emulator.media.conftest import TEXT, connected, files_of, refusal
from tests.emulator.watched import WatchedEmulator


class TestUpload:
    def test_session(self, session: UploadSession, clock: ManualClock) -> None:
        assert (session.id or "").startswith("upl_")
        assert session.upload_path.startswith(f"/uploads/{session.id}?")
        assert (session.method, session.headers) == ("PUT", {"content-type": "text/plain"})
        assert (session.mime_type, session.max_size) == ("text/plain", 100 * 1024 * 1024)
        assert (session.created_at, session.expires_at) == (clock.now(), clock.now() + timedelta(hours=1))

    def test_from_pending_to_ready(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        session: UploadSession,
        http: httpx.Client,
        clock: ManualClock,
        alice: str,
    ) -> None:
        media_id = session.media_id or ""
        media = me.media.get(media_id)
        assert (media.status, media.size, media.checksum, media.created_by) == ("pending", None, None, alice)
        assert me.media.get_status(media_id).job_id is None
        uploaded = clock.advance(1)
        response = http.put(session.upload_path, content=TEXT, headers=session.headers)
        assert (response.status_code, response.json()) == (200, {"data": None})
        assert response.headers["etag"] == f'"{sha256(TEXT).hexdigest()}"'
        media = me.media.get(media_id)
        assert (media.status, media.size, media.checksum) == ("processing", len(TEXT), sha256(TEXT).hexdigest())
        assert (media.uploaded_at, media.ready_at) == (uploaded, None)
        status = me.media.get_status(media_id)
        assert (status.progress, status.started_at, status.ended_at) == (0, uploaded, None)
        clock.advance(2)
        assert me.media.get_status(media_id).progress == 40
        done = clock.advance(3)
        media = me.media.get(media_id)
        assert (media.status, media.ready_at, media.error) == ("ready", done, None)
        status = me.media.get_status(media_id)
        assert (status.status, status.progress, status.ended_at) == ("ready", 100, done)
        recorded = emulator.recorded("media.")
        assert [name for name, _ in recorded] == ["media.uploaded", "media.ready"]
        assert [data["media"]["status"] for _, data in recorded] == ["uploaded", "ready"]
        assert files_of(emulator) == [TEXT]

    def test_an_absolute_path(self, clock: ManualClock) -> None:
        with Emulator(clock=clock, media=MediaOptions(absolute_upload_paths=True)) as emulator:
            orbit = emulator.client()
            me = orbit.as_user(user(orbit, "Ada"))
            session = me.media.generate_upload_url("text/plain")
            assert session.upload_path.startswith(f"{API_ORIGIN}/uploads/")
            with connected(emulator) as http:
                assert http.put(session.upload_path, content=b"x").status_code == 200

    def test_a_test_key_is_ignored_and_a_live_key_refused(self, session: UploadSession, http: httpx.Client) -> None:
        live = http.put(session.upload_path, content=b"x", headers={"x-api-key": "sk_live_1"})
        assert refusal(live) == (401, "test-keys-only")
        assert http.put(session.upload_path, content=b"x", headers={"x-api-key": "sk_test_1"}).status_code == 200

    def test_a_session_accepts_one_file(
        self, emulator: WatchedEmulator, session: UploadSession, http: httpx.Client
    ) -> None:
        assert http.put(session.upload_path, content=b"first").status_code == 200
        assert refusal(http.put(session.upload_path, content=b"second")) == (409, "upload-once")
        assert files_of(emulator) == [b"first"]
        assert emulator.recorded_types("media.") == ["media.uploaded"]

    def test_wrong_and_expired_signatures(
        self, emulator: WatchedEmulator, session: UploadSession, http: httpx.Client, clock: ManualClock
    ) -> None:
        path = session.upload_path
        flawed = [
            path[:-1] + ("0" if path[-1] != "0" else "1"),
            path.partition("?")[0],
            path.replace("expires=1", "expires=9"),
            path.replace("upl_", "upl_0"),
            f"{path}&x=1",
            path.replace("&signature=", "&signature=&signature="),
            "/uploads/../../etc/passwd",
            "/uploads/%2e%2e%2f%2e%2e%2fetc%2fpasswd?signature=é",
            "/uploads/",
            "/files/../uploads/x",
        ]
        for target in flawed:
            answer = emulator.handle(EmulatorRequest("PUT" if "/files/" not in target else "GET", "", target=target))
            assert (answer.status, answer.headers[RULE_HEADER]) == (403, "signed-url; inferred"), target
        clock.advance(3599)
        assert refusal(http.put(f"{path}", content=b"", headers={"content-type": "a/b"})) == (415, "upload-type")
        clock.advance(1)
        assert refusal(http.put(path, content=b"x")) == (403, "signed-url-age")
        assert files_of(emulator) == []

    def test_methods(self, session: UploadSession, ready: Media, me: OrbitServer, http: httpx.Client) -> None:
        for method in ("GET", "POST", "HEAD", "DELETE"):
            response = http.request(method, session.upload_path)
            assert refusal(response) == (405, "method")
            assert response.headers["allow"] == "PUT"
        url = me.media.get_download_url(ready.id).url
        assert refusal(http.put(url)) == (405, "method")

    @pytest.mark.parametrize("given", ["text/plain; charset=utf-8", "TEXT/plain", "application/octet-stream"])
    def test_matching_types(self, session: UploadSession, http: httpx.Client, given: str) -> None:
        assert http.put(session.upload_path, content=b"x", headers={"content-type": given}).status_code == 200

    @pytest.mark.parametrize("type_", ["text", "text/", "/x", "a/b\r\nx-evil: 1", "a/b c", "é/x", "a/b;", "a/b; c"])
    def test_invalid_types(self, me: OrbitServer, type_: str) -> None:
        for attempt in (me.media.generate_upload_url, partial(me.media.init_multipart, filename="x")):
            with pytest.raises(UnprocessableEntityError) as caught:
                attempt(type_)
            assert list(caught.value.errors) == ["mime_type"]


class TestSize:
    @pytest.fixture
    def emulator(self, clock: ManualClock) -> Iterator[WatchedEmulator]:
        with WatchedEmulator(clock=clock, seed=1, media=MediaOptions(max_upload_size=1000)) as emulator:
            yield emulator

    def test_a_declared_size_that_is_too_large_is_refused_before_reading(
        self, emulator: WatchedEmulator, session: UploadSession, http: httpx.Client
    ) -> None:
        def unread() -> Iterator[bytes]:
            raise AssertionError("It was read.")
            yield b""

        response = http.put(session.upload_path, content=unread(), headers={"content-length": "1001"})
        assert refusal(response) == (413, "upload-size")
        assert files_of(emulator) == []

    def test_an_undeclared_size_is_read_up_to_the_limit(
        self, emulator: WatchedEmulator, session: UploadSession, http: httpx.Client, me: OrbitServer
    ) -> None:
        read = 0

        def endless() -> Iterator[bytes]:
            nonlocal read
            while True:
                read += 100
                yield bytes(100)

        assert refusal(http.put(session.upload_path, content=endless())) == (413, "upload-size")
        assert read == 1100
        assert list(Path(emulator._files._folder or "").iterdir()) == []
        assert me.media.get(session.media_id or "").status == "pending"
        assert http.put(session.upload_path, content=bytes(1000)).status_code == 200

    def test_fewer_bytes_than_declared(self, session: UploadSession, http: httpx.Client) -> None:
        headers = {"content-length": "10"}
        assert refusal(http.put(session.upload_path, content=b"123", headers=headers)) == (400, "upload-complete")

    def test_a_client_that_disconnects(
        self, emulator: WatchedEmulator, session: UploadSession, http: httpx.Client
    ) -> None:
        def broken() -> Iterator[bytes]:
            yield b"begin"
            raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            http.put(session.upload_path, content=broken())
        assert list(Path(emulator._files._folder or "").iterdir()) == []
        assert http.put(session.upload_path, content=b"again").status_code == 200


def test_the_same_seed_gives_the_same_urls(clock: ManualClock) -> None:
    seen = []
    for _ in range(2):
        with Emulator(clock=clock, seed=7) as emulator:
            orbit = emulator.client()
            me = orbit.as_user(user(orbit, "Ada"))
            seen.append(me.media.generate_upload_url("text/plain").upload_path)
    assert seen[0] == seen[1]


def test_a_closed_emulator(emulator: WatchedEmulator, session: UploadSession, http: httpx.Client) -> None:
    emulator.close()
    with pytest.raises(RuntimeError, match="closed"):
        http.put(session.upload_path, content=b"x")


def test_options() -> None:
    wrong: list[dict[str, Any]] = [
        {"max_upload_size": 0},
        {"part_size": 0},
        {"max_parts": 0},
        {"processing_seconds": -1},
    ]
    for options in wrong:
        with pytest.raises(ValueError, match="must be"):
            MediaOptions(**options)
