from __future__ import annotations

from functools import partial
from typing import Any

import httpx
import pytest

from orbitconnect import OrbitServer, UnprocessableEntityError
from orbitconnect.emulator import ManualClock
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.upload_session import UploadSession
from tests.emulator.conftest import Wire
from tests.emulator.media.conftest import PROCESSING, TEXT, put, refusal
from tests.emulator.watched import WatchedEmulator


class TestAccess:
    def test_no_other_user(
        self, emulator: WatchedEmulator, me: OrbitServer, other: OrbitServer, ready: Media, bob: str
    ) -> None:
        def attempts(media_id: str) -> list[Any]:
            media = other.media
            return [
                partial(method, media_id)
                for method in (
                    *(media.get, media.get_status, media.get_metadata, media.get_download_url, media.get_stream_url),
                    *(media.process, media.delete, media.list_access),
                    partial(media.grant_access, user_id=bob, access_type="view"),
                )
            ]

        for attempt in attempts(ready.id):
            emulator.refuses(404, "media-access", attempt)
        for attempt in attempts("med_none") + attempts("../../etc/passwd"):
            emulator.refuses(404, "exists", attempt)
        assert other.media.search("text") == []

    def test_grants(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        other: OrbitServer,
        ready: Media,
        bob: str,
        alice: str,
        http: httpx.Client,
        clock: ManualClock,
    ) -> None:
        grant = me.media.grant_access(ready.id, user_id=bob, access_type="view")
        assert (grant.media_id, grant.app_user_id, grant.access_type) == (ready.id, bob, "view")
        assert (grant.created_by, grant.created_at, grant.expires_at) == (alice, clock.now(), None)
        assert other.media.get(ready.id) == ready
        assert other.media.get_metadata(ready.id).size == len(TEXT)
        assert other.media.search("PLAIN") == [ready]
        for method in (other.media.get_download_url, other.media.get_stream_url):
            emulator.refuses(403, "media-access", method, ready.id)
        for forbidden in (other.media.delete, other.media.process, other.media.list_access):
            emulator.refuses(403, "media-owner", forbidden, ready.id)
        emulator.refuses(
            403, "media-owner", lambda: other.media.grant_access(ready.id, user_id=bob, access_type="download")
        )
        download = me.media.grant_access(ready.id, user_id=bob, access_type="download")
        assert http.get(other.media.get_download_url(ready.id).url).content == TEXT
        emulator.refuses(403, "media-access", other.media.get_stream_url, ready.id)
        stream = me.media.grant_access(ready.id, user_id=bob, access_type="stream")
        assert http.get(other.media.get_stream_url(ready.id).url).content == TEXT
        assert me.media.list_access(ready.id) == [grant, download, stream]
        assert len(emulator.recorded("media.access_granted")) == 3
        clock.advance(1)
        before = emulator.recorded("")
        assert me.media.grant_access(ready.id, user_id=bob, access_type="view") == grant, "no change"
        assert emulator.recorded("") == before

    def test_invalid_grants(self, me: OrbitServer, ready: Media, bob: str, orbit: OrbitServer) -> None:
        orbit.users.deactivate(bob)
        for fields, field in (
            ({"user_id": "usr_none", "access_type": "view"}, "app_user_id"),
            ({"user_id": bob, "access_type": "view"}, "app_user_id"),
            ({"user_id": bob, "access_type": "own"}, "access_type"),
        ):
            with pytest.raises(UnprocessableEntityError) as caught:
                me.media.grant_access(ready.id, **fields)
            assert list(caught.value.errors) == [field]


class TestDelete:
    def test_the_file_is_gone(
        self, emulator: WatchedEmulator, me: OrbitServer, ready: Media, http: httpx.Client, clock: ManualClock
    ) -> None:
        url = me.media.get_download_url(ready.id).url
        me.media.delete(ready.id)
        me.media.delete(ready.id)
        ((_, data),) = emulator.recorded("media.deleted")
        assert data["media"]["status"] == "deleted"
        for method in (me.media.get, me.media.get_status, me.media.process, me.media.get_download_url):
            emulator.refuses(404, "exists", method, ready.id)
        assert refusal(http.get(url)) == (404, "exists")
        assert me.media.search("text") == []

    def test_before_the_upload(
        self, emulator: WatchedEmulator, me: OrbitServer, session: UploadSession, http: httpx.Client
    ) -> None:
        me.media.delete(session.media_id or "")
        assert refusal(http.put(session.upload_path, content=b"x")) == (409, "upload-once")
        assert emulator.recorded_types("media.") == ["media.deleted"]

    def test_during_processing(
        self, emulator: WatchedEmulator, me: OrbitServer, http: httpx.Client, clock: ManualClock
    ) -> None:
        media_id = put(http, me, "text/plain", TEXT)
        me.media.delete(media_id)
        clock.advance(PROCESSING)
        assert me.media.search("x") == []
        assert emulator.recorded_types("media.") == ["media.uploaded", "media.deleted"]


def test_search(me: OrbitServer, http: httpx.Client, ready: Media) -> None:
    me.media.generate_upload_url("text/plain")
    session = me.media.init_multipart("video/mp4", "Straße 100%.mp4")
    assert http.put((session.parts or [])[0].upload_path or "", content=b"x").status_code == 200
    film = me.media.complete_multipart(session.session_id, "video/mp4", 1)

    def found(text: str) -> list[str]:
        return [media.id for media in me.media.search(text)]

    assert found("STRASSE") == found("0%") == found("video/") == [film.id]
    assert found("t") == [film.id, ready.id], "newest first, without files whose bytes have not arrived"
    assert found("%") == [film.id]
    assert found("_") == []
    with pytest.raises(UnprocessableEntityError):
        me.media.search("")


def test_every_field_is_there(wire: Wire, ready: Media, alice: str) -> None:
    answer = wire("GET", f"/media/{ready.id}", actor=alice).json()["data"]
    assert set(answer) == {known.name for known in Media.FIELDS}
