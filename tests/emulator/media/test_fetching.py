from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import EmulatorRequest, ManualClock, Reset, Truncate
from orbitconnect.emulator.access import TEST_KEY
from orbitconnect.emulator.exchange import API_ORIGIN
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.upload_session import UploadSession
from orbitconnect_api.operations import ACTING_USER_HEADER, SECRET_KEY_HEADER
from tests.emulator.media.conftest import PROCESSING, TEXT, put, refusal
from tests.emulator.watched import WatchedEmulator


class TestFetching:
    @pytest.fixture
    def url(self, me: OrbitServer, ready: Media) -> str:
        return me.media.get_download_url(ready.id).url

    def test_urls(self, me: OrbitServer, ready: Media, http: httpx.Client, clock: ManualClock) -> None:
        download, stream = me.media.get_download_url(ready.id), me.media.get_stream_url(ready.id)
        for link, kind in ((download, "attachment"), (stream, "inline")):
            assert link.url.startswith(f"{API_ORIGIN}/files/{ready.id}/")
            assert (link.media_id, link.mime_type) == (ready.id, "text/plain")
            assert link.expires_at == clock.now() + timedelta(hours=1)
            response = http.get(link.url)
            assert (response.status_code, response.content) == (200, TEXT)
            assert response.headers["content-type"] == "text/plain"
            assert response.headers["content-disposition"] == kind
            assert response.headers["etag"] == f'"{ready.checksum}"'
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["content-security-policy"] == "sandbox"
        assert download.url != stream.url

    def test_expiry(self, url: str, http: httpx.Client, clock: ManualClock) -> None:
        clock.advance(3599)
        assert http.get(url).status_code == 200
        clock.advance(1)
        assert refusal(http.get(url)) == (403, "signed-url-age")

    def test_a_signature_is_valid_for_one_url(self, url: str, session: UploadSession, http: httpx.Client) -> None:
        assert refusal(http.get(url.replace("/download?", "/stream?"))) == (403, "signed-url")
        assert refusal(http.get(url.replace("/files/", "/files/x"))) == (403, "signed-url")
        assert refusal(http.get(session.upload_path.replace("/uploads/", "/files/"))) == (403, "signed-url")

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("bytes=0-4", 0, 4),
            ("bytes=5-", 5, 139),
            ("bytes=-3", 137, 139),
            ("bytes=0-9999", 0, 139),
            ("bytes=-9999", 0, 139),
            ("Bytes=139-139", 139, 139),
        ],
    )
    def test_ranges(self, url: str, http: httpx.Client, asked: str, first: int, last: int) -> None:
        response = http.get(url, headers={"range": asked})
        assert (response.status_code, response.content) == (206, TEXT[first : last + 1])
        assert response.headers["content-range"] == f"bytes {first}-{last}/140"
        assert response.headers["content-length"] == str(last - first + 1)

    @pytest.mark.parametrize("asked", ["bytes=140-", "bytes=999-1000", "bytes=-0"])
    def test_ranges_outside_the_file(self, url: str, http: httpx.Client, asked: str) -> None:
        response = http.get(url, headers={"range": asked})
        assert refusal(response) == (416, "ranges")
        assert response.headers["content-range"] == "bytes */140"

    @pytest.mark.parametrize(
        "asked", ["bytes=5-2", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "bytes=٣-", f"bytes={'9' * 5000}-"]
    )
    def test_invalid_ranges_are_ignored(self, emulator: WatchedEmulator, url: str, asked: str) -> None:
        answer = emulator.handle(
            EmulatorRequest("GET", "", target=url.removeprefix(API_ORIGIN), headers={"range": asked})
        )
        assert answer.status == 200
        assert b"".join(answer.stream or ()) == TEXT

    def test_if_range(self, url: str, http: httpx.Client, ready: Media) -> None:
        for tag, status in ((f'"{ready.checksum}"', 206), ('"other"', 200), ("Mon, 05 Jan 2026 09:30:00 GMT", 200)):
            assert http.get(url, headers={"range": "bytes=0-0", "if-range": tag}).status_code == status

    def test_if_none_match(self, url: str, http: httpx.Client, ready: Media) -> None:
        for tags in (f'"{ready.checksum}"', f'"a", W/"{ready.checksum}"', "*"):
            response = http.get(url, headers={"if-none-match": tags})
            assert (response.status_code, response.content) == (304, b"")
        assert http.get(url, headers={"if-none-match": '"a"'}).status_code == 200

    def test_head(self, url: str, http: httpx.Client) -> None:
        response = http.head(url, headers={"range": "bytes=0-1"})
        assert (response.status_code, response.content) == (200, b"")
        assert response.headers["content-length"] == "140"
        assert response.headers["accept-ranges"] == "bytes"
        wrong = http.head(url + "0")
        assert (wrong.status_code, wrong.content) == (403, b"")

    def test_is_streamed(self, me: OrbitServer, http: httpx.Client, clock: ManualClock) -> None:
        content = bytes(range(256)) * 4096
        media_id = put(http, me, "application/x-big", content)
        clock.advance(PROCESSING)
        with http.stream("GET", me.media.get_stream_url(media_id).url) as response:
            pieces = list(response.iter_raw())
        assert b"".join(pieces) == content
        assert len(pieces) == 4
        with http.stream("GET", me.media.get_stream_url(media_id).url) as response:
            assert next(response.iter_raw())

    def test_the_journal_keeps_neither_signatures_nor_bytes(
        self, emulator: WatchedEmulator, url: str, http: httpx.Client
    ) -> None:
        http.get(url)
        entry = emulator.journal.entries[-1]
        assert (entry.path, entry.status) == (httpx.URL(url).path, 200)
        assert url.rpartition("=")[2] not in repr(emulator.journal.entries)
        bodies = [known.request_body + known.response_body for known in emulator.journal.entries]
        assert '(140 bytes of application/json){"data":null}' in bodies
        assert TEXT.decode()[:20] not in "".join(bodies)

    def test_faults(self, emulator: WatchedEmulator, url: str, http: httpx.Client) -> None:
        emulator.faults.add(Truncate(50), operation="/files/")
        with pytest.raises(httpx.RemoteProtocolError):
            http.get(url)
        assert http.get(url).content == TEXT

    def test_an_upload_whose_response_is_lost(
        self, emulator: WatchedEmulator, me: OrbitServer, session: UploadSession, http: httpx.Client
    ) -> None:
        emulator.faults.add(Reset(when="before"), operation="/uploads/")
        emulator.faults.add(Reset(when="after"), operation="/uploads/")
        for expected in ("pending", "processing"):
            with pytest.raises(httpx.ReadError):
                http.put(session.upload_path, content=TEXT)
            assert me.media.get(session.media_id or "").status == expected

    def test_urls_have_the_origin_of_the_emulator(self, emulator: WatchedEmulator, ready: Media, alice: str) -> None:
        headers = {SECRET_KEY_HEADER: TEST_KEY, ACTING_USER_HEADER: alice}
        request = EmulatorRequest("GET", f"/media/{ready.id}/stream", headers=headers, origin="http://127.0.0.1:8000")
        url = json.loads(emulator.handle(request).body)["data"]["url"]
        assert url.startswith("http://127.0.0.1:8000/files/")
