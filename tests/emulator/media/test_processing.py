from __future__ import annotations

import struct

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, MediaOptions
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.upload_session import UploadSession
from tests.emulator.conftest import user
from tests.emulator.media.conftest import PROCESSING, TEXT, connected, put
from tests.emulator.watched import WatchedEmulator

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 640, 480, 8, 2, 0, 0, 0) + b"\0" * 40
GIF = b"GIF89a" + struct.pack("<HH", 16, 9) + b"\0" * 10


def jpeg(width: int, height: int) -> bytes:
    exif = b"\xff\xe1" + struct.pack(">H", 60_002) + b"\xff\xc0" * 30_000
    frame = b"\xff\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\0" * 3
    return b"\xff\xd8" + exif + frame + b"\xff\xda"


class TestProcessing:
    @pytest.mark.parametrize(
        ("mime_type", "content", "size"),
        [
            ("image/png", PNG, (640, 480)),
            ("IMAGE/GIF", GIF, (16, 9)),
            ("image/jpeg", jpeg(1920, 1080), (1920, 1080)),
            ("application/pdf", b"%PDF-1.7", None),
        ],
    )
    def test_dimensions(
        self,
        me: OrbitServer,
        http: httpx.Client,
        clock: ManualClock,
        mime_type: str,
        content: bytes,
        size: tuple[int, int] | None,
    ) -> None:
        media_id = put(http, me, mime_type, content)
        assert me.media.get_metadata(media_id).dimensions is None
        clock.advance(PROCESSING)
        assert me.media.get(media_id).status == "ready"
        metadata = me.media.get_metadata(media_id)
        assert (metadata.size, metadata.mime_type, metadata.duration) == (len(content), mime_type, None)
        found = metadata.dimensions
        assert (None if found is None else (found.width, found.height)) == size

    @pytest.mark.parametrize(
        ("mime_type", "content", "code"),
        [
            ("text/plain", b"", "empty_file"),
            ("image/png", b"no picture", "type_mismatch"),
            ("image/png", GIF, "type_mismatch"),
            ("video/mp4", PNG, "type_mismatch"),
            ("image/png", PNG[:20], "unreadable_image"),
            ("image/gif", GIF[:8], "unreadable_image"),
            ("image/gif", b"GIF89a\0\0\0\0", "unreadable_image"),
            ("image/jpeg", b"\xff\xd8\xff", "unreadable_image"),
            ("image/jpeg", b"\xff\xd8" + b"\xff\xe0\0\2" * 2000, "unreadable_image"),
            ("image/jpeg", b"\xff\xd8\xff\xda\0\2", "unreadable_image"),
        ],
    )
    def test_failures(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        http: httpx.Client,
        clock: ManualClock,
        mime_type: str,
        content: bytes,
        code: str,
    ) -> None:
        media_id = put(http, me, mime_type, content)
        ended = clock.advance(PROCESSING)
        status = me.media.get_status(media_id)
        assert (status.status, status.progress, status.ended_at) == ("failed", 0, ended)
        media = me.media.get(media_id)
        assert media.error is not None
        assert status.error is not None
        assert media.error.code == status.error.code == code
        assert media.ready_at is None
        name, data = emulator.recorded("media.")[-1]
        assert (name, data["media"]["error"]["code"]) == ("media.failed", code)
        emulator.refuses(409, "media-ready", me.media.get_download_url, media_id)

    def test_again(
        self, emulator: WatchedEmulator, me: OrbitServer, ready: Media, clock: ManualClock, http: httpx.Client
    ) -> None:
        first = me.media.get_status(ready.id)
        url = me.media.get_download_url(ready.id).url
        clock.advance(1)
        status = me.media.process(ready.id)
        assert (status.status, status.started_at, status.ended_at) == ("processing", clock.now(), None)
        assert status.job_id != first.job_id
        emulator.refuses(409, "media-ready", me.media.process, ready.id)
        emulator.refuses(409, "media-ready", me.media.get_download_url, ready.id)
        assert http.get(url).content == TEXT, "the bytes are available during processing"
        clock.advance(PROCESSING)
        assert me.media.get(ready.id).ready_at == clock.now()
        assert emulator.recorded_types("media.") == ["media.uploaded", "media.ready", "media.ready"]

    def test_requires_an_uploaded_file(
        self, emulator: WatchedEmulator, me: OrbitServer, session: UploadSession
    ) -> None:
        for attempt in (me.media.process, me.media.get_download_url, me.media.get_stream_url):
            emulator.refuses(409, "media-ready", attempt, session.media_id or "")


def test_processing_can_take_no_time(clock: ManualClock) -> None:
    options = MediaOptions(processing_seconds=0)
    with Emulator(clock=clock, media=options) as emulator, connected(emulator) as http:
        orbit = emulator.client()
        me = orbit.as_user(user(orbit, "Ada"))
        media_id = put(http, me, "text/plain", TEXT)
        assert me.media.get(media_id).status == "ready"
