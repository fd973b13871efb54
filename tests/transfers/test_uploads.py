from __future__ import annotations

import asyncio
import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import (
    ConnectionFailedError,
    DeadlineExceededError,
    OrbitServerError,
    PermissionDeniedError,
    ServerError,
    UnreadableResponseError,
)
from orbitconnect.emulator import Emulator, Reset
from orbitconnect.transfers import CorruptTransferError
from orbitconnect_api import operations
from tests.pipeline.harness import KEY, Sdk
from tests.transfers.conftest import PART_SIZE, Media, some_bytes
from tests.transfers.storage import MEDIA_ID, PART, SECRET, Handler, Storage, answers, resets, stalls

MIB = 1024 * 1024
WHOLE = 8 * MIB


def stored(emulator: Emulator, media: Any) -> bytes:
    with emulator._files.open(media.checksum) as file:
        return file.read()


def targets(emulator: Emulator) -> list[str]:
    return [f"{entry.method} {entry.path}" for entry in emulator.journal.entries if "/uploads/" in entry.path]


class TestWhatArrives:
    @pytest.mark.parametrize("size", [0, 1, PART_SIZE, WHOLE, WHOLE + 1, 3 * PART_SIZE, 3 * PART_SIZE + 1])
    def test_a_path(self, emulated: Media, emulator: Emulator, tmp_path: Path, size: int) -> None:
        content = some_bytes(size)
        path = tmp_path / "holiday.mp4"
        path.write_bytes(content)
        media = emulated.upload(path)
        assert stored(emulator, media) == content
        assert (media.size, media.mime_type) == (size, "video/mp4")
        assert media.filename == (None if size <= WHOLE else "holiday.mp4")
        assert len(targets(emulator)) == (1 if size <= WHOLE else -(-size // PART_SIZE))

    @pytest.mark.parametrize("size", [0, 1, WHOLE, WHOLE + 1, 4 * PART_SIZE])
    def test_a_stream(self, emulated: Media, emulator: Emulator, size: int) -> None:
        content = some_bytes(size)
        pieces = [content[start : start + 700_001] for start in range(0, size, 700_001)]
        media = emulated.upload(emulated.stream(b"", *pieces, b""), mime_type="text/plain")
        assert stored(emulator, media) == content
        assert media.filename == (None if size <= WHOLE else "upload.txt")

    def test_on_a_client_without_a_limit(self, emulated: Media, emulator: Emulator, tmp_path: Path) -> None:
        unlimited = emulated.with_options(timeout=None)
        media = unlimited.upload(b"abc", mime_type="text/plain")
        assert stored(emulator, media) == b"abc"
        unlimited.download(media.id, tmp_path / "abc.txt")
        assert (tmp_path / "abc.txt").read_bytes() == b"abc"

    @pytest.mark.parametrize("size", [5, 2 * WHOLE])
    def test_a_pipe(self, emulated: Media, emulator: Emulator, size: int) -> None:
        content = some_bytes(size)
        out, into = os.pipe()

        def fill() -> None:
            with os.fdopen(into, "wb") as end:
                end.write(content)

        thread = threading.Thread(target=fill)
        thread.start()
        with os.fdopen(out, "rb") as pipe:
            media = emulated.upload(pipe)
        thread.join(10)
        assert stored(emulator, media) == content

    @pytest.mark.parametrize("buffering", [-1, 0])
    def test_a_file_object_from_its_position(
        self, emulated: Media, emulator: Emulator, tmp_path: Path, buffering: int
    ) -> None:
        path = tmp_path / "archive.tar.gz"
        path.write_bytes(b"skip" + b"x" * (WHOLE + 5))
        with path.open("rb", buffering=buffering) as file:
            file.seek(4)
            media = emulated.upload(file)
            assert not file.closed
        assert stored(emulator, media) == b"x" * (WHOLE + 5)
        assert (media.filename, media.mime_type) == ("archive.tar.gz", "application/gzip")

    def test_a_given_name_is_sent(self, emulated: Media, emulator: Emulator) -> None:
        media = emulated.upload(b"GIF", filename="a.gif")
        assert (media.filename, media.mime_type, stored(emulator, media)) == ("a.gif", "image/gif", b"GIF")

    def test_bytes_like_objects(self, emulated: Media, emulator: Emulator) -> None:
        assert stored(emulator, emulated.upload(bytearray(b"abc"))) == b"abc"
        assert stored(emulator, emulated.upload(memoryview(b"abc")[1:])) == b"bc"

    def test_the_progress(self, emulated: Media) -> None:
        told: list[tuple[int, int | None]] = []
        emulated.upload(some_bytes(WHOLE + 1), progress=lambda *step: told.append(step))
        assert told[-1] == (WHOLE + 1, WHOLE + 1)
        assert told == sorted(told)
        assert len(told) > 100
        told.clear()
        emulated.upload(emulated.stream(b"abc"), filename="a", progress=lambda *step: told.append(step))
        assert told[-1] == (3, None)

    def test_over_the_emulators_server(self, sdk: Sdk, emulator: Emulator, tmp_path: Path) -> None:
        from orbitconnect.emulator import AsyncLoopbackTransport, LoopbackTransport

        content = some_bytes(WHOLE + 99)
        with emulator.serve() as server:
            transport: Any = LoopbackTransport if sdk.kind == "sync" else AsyncLoopbackTransport
            client = sdk.client(real_time=True, transport=transport(server.url))
            user = sdk.run(client.users.create(external_id="a", display_name="A"))
            media = Media(sdk, client, user.id)
            uploaded = media.upload(content)
            assert media.wait_until_ready(uploaded.id, timeout=30).status == "ready"
            assert media.download(uploaded.id, tmp_path / "copy").read_bytes() == content
            sdk.close(client)


class TestRequests:
    def test_no_headers_of_the_client_are_sent(self, media: Media, storage: Storage) -> None:
        storage.session = {"upload_path": f"{storage.elsewhere}/uploads/whole?signature={SECRET}"}
        assert media.upload(b"hello").id == MEDIA_ID
        (seen,) = storage.seen
        host = storage.elsewhere.removeprefix("http://")
        assert (seen.method, seen.target, seen.body) == ("PUT", f"/uploads/whole?signature={SECRET}", b"hello")
        assert seen.headers == {
            "host": host,
            "accept": "*/*",
            "accept-encoding": "identity",
            "content-type": "x/y",
            "content-length": "5",
        }

    def test_the_parts(self, media: Media, storage: Storage) -> None:
        content = some_bytes(WHOLE + 5)
        media.upload(content)
        assert storage.bodies() == [content[start : start + PART] for start in range(0, len(content), PART)]
        assert storage.content == content
        assert all(KEY not in str(seen) and "usr_1" not in str(seen) for seen in storage.seen)
        assert {name for seen in storage.seen for name in seen.headers} == {
            "host",
            "accept",
            "accept-encoding",
            "content-length",
        }
        assert storage.calls == [f"POST {operations.INIT_MULTIPART_UPLOAD.path}", "POST /media/multipart/complete"]

    def test_parts_at_several_origins(self, media: Media, storage: Storage) -> None:
        content = some_bytes(WHOLE + 5)
        origins = [storage.origin, storage.elsewhere] * 5
        storage.session = {
            "parts": [{"upload_path": f"{origin}/uploads/parts/{n}"} for n, origin in enumerate(origins, 1)]
        }
        media.upload(content)
        assert storage.content == content
        assert len({seen.port for seen in storage.seen}) == 2


class TestRetries:
    def test_a_part_is_sent_again(self, media: Media, storage: Storage) -> None:
        content = some_bytes(WHOLE + 5)
        told: list[int] = []
        storage.script = [None, resets(1000), answers(503), None, resets(0)]
        media.upload(content, progress=lambda done, _: told.append(done))
        assert storage.content == content
        assert len(storage.seen) == 9 + 3
        assert told[-1] == len(content)

    def test_a_part_of_a_stream_is_sent_again(self, media: Media, storage: Storage) -> None:
        content = some_bytes(WHOLE + 5)
        storage.script = [resets(1000), None, answers(500), answers(429)]
        media.upload(media.stream(content[:99], content[99:]))
        assert storage.content == content

    def test_retries_are_limited(self, media: Media, storage: Storage) -> None:
        storage.script = [answers(503)] * 3
        storage.media = {"status": "pending", "size": None, "checksum": None}
        with pytest.raises(ServerError) as caught:
            media.upload(b"hello")
        assert (caught.value.status, caught.value.attempts, len(storage.seen)) == (503, 3, 3)

    def test_a_lost_response_after_the_bytes_arrived(self, emulated: Media, emulator: Emulator) -> None:
        emulator.faults.add(Reset(when="after"), operation="/uploads/")
        media = emulated.upload(b"hello")
        assert (media.size, len(targets(emulator))) == (5, 2)
        emulator.faults.check_used()

    def test_a_lost_response_after_completion(self, emulated: Media, emulator: Emulator) -> None:
        emulator.faults.add(Reset(when="after"), operation=operations.COMPLETE_MULTIPART_UPLOAD)
        media = emulated.upload(b"hello", filename="a.txt")
        assert stored(emulator, media) == b"hello"
        completed = [
            entry for entry in emulator.journal.entries if entry.path == operations.COMPLETE_MULTIPART_UPLOAD.path
        ]
        assert len(completed) == 1
        emulator.faults.check_used()

    def test_a_completion_that_did_not_happen(self, emulated: Media, emulator: Emulator) -> None:
        emulator.faults.add(Reset(when="before"), operation=operations.COMPLETE_MULTIPART_UPLOAD)
        with pytest.raises(ConnectionFailedError) as caught:
            emulated.upload(b"hello", filename="a.txt")
        assert caught.value.operation == operations.COMPLETE_MULTIPART_UPLOAD.id

    def test_wrong_bytes_arrived(self, media: Media, storage: Storage) -> None:
        storage.media = {"checksum": "0" * 64}
        with pytest.raises(CorruptTransferError, match=MEDIA_ID):
            media.upload(b"hello")
        storage.media = {"size": 4}
        with pytest.raises(CorruptTransferError):
            media.upload(b"hello", filename="a")


class TestErrors:
    def test_files_that_cannot_be_read(self, media: Media, storage: Storage, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            media.upload(tmp_path / "none")
        with pytest.raises(IsADirectoryError):
            media.upload(str(tmp_path))
        (tmp_path / "text").write_text("text")
        with (tmp_path / "text").open() as file, pytest.raises(TypeError, match="'rb'"):
            media.upload(file)
        for wrong in (7, object(), None):
            with pytest.raises(TypeError, match="file must be"):
                media.upload(wrong)
        with pytest.raises(TypeError, match="must provide bytes, not str"):
            media.upload(media.stream("text"))
        with pytest.raises(ValueError, match="idle_timeout"):
            media.upload(b"", idle_timeout=0)
        assert storage.calls == []

    def test_files_that_are_too_large(self, media: Media, storage: Storage) -> None:
        storage.session = {"max_size": 4}
        for options in ({}, {"filename": "a"}):
            with pytest.raises(ValueError, match=r"5 bytes.*at most 4"):
                media.upload(b"hello", **options)
        storage.session = {"parts": [{"upload_path": "/uploads/parts/1"}]}
        with pytest.raises(ValueError, match="too large"):
            media.upload(bytes(WHOLE + 1))
        assert storage.seen == []
        with pytest.raises(ValueError, match="too large"):
            media.upload(media.stream(bytes(WHOLE + 1)))

    @pytest.mark.parametrize("size", [MIB, WHOLE + PART])
    @pytest.mark.parametrize("change", [-1, 1])
    def test_files_that_change(self, media: Media, storage: Storage, tmp_path: Path, size: int, change: int) -> None:
        path = tmp_path / "log"
        path.write_bytes(bytes(size))

        def meddle(_done: int, _total: int | None) -> None:
            os.truncate(path, size + change)

        storage.script = [None] * 20
        # A file of one block is read in one step. It is changed while earlier parts are sent, or before it is read.
        with path.open("rb") as file:
            if size == MIB:
                file = Meddled(file, lambda: os.truncate(path, size + change))  # type: ignore[assignment]
            with pytest.raises(OSError, match="shorter" if change < 0 else "longer"):
                media.upload(file, progress=meddle)
        assert "POST /media/multipart/complete" not in storage.calls
        assert storage.content == b""

    def test_an_error_shows_no_secret(self, media: Media, storage: Storage) -> None:
        xml = (
            f"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Request has\n expired</Message>"
            f"<SignatureProvided>{SECRET}</SignatureProvided></Error>"
        )
        storage.session = {"expires_at": "2026-01-05T10:30:00+00:00"}
        storage.script = [answers(403, xml.encode(), x_amz_request_id="ABC")]
        storage.media = {"status": "pending"}
        with pytest.raises(PermissionDeniedError) as caught:
            media.upload(b"hello")
        error = caught.value
        assert (error.status, error.code, error.request_id) == (403, "AccessDenied", "ABC")
        assert "Request has expired" in str(error)
        assert "expires at 2026-01-05 10:30" in str(error)
        assert "SignatureProvided>***<" in error.body
        assert SECRET not in repr(vars(error)) + str(error)
        assert (error.__cause__, error.__context__) == (None, None)

    def test_redirects_are_not_followed(self, media: Media, storage: Storage) -> None:
        storage.script = [answers(307, location=f"{storage.elsewhere}/uploads/whole")]
        storage.media = {"status": "pending"}
        with pytest.raises(OrbitServerError, match="redirects are not followed") as caught:
            media.upload(b"hello")
        assert (caught.value.status, len(storage.seen)) == (307, 1)

    def test_a_long_error_response_is_not_read_completely(self, media: Media, storage: Storage) -> None:
        storage.script = [answers(403, b"<Error>" + b"x" * 10_000_000)]
        storage.media = {"status": "pending"}
        with pytest.raises(PermissionDeniedError) as caught:
            media.upload(b"hello")
        assert len(caught.value.body) == 2000

    def test_an_error_response_that_does_not_end(self, sdk: Sdk, storage: Storage) -> None:
        def drip(handler: Handler) -> None:
            handler.remember(handler.read_body())
            handler.send_response_only(403)
            handler.send_header("content-length", "60000")
            handler.end_headers()
            while not storage.ended.wait(0.05):
                handler.wfile.write(b"x")

        media = Media(sdk, sdk.client(real_time=True))
        storage.script = [drip]
        storage.media = {"status": "pending"}
        with pytest.raises(PermissionDeniedError):
            media.upload(b"hello", idle_timeout=0.3)

    @pytest.mark.parametrize(
        "session",
        [
            {"upload_path": "ftp://x/y"},
            {"upload_path": "//evil.example/x"},
            {"upload_path": None},
            {"upload_path": "http://evil.example@127.0.0.1/x"},
            {"method": "POST"},
            {"media_id": None},
            {"headers": {"x-api-key": "1"}},
            {"headers": {"Content-Length": "1"}},
            {"headers": {"a": "b\r\nc: d"}},
            {"headers": {"a": 1}},
            {"headers": {f"x-{number}": "1" for number in range(101)}},
        ],
    )
    def test_upload_sessions_with_unsafe_urls(self, media: Media, storage: Storage, session: dict[str, Any]) -> None:
        storage.session = session
        with pytest.raises(UnreadableResponseError) as caught:
            media.upload(b"hello")
        assert "evil" not in str(caught.value)
        assert storage.seen == []

    @pytest.mark.parametrize(
        "session",
        [
            {"parts": []},
            {"parts": None},
            {"part_size": 0},
            {"parts": [{"upload_path": "/x"}] * 10_001},
            {"part_size": "8"},
            {"parts": [{"part_number": 2, "upload_path": "/x"}]},
        ],
    )
    def test_invalid_parts(self, media: Media, storage: Storage, session: dict[str, Any]) -> None:
        storage.session = session
        with pytest.raises(UnreadableResponseError, match="valid parts"):
            media.upload(b"hello", filename="a")

    def test_the_acting_user_is_required(self, sdk: Sdk, storage: Storage) -> None:
        with pytest.raises(ValueError, match="acting_user_id"):
            sdk.run(sdk.client().media.upload(b"hello"))
        assert storage.calls == []

    def test_without_rich(self, media: Media, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("rich", "rich.console", "rich.progress"):
            monkeypatch.setitem(__import__("sys").modules, name, None)
        with pytest.raises(ImportError, match=r"requires rich.*\[progress\]"):
            media.upload(b"hello", show_progress=True)
        assert storage.calls == []


class TestEnding:
    def test_an_error_in_a_callback(self, media: Media, storage: Storage, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_bytes(bytes(WHOLE + 1))
        for raised in (KeyError("mine"), OSError(errno.EIO, "mine"), TimeoutError("mine")):

            def fail(_done: int, _total: int | None, raised: Exception = raised) -> None:
                raise raised

            with pytest.raises(type(raised)) as caught:
                media.upload(path, progress=fail)
            assert caught.value is raised
            frames = [frame.name for frame in caught.traceback]
            assert frames[-1] == "fail"
            assert "handle_request" not in frames
            assert "handle_async_request" not in frames

    def test_a_stalled_connection(self, sdk: Sdk, storage: Storage) -> None:
        media = Media(sdk, sdk.client(real_time=True, max_retries=0))
        storage.media = {"status": "pending"}
        storage.script = [stalls]
        with pytest.raises(DeadlineExceededError):
            media.upload(b"hello", idle_timeout=0.2)

    def test_a_time_limit(self, sdk: Sdk, storage: Storage) -> None:
        media = Media(sdk, sdk.client(real_time=True))
        storage.script = [stalls] * 5
        with pytest.raises(DeadlineExceededError, match=r"time limit of 0\.3 s"):
            media.upload(b"hello", timeout=0.3)

    @pytest.mark.parametrize("filename", [None, "a"])
    async def test_cancelling(self, storage: Storage, tmp_path: Path, filename: str | None) -> None:
        gone = threading.Event()
        reached = threading.Event()

        def watch(handler: Handler) -> None:
            handler.read_body()
            reached.set()
            if handler.connection.recv(1) == b"":
                gone.set()
            handler.close_connection = True

        storage.script = [watch]
        path = tmp_path / "file"
        path.write_bytes(bytes(1000))
        from orbitconnect import AsyncOrbitServer

        before = open_files()
        async with AsyncOrbitServer(KEY) as orbit:
            upload = orbit.media.upload(path, filename=filename, acting_user_id="usr_1")
            task = asyncio.create_task(upload)
            assert await asyncio.to_thread(reached.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(gone.wait, 10)
            assert str(path) not in open_files() - before


class Meddled:
    """A file that runs an action right before it is read."""

    def __init__(self, file: Any, meddle: Any) -> None:
        self._file = file
        self._meddle = meddle

    def read(self, size: int) -> bytes:
        self._meddle()
        data: bytes = self._file.read(size)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def open_files() -> set[str]:
    folder = Path("/proc/self/fd")
    found = set()
    for link in folder.iterdir() if folder.exists() else ():
        try:
            found.add(str(link.readlink()))
        except OSError:
            continue
    return found
