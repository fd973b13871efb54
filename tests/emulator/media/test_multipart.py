from __future__ import annotations

from datetime import timedelta
from functools import partial
from hashlib import sha256

import httpx
import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from tests.emulator.media.conftest import PART, PROCESSING, refusal
from tests.emulator.watched import WatchedEmulator


class TestMultipart:
    def test_in_any_order(
        self, emulator: WatchedEmulator, me: OrbitServer, http: httpx.Client, clock: ManualClock, alice: str
    ) -> None:
        session = me.media.init_multipart("text/plain", "Süß & 100%.txt")
        assert session.session_id.startswith("mpu_")
        assert (session.part_size, session.max_size, session.method) == (PART, 4 * PART, "PUT")
        assert session.expires_at == clock.now() + timedelta(hours=12)
        parts = session.parts or []
        assert [part.part_number for part in parts] == [1, 2, 3, 4]
        for index, content in ((2, b"ccc"), (0, b"wrong"), (1, b"b" * 10), (0, b"a" * 10)):
            path = parts[index].upload_path
            assert path is not None
            assert http.put(path, content=content, headers=parts[index].headers).status_code == 200
        media = me.media.complete_multipart(session.session_id, "text/plain", 23)
        content = b"a" * 10 + b"b" * 10 + b"ccc"
        assert (media.id, media.status, media.size) == (session.media_id, "processing", 23)
        assert (media.checksum, media.created_by) == (sha256(content).hexdigest(), alice)
        clock.advance(PROCESSING)
        response = http.get(me.media.get_download_url(media.id).url)
        assert response.content == content
        disposition = "attachment; filename*=UTF-8''S%C3%BC%C3%9F%20%26%20100%25.txt"
        assert response.headers["content-disposition"] == disposition
        assert emulator.recorded_types("media.") == ["media.uploaded", "media.ready"]
        complete = partial(me.media.complete_multipart, session.session_id, "text/plain", 23)
        emulator.refuses(409, "upload-once", complete)
        assert refusal(http.put(parts[3].upload_path or "", content=b"x")) == (409, "upload-once")

    def test_inconsistent_parts(self, emulator: WatchedEmulator, me: OrbitServer, http: httpx.Client) -> None:
        session = me.media.init_multipart("text/plain", "a.txt")
        paths = [part.upload_path or "" for part in session.parts or ()]
        complete = partial(me.media.complete_multipart, session.session_id)
        emulator.refuses(409, "upload-parts", lambda: complete("text/plain", 0))
        assert refusal(http.put(paths[0], content=bytes(PART + 1))) == (413, "upload-size")
        assert http.put(paths[1], content=b"12").status_code == 200
        assert "Part 1 is missing" in str(emulator.refuses(409, "upload-parts", lambda: complete("text/plain", 2)))
        assert http.put(paths[0], content=b"123").status_code == 200
        emulator.refuses(409, "upload-parts", lambda: complete("text/plain", 5))
        assert http.put(paths[0], content=bytes(PART)).status_code == 200
        emulator.refuses(422, "upload-size", lambda: complete("text/plain", 13))
        emulator.refuses(422, "upload-type", lambda: complete("text/html", 12))
        assert complete("text/plain", 12).size == 12

    def test_belongs_to_its_user_and_expires(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, clock: ManualClock
    ) -> None:
        session = me.media.init_multipart("text/plain", "a.txt")
        emulator.refuses(404, "media-access", lambda: other.media.complete_multipart(session.session_id, "a/b", 1))
        emulator.refuses(404, "exists", lambda: me.media.complete_multipart("mpu_none", "a/b", 1))
        whole = me.media.generate_upload_url("text/plain").id or ""
        emulator.refuses(404, "exists", lambda: me.media.complete_multipart(whole, "text/plain", 1))
        clock.advance(timedelta(hours=12))
        emulator.refuses(
            409, "signed-url-age", lambda: me.media.complete_multipart(session.session_id, "text/plain", 1)
        )

    @pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "a\nb", "a\0"])
    def test_names(self, me: OrbitServer, name: str) -> None:
        with pytest.raises(UnprocessableEntityError) as caught:
            me.media.init_multipart("text/plain", name)
        assert list(caught.value.errors) == ["filename"]
