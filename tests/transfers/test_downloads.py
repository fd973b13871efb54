from __future__ import annotations

import asyncio
import io
import json
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from orbitconnect import (
    AsyncOrbitServer,
    ConflictError,
    ConnectionFailedError,
    DeadlineExceededError,
    NotFoundError,
    PermissionDeniedError,
    ServerError,
    UnreadableResponseError,
)
from orbitconnect.emulator import Emulator, ManualClock, MediaOptions, Status, Truncate
from orbitconnect.transfers import CorruptTransferError
from orbitconnect.waiting import NeverReachedError, WaitTimeoutError
from tests.pipeline.harness import KEY, Sdk
from tests.transfers.conftest import Media, some_bytes
from tests.transfers.storage import MEDIA_ID, SECRET, Handler, Storage, answers, breaks_off, stalls

MIB = 1024 * 1024
CONTENT = some_bytes(3 * MIB + 17)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.bin"


@pytest.fixture
def storage(storage: Storage) -> Storage:
    storage.content = CONTENT
    return storage


def once(media: Media) -> Media:
    return media.with_options(max_retries=0)


def left_behind(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()}


def _give_away(place: Path, _victim: Path) -> None:
    place.write_bytes(b"theirs")
    if os.geteuid() == 0:
        os.chown(place, 65_534, 65_534)


def _listen(place: Path, _victim: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))


PLACED: dict[str, Callable[[Path, Path], object]] = {
    "symbolic link": lambda place, victim: place.symlink_to(victim),
    "hard link": lambda place, victim: place.hardlink_to(victim),
    "FIFO": lambda place, _: os.mkfifo(place),
    "folder": lambda place, _: place.mkdir(),
    "socket": _listen,
    "another user's file": _give_away,
}


class TestWhatArrives:
    def test_to_a_path(self, media: Media, storage: Storage, target: Path) -> None:
        target.write_bytes(b"old")
        told: list[tuple[int, int | None]] = []
        assert media.download(MEDIA_ID, str(target), progress=lambda *step: told.append(step)) == target
        assert target.read_bytes() == CONTENT
        assert left_behind(target) == {target.name}
        assert told[-1] == (len(CONTENT), len(CONTENT))
        (seen,) = storage.seen
        assert (seen.method, seen.target) == ("GET", f"/files/1?signature={SECRET}")
        host = storage.origin.removeprefix("http://")
        assert seen.headers == {"host": host, "accept": "*/*", "accept-encoding": "identity"}

    def test_to_a_folder(self, media: Media, storage: Storage, tmp_path: Path) -> None:
        storage.media = {"filename": "../../../etc/passwd\0"}
        assert media.download(MEDIA_ID, tmp_path) == tmp_path / "passwd"
        storage.media = {"filename": None, "mime_type": "video/mp4"}
        assert media.download(MEDIA_ID, tmp_path) == tmp_path / f"{MEDIA_ID}.mp4"
        assert left_behind(tmp_path / "x") == {"passwd", f"{MEDIA_ID}.mp4"}

    def test_to_a_file_object(self, media: Media, storage: Storage, target: Path) -> None:
        with target.open("w+b") as file:
            file.write(b"head")
            storage.script = [breaks_off(5, ignoring_ranges=True), breaks_off(7), None]
            assert media.download(MEDIA_ID, file) == len(CONTENT)
            assert not file.closed
        assert target.read_bytes() == b"head" + CONTENT
        assert storage.ranges() == [None, "bytes=5-", "bytes=12-"]
        memory = io.BytesIO()
        assert media.download(MEDIA_ID, memory) == len(CONTENT)
        assert memory.getvalue() == CONTENT

    def test_to_a_pipe(self, media: Media, storage: Storage) -> None:
        storage.content = CONTENT[:50]
        out, into = os.pipe()
        storage.script = [breaks_off(20)]
        with os.fdopen(out, "rb") as read, os.fdopen(into, "wb", buffering=0) as write:
            assert media.download(MEDIA_ID, write) == 50
            assert read.read(50) == CONTENT[:50]
            storage.etag = ""
            storage.script = [breaks_off(20)]
            with pytest.raises(OSError, match="not seekable"):
                media.download(MEDIA_ID, write)
            assert read.read(20) == CONTENT[:20]

    def test_an_empty_file(self, media: Media, storage: Storage, target: Path) -> None:
        storage.content = b""
        assert media.download(MEDIA_ID, target).read_bytes() == b""
        assert left_behind(target) == {target.name}

    def test_through_the_emulator(self, emulated: Media, emulator: Emulator, target: Path) -> None:
        media = emulated.upload(CONTENT)
        for length in (10, MIB, len(CONTENT) - 1):
            emulator.faults.add(Truncate(length), operation="/files/", times=1)
        emulator.faults.add(Status(503), operation="/files/", nth=2)
        assert emulated.download(media.id, target).read_bytes() == CONTENT
        assert left_behind(target) == {target.name}


class TestResuming:
    def test_within_a_download(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [breaks_off(100), answers(503), breaks_off(2 * MIB), breaks_off(9)]
        assert media.download(MEDIA_ID, target).read_bytes() == CONTENT
        at = [100, 100, 100 + 2 * MIB, 109 + 2 * MIB]
        assert storage.ranges() == [None, *(f"bytes={offset}-" for offset in at)]
        assert {seen.headers.get("if-range") for seen in storage.seen[1:]} == {'"one"'}
        assert all(KEY not in str(seen) for seen in storage.seen)

    def test_retries_are_limited(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [breaks_off(100)] * 10
        with pytest.raises(ConnectionFailedError) as caught:
            media.download(MEDIA_ID, target)
        assert (len(storage.seen), caught.value.attempts) == (3, 3)
        assert SECRET not in str(caught.value)
        assert storage.origin.removeprefix("http://") in str(caught.value)

    def test_the_next_call_resumes(self, media: Media, storage: Storage, target: Path) -> None:
        target.write_bytes(b"old")
        storage.script = [breaks_off(2 * MIB)]
        with pytest.raises(ConnectionFailedError):
            once(media).download(MEDIA_ID, target)
        assert target.read_bytes() == b"old"
        assert left_behind(target) == {"copy.bin", "copy.bin.part", "copy.bin.part.json"}
        assert SECRET not in (target.parent / "copy.bin.part.json").read_text()
        told: list[int] = []
        media.download(MEDIA_ID, target, progress=lambda done, _: told.append(done))
        assert target.read_bytes() == CONTENT
        assert told[0] > 2 * MIB
        assert left_behind(target) == {"copy.bin"}
        assert storage.ranges() == [None, f"bytes={2 * MIB}-"]

    def test_a_complete_part_file(self, media: Media, storage: Storage, target: Path) -> None:
        leave_part(target, CONTENT)
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert storage.seen == []
        leave_part(target, CONTENT)
        storage.media = {"checksum": None}
        storage.script = [answers(416)]
        media.download(MEDIA_ID, target)
        assert storage.ranges() == [f"bytes={len(CONTENT)}-", None]

    @pytest.mark.parametrize("flaw", ["other media", "no etag", "no note", "torn note", "list"])
    def test_a_part_file_of_another_download(self, media: Media, storage: Storage, target: Path, flaw: str) -> None:
        leave_part(target, b"other bytes")
        note = target.with_name("copy.bin.part.json")
        if flaw == "no note":
            note.unlink()
        else:
            texts = {
                "other media": '{"media_id": "med_2", "etag": "\\"one\\""}',
                "no etag": f'{{"media_id": "{MEDIA_ID}"}}',
                "torn note": '{"media_id": "',
                "list": "[]",
            }
            note.write_text(texts[flaw])
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert storage.ranges() == [None]

    def test_the_file_has_changed(self, media: Media, storage: Storage, target: Path) -> None:
        leave_part(target, CONTENT[:1000])
        storage.etag, storage.content = '"two"', CONTENT[::-1]
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT[::-1]
        assert storage.ranges() == ["bytes=1000-"]

    def test_a_storage_that_ignores_ranges(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [breaks_off(1000), lambda handler: handler.give(ignoring_ranges=True)]
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT

    def test_without_an_etag_it_starts_over(self, media: Media, storage: Storage, target: Path) -> None:
        storage.etag = 'W/"weak"'
        storage.script = [breaks_off(1000)]
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert storage.ranges() == [None, None]
        storage.script = [breaks_off(1000)]
        with pytest.raises(ConnectionFailedError):
            once(media).download(MEDIA_ID, target)
        assert left_behind(target) == {"copy.bin"}

    @pytest.mark.parametrize("given", ["bytes 0-9/20", "bytes 1000-5/7", "nothing", "bytes 1000-1001/1001"])
    def test_a_different_range_than_requested(self, media: Media, storage: Storage, target: Path, given: str) -> None:
        leave_part(target, CONTENT[:1000])
        storage.script = [answers(206, CONTENT[:10], content_range=given)]
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert storage.ranges() == ["bytes=1000-", None]

    def test_a_damaged_part_file(self, media: Media, storage: Storage, target: Path) -> None:
        leave_part(target, b"x" + CONTENT[1:1000])
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert storage.ranges() == ["bytes=1000-", None]

    def test_the_url_expires_during_the_download(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [breaks_off(1000), answers(403, b"<Error><Code>AccessDenied</Code></Error>"), None]
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert [seen.target.partition("?")[0] for seen in storage.seen] == ["/files/1", "/files/1", "/files/2"]
        assert storage.ranges() == [None, "bytes=1000-", "bytes=1000-"]

    def test_a_new_url_that_is_refused(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [answers(403)] * 5
        with pytest.raises(PermissionDeniedError):
            media.download(MEDIA_ID, target)
        assert (storage.urls, left_behind(target)) == (1, set())


class TestErrors:
    @pytest.mark.parametrize("wrong", [{"checksum": "0" * 64}, {"size": 5}, {"size": len(CONTENT) + 1}])
    def test_wrong_bytes(self, media: Media, storage: Storage, target: Path, wrong: dict[str, Any]) -> None:
        target.write_bytes(b"old")
        storage.media = wrong
        with pytest.raises(CorruptTransferError, match=MEDIA_ID):
            media.download(MEDIA_ID, target)
        assert (target.read_bytes(), left_behind(target)) == (b"old", {"copy.bin"})
        out, into = os.pipe()
        storage.content = b"few"
        with os.fdopen(out, "rb"), os.fdopen(into, "wb") as write, pytest.raises(CorruptTransferError):
            media.download(MEDIA_ID, write)

    def test_too_many_bytes(self, media: Media, storage: Storage, target: Path) -> None:
        def endless(handler: Handler) -> None:
            handler.remember(b"")
            handler.send_response_only(200)
            handler.send_header("transfer-encoding", "chunked")
            handler.end_headers()
            for _ in range(1000):
                handler.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")

        storage.script = [endless] * 3
        with pytest.raises(ConnectionFailedError, match="more bytes"):
            media.download(MEDIA_ID, target)
        assert left_behind(target) == set()

    def test_an_unknown_size(self, media: Media, storage: Storage, target: Path) -> None:
        def chunked(handler: Handler) -> None:
            handler.send_response_only(200)
            handler.send_header("transfer-encoding", "chunked")
            handler.end_headers()
            handler.wfile.write(b"3\r\nabc\r\n0\r\n\r\n")

        storage.media = {"size": None, "checksum": "d41d8cd98f00b204e9800998ecf8427e"}
        storage.script = [chunked]
        told: list[Any] = []
        media.download(MEDIA_ID, target, progress=lambda *step: told.append(step))
        assert (target.read_bytes(), told) == (b"abc", [(3, None)])

    @pytest.mark.parametrize("coding", ["gzip", "br", "aws-chunked,gzip", "gzip, aws-chunked", "identity, zstd"])
    def test_compressed_bytes(self, media: Media, storage: Storage, target: Path, coding: str) -> None:
        storage.script = [answers(200, b"xyz", content_encoding=coding)]
        with pytest.raises(UnreadableResponseError, match="compressed"):
            media.download(MEDIA_ID, target)

    @pytest.mark.parametrize("coding", ["aws-chunked", "AWS-Chunked,", "aws-chunked, identity", "identity", ""])
    def test_encodings_without_effect(self, media: Media, storage: Storage, target: Path, coding: str) -> None:
        storage.script = [answers(200, CONTENT, content_encoding=coding)]
        assert media.download(MEDIA_ID, target).read_bytes() == CONTENT

    def test_a_redirect(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [answers(302, location=f"{storage.elsewhere}/files/9")]
        with pytest.raises(Exception, match="redirects are not followed"):
            media.download(MEDIA_ID, target)
        assert len(storage.seen) == 1

    def test_a_storage_that_is_unavailable(self, media: Media, storage: Storage, target: Path) -> None:
        storage.script = [answers(500, f"no {SECRET}".encode())] * 3
        with pytest.raises(ServerError) as caught:
            media.download(MEDIA_ID, target)
        assert (caught.value.attempts, caught.value.body) == (3, "no ***")

    def test_targets_that_cannot_be_written(self, media: Media, storage: Storage, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            media.download(MEDIA_ID, tmp_path / "none" / "x")
        (tmp_path / "holiday.mp4").mkdir()
        with pytest.raises(IsADirectoryError):
            media.download(MEDIA_ID, tmp_path)
        with pytest.raises(TypeError, match="'wb'"):
            media.download(MEDIA_ID, io.StringIO())
        with pytest.raises(TypeError, match="path or a binary file"):
            media.download(MEDIA_ID, 5)
        full = Path("/dev/full")
        if full.exists():
            with full.open("wb") as file, pytest.raises(OSError, match="space"):
                media.download(MEDIA_ID, file)
            assert len(storage.seen) == 1
        assert left_behind(tmp_path / "x") == {"holiday.mp4"}

    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX locks")
    def test_another_download_to_the_same_path(self, media: Media, storage: Storage, target: Path) -> None:
        caught: list[BaseException] = []

        def try_too(_done: int, _total: int | None) -> None:
            if not caught:
                try:
                    other = Sdk("sync")
                    Media(other, other.client()).download(MEDIA_ID, target)
                except OSError as error:
                    caught.append(error)
                finally:
                    other.finish()

        media.download(MEDIA_ID, target, progress=try_too)
        assert isinstance(caught[0], BlockingIOError)
        assert target.read_bytes() == CONTENT

    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX links, FIFOs and users")
    @pytest.mark.parametrize("suffix", [".part", ".part.json"])
    @pytest.mark.parametrize("kind", PLACED)
    def test_other_files_in_place_of_the_part_file(
        self, media: Media, storage: Storage, target: Path, kind: str, suffix: str
    ) -> None:
        victim = target.with_name("victim")
        victim.write_bytes(b"mine")
        place = target.with_name(target.name + suffix)
        PLACED[kind](place, victim)
        if kind == "another user's file" and os.geteuid() != 0:
            pytest.skip("only root can change a file's owner")
        with pytest.raises(OSError, match=kind) as caught:
            media.download(MEDIA_ID, target)
        assert caught.value.filename == str(place)
        assert (victim.read_bytes(), target.exists(), storage.seen) == (b"mine", False, [])
        assert os.path.lexists(place)

    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX links")
    @pytest.mark.parametrize("link", [os.symlink, os.link])
    def test_a_link_created_during_the_download(
        self, media: Media, storage: Storage, target: Path, link: Callable[[Path, Path], None]
    ) -> None:
        victim = target.with_name("victim")
        victim.write_bytes(b"mine")
        note = target.with_name("copy.bin.part.json")

        def swap(handler: Handler) -> None:
            link(victim, note)
            handler.give()

        storage.script = [swap]
        assert media.download(MEDIA_ID, target).read_bytes() == CONTENT
        assert victim.read_bytes() == b"mine"

    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX FIFOs")
    def test_a_target_that_is_not_a_file(self, media: Media, storage: Storage, target: Path) -> None:
        os.mkfifo(target)
        link = target.with_name("link")
        link.symlink_to(os.devnull)
        for wrong in (target, link, os.devnull):
            with pytest.raises(FileExistsError, match="device or a FIFO"):
                media.download(MEDIA_ID, wrong)
        assert storage.seen == []
        assert left_behind(target) == {"copy.bin", "link"}

    def test_an_asynchronous_file(self, media: Media, storage: Storage) -> None:
        class Asynchronous:
            async def write(self, data: bytes) -> int:
                return len(data)

        with pytest.raises(TypeError, match="asynchronous"):
            media.download(MEDIA_ID, Asynchronous())
        assert storage.seen == []

    def test_a_file_that_does_not_exist(self, emulated: Media, emulator: Emulator, target: Path) -> None:
        with pytest.raises(NotFoundError):
            emulated.download("med_none", target)
        unprocessed = emulated.generate_upload_url("text/plain").media_id
        with pytest.raises(ConflictError):
            emulated.download(unprocessed, target)
        assert left_behind(target) == set()

    def test_a_stalled_connection(self, sdk: Sdk, storage: Storage, target: Path) -> None:
        media = Media(sdk, sdk.client(real_time=True, max_retries=0))
        storage.script = [stalls, stalls]
        with pytest.raises(DeadlineExceededError):
            media.download(MEDIA_ID, target, idle_timeout=0.2)
        with pytest.raises(DeadlineExceededError, match=r"time limit of 0\.3 s"):
            media.download(MEDIA_ID, target, timeout=0.3)

    def test_an_error_in_a_callback(self, media: Media, storage: Storage, target: Path) -> None:
        def fail(done: int, _total: int | None) -> None:
            if done > MIB * 2:
                raise OSError("mine")

        with pytest.raises(OSError, match="mine"):
            media.download(MEDIA_ID, target, progress=fail)
        assert len(storage.seen) == 1
        media.download(MEDIA_ID, target)
        assert target.read_bytes() == CONTENT
        assert storage.ranges()[1] not in (None, "bytes=0-")


async def test_a_cancelled_download_can_be_resumed(storage: Storage, target: Path) -> None:
    gone, reached = threading.Event(), threading.Event()

    def begin(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.send_header("content-length", str(len(CONTENT)))
        handler.send_header("etag", '"one"')
        handler.end_headers()
        handler.wfile.write(CONTENT[: 2 * MIB])
        reached.set()
        if handler.connection.recv(1) == b"":
            gone.set()
        handler.close_connection = True

    storage.script = [begin]
    async with AsyncOrbitServer(KEY) as orbit:
        media = orbit.as_user("usr_1").media
        seen = asyncio.Event()
        task = asyncio.create_task(
            media.download(MEDIA_ID, target, progress=lambda done, _: seen.set() if done == 2 * MIB else None)
        )
        await asyncio.wait_for(seen.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(gone.wait, 10)
        assert part_size(target) >= MIB
        await media.download(MEDIA_ID, target)
    assert await asyncio.to_thread(target.read_bytes) == CONTENT
    assert (storage.ranges()[-1] or "").startswith("bytes=")


class TestWaiting:
    def test_until_ready(self, sdk: Sdk) -> None:
        with Emulator(clock=ManualClock(), seed=1, media=MediaOptions(processing_seconds=5)) as emulator:
            client = emulator.client() if sdk.kind == "sync" else emulator.async_client()
            media = Media(sdk, client, sdk.run(client.users.create(external_id="a", display_name="A")).id)
            uploaded = media.upload(b"hello")
            with pytest.raises(WaitTimeoutError) as late:
                media.wait_until_ready(uploaded.id, timeout=3)
            assert late.value.last_seen.status == "processing"
            emulator.advance(5)
            assert media.wait_until_ready(uploaded.id, timeout=3).ready_at is not None

    def test_until_it_can_no_longer_be_ready(self, emulated: Media) -> None:
        broken = emulated.upload(b"no picture", mime_type="image/png")
        with pytest.raises(NeverReachedError, match="does not match its media type") as caught:
            emulated.wait_until_ready(broken.id, timeout=3)
        assert caught.value.last_seen.error.code == "type_mismatch"
        with pytest.raises(NotFoundError):
            emulated.wait_until_ready("med_none", timeout=3)


def part_size(target: Path) -> int:
    return target.with_name(f"{target.name}.part").stat().st_size


def leave_part(target: Path, content: bytes) -> None:
    target.with_name(f"{target.name}.part").write_bytes(content)
    note = {"media_id": MEDIA_ID, "etag": '"one"'}
    target.with_name(f"{target.name}.part.json").write_text(json.dumps(note))


def test_the_types_of_results() -> None:
    async def check(orbit: AsyncOrbitServer, file: BinaryIO) -> None:
        path: Path = await orbit.media.download("med_1", "x")
        count: int = await orbit.media.download("med_1", file)
        assert path
        assert count

    assert callable(check)
