from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.upload_session import UploadSession
from tests.emulator.conftest import user
from tests.emulator.media.conftest import PROCESSING, TEXT, connected, put
from tests.emulator.watched import WatchedEmulator


class TestFolder:
    def test_a_temporary_folder_is_removed(self, session: UploadSession, emulator: WatchedEmulator) -> None:
        assert emulator._files._folder is None, "the folder is created for the first file"
        with connected(emulator) as http:
            http.put(session.upload_path, content=b"x")
        folder = emulator._files._folder
        assert folder is not None
        assert folder.is_dir()
        emulator.close()
        assert not folder.exists()

    def test_beside_the_state(self, tmp_path: Path, clock: ManualClock) -> None:
        path = tmp_path / "state.db"
        with Emulator(path, clock=clock) as first, connected(first) as http:
            orbit = first.client()
            alice = user(orbit, "Alice")
            media_id = put(http, orbit.as_user(alice), "text/plain", TEXT)
        left = tmp_path / "state.db.files" / "incoming-left"
        left.write_bytes(b"half")
        clock.advance(PROCESSING)
        with Emulator(path, clock=clock) as again, connected(again) as http:
            assert http.get(again.client().as_user(alice).media.get_download_url(media_id).url).content == TEXT
            assert not left.exists()

    def test_given_folder(self, tmp_path: Path, clock: ManualClock) -> None:
        folder = tmp_path / "deep" / "files"
        for _ in range(2):
            with Emulator(clock=clock, files=folder) as emulator, connected(emulator) as http:
                orbit = emulator.client()
                put(http, orbit.as_user(user(orbit, "Ada")), "text/plain", TEXT)
        assert [path.name for path in folder.iterdir()] == [sha256(TEXT).hexdigest()]

    def test_no_path_leads_outside(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_bytes(b"secret")
        with Emulator(files=tmp_path / "files") as emulator:
            store = emulator._files
            stored = store.receive([b"x"])
            for name in ("../secret", str(tmp_path / "secret"), "", ".", stored.id[:-1], stored.id + "\n", "\0" * 64):
                with pytest.raises(FileNotFoundError):
                    store.open(name)
            assert b"".join(store.read(stored.id)) == b"x"

    def test_snapshots_and_the_folder(
        self,
        emulator: WatchedEmulator,
        me: OrbitServer,
        ready: Media,
        http: httpx.Client,
        tmp_path: Path,
        clock: ManualClock,
        alice: str,
    ) -> None:
        before = emulator.snapshot()
        url = me.media.get_download_url(ready.id).url
        me.media.delete(ready.id)
        emulator.restore(before)
        assert http.get(url).content == TEXT
        emulator.export(tmp_path / "state.zip")
        with Emulator(clock=clock) as another, connected(another) as http:
            another.load(tmp_path / "state.zip")
            assert http.get(another.client().as_user(alice).media.get_download_url(ready.id).url).content == TEXT
