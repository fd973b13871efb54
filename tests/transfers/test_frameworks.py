"""Uploads accept the file objects of web frameworks and the standard library, with their names and types."""

from __future__ import annotations

import asyncio
import bz2
import gzip
import io
import lzma
import mmap
import os
import tarfile
import tempfile
import threading
import zipfile
from array import array
from collections import namedtuple
from collections.abc import AsyncIterator, Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, MagicMock
from urllib.request import urlopen
from wsgiref.util import setup_testing_defaults

import aiofiles
import aiofiles.tempfile
import anyio
import httpx
import pytest
from aiohttp.web import FileField
from multidict import CIMultiDict, CIMultiDictProxy
from starlette.applications import Starlette
from starlette.datastructures import Headers, UploadFile
from starlette.requests import Request as StarletteRequest
from starlette.responses import JSONResponse
from starlette.routing import Route
from werkzeug.datastructures import FileStorage
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request as WerkzeugRequest

from orbitconnect.emulator import Emulator
from tests.pipeline.harness import Sdk
from tests.transfers.conftest import Media, some_bytes
from tests.transfers.storage import Storage, answers, resets

MIB = 1024 * 1024
SMALL = b"a,b\n1,2\n"
LARGE = some_bytes(8 * MIB + 5)
SIZES = pytest.mark.parametrize("content", [b"", SMALL, LARGE], ids=["empty", "small", "large"])


def stored(emulator: Emulator, media: Any) -> bytes:
    with emulator._files.open(media.checksum) as file:
        return file.read()


def facts(media: Any) -> tuple[str | None, str]:
    return media.filename, media.mime_type


class OnlyRead:
    """Has only `read`, as PEP 3333 requires for `wsgi.input`."""

    def __init__(self, content: bytes, at_once: int = 100_000) -> None:
        self._file = io.BytesIO(content)
        self._at_once = at_once

    def read(self, size: int) -> bytes:
        return self._file.read(min(size, self._at_once))


class OnlyAsyncRead(OnlyRead):
    async def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        await asyncio.sleep(0)
        return super().read(size if size > 0 else 1 << 30)


class ShortReads(io.RawIOBase):
    """Returns only a few bytes at a time, as RawIOBase allows."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), 99_991))
        buffer[: len(data)] = data
        return len(data)


class SilentSeek:
    """Its `seek` returns None, and it has no `seekable`."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        self.tell, self.read = self._file.tell, self._file.read

    def seek(self, offset: int, whence: int = 0) -> None:
        self._file.seek(offset, whence)


class PretendedSeek(OnlyRead):
    """Claims to be seekable, but is not."""

    def seekable(self) -> bool:
        return True

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return 0

    def tell(self) -> int:
        return 0


def only_read_all(content: bytes) -> Any:
    """Its `read` takes no size and returns everything."""
    pieces = iter([content])
    return SimpleNamespace(read=lambda: next(pieces, b""))


def from_a_pipe(content: bytes) -> Any:
    out, into = os.pipe()

    def fill() -> None:
        with os.fdopen(into, "wb") as end:
            end.write(content)

    threading.Thread(target=fill).start()
    return os.fdopen(out, "rb", buffering=0)


def mapped(content: bytes) -> Any:
    if not content:
        return io.BytesIO()
    found = mmap.mmap(-1, len(content))
    found.write(content)
    found.seek(0)
    return found


def member(content: bytes) -> Any:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("folder/data.csv", content)
    return zipfile.ZipFile(archive).open("folder/data.csv")


def temporary(content: bytes) -> Any:
    file = tempfile.NamedTemporaryFile(suffix=".csv")  # noqa: SIM115
    file.write(content)
    file.seek(0)
    return file


def spooled(content: bytes) -> Any:
    file = tempfile.SpooledTemporaryFile(max_size=100)  # noqa: SIM115
    file.write(content)
    file.seek(0)
    return file


def every_second(content: bytes) -> memoryview:
    spread = bytearray(2 * len(content))
    spread[::2] = content
    return memoryview(spread)[::2]


READABLE: dict[str, Callable[[bytes], Any]] = {
    "only read": OnlyRead,
    "read without a size": only_read_all,
    "short reads": ShortReads,
    "buffered short reads": lambda content: io.BufferedReader(ShortReads(content)),
    "a seek that returns None": SilentSeek,
    "a seek that does nothing": PretendedSeek,
    "pipe": from_a_pipe,
    "mmap": mapped,
    "member of a ZIP file": member,
    "NamedTemporaryFile": temporary,
    "SpooledTemporaryFile": spooled,
    "bytearray": bytearray,
    "memoryview": memoryview,
    "every second byte": every_second,
    "array": lambda content: array("B", content),
    "iterator": lambda content: iter([content[:5], b"", content[5:]]),
    "list": lambda content: [content[:5], b"", content[5:]],
    "generator": lambda content: (content[start : start + 70_001] for start in range(0, len(content), 70_001)),
    "FileStorage": lambda content: FileStorage(OnlyRead(content), "data.csv"),  # type: ignore[arg-type]
    "UploadFile": lambda content: UploadFile(io.BytesIO(content), filename="data.csv"),
    "field of aiohttp": lambda content: FileField(
        "field", "data.csv", io.BufferedReader(io.BytesIO(content)), "text/csv", CIMultiDictProxy(CIMultiDict())
    ),
    "file in a holder": lambda content: SimpleNamespace(file=io.BytesIO(content), filename="data.csv"),
    "stream in a holder": lambda content: SimpleNamespace(stream=OnlyRead(content), filename="data.csv"),
    "body in a tuple": lambda content: namedtuple("File", "type body name")("text/csv", content, "data.csv"),
}


@pytest.mark.parametrize("make", READABLE.values(), ids=READABLE)
def test_sources_of_bytes(emulated: Media, emulator: Emulator, make: Callable[[bytes], Any]) -> None:
    for content in (b"", SMALL, LARGE):
        given = make(content)
        media = emulated.upload(given)
        assert (stored(emulator, media), media.size) == (content, len(content))
        close = getattr(given, "close", None)
        if isinstance(given, UploadFile):
            given.file.close()
        elif close is not None:
            close()


@pytest.mark.parametrize("make", [OnlyRead, from_a_pipe, member, ShortReads, mapped, SilentSeek])
def test_a_part_is_sent_again(media: Media, storage: Storage, make: Callable[[bytes], Any]) -> None:
    storage.script = [resets(1000), None, answers(503)]
    with_close = make(LARGE)
    media.upload(with_close)
    assert storage.content == LARGE
    getattr(with_close, "close", lambda: None)()


# Asynchronous sources.


async def give(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 70_001):
        yield content[start : start + 70_001]
        await asyncio.sleep(0)


@pytest.fixture
def asynchronous(emulator: Emulator) -> Iterator[Media]:
    driven = Sdk("async")
    client = emulator.async_client()
    user = driven.run(client.users.create(external_id="b", display_name="B"))
    yield Media(driven, client, user.id)
    driven.finish()


@SIZES
@pytest.mark.parametrize(
    "make", [OnlyAsyncRead, give, lambda content: SimpleNamespace(read=OnlyAsyncRead(content).read)]
)
def test_asynchronous_files_and_iterables(
    asynchronous: Media, emulator: Emulator, make: Callable[[bytes], Any], content: bytes
) -> None:
    assert stored(emulator, asynchronous.upload(make(content))) == content


@SIZES
def test_aiofiles_and_anyio(asynchronous: Media, emulator: Emulator, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(b"skip" + content)

    async def upload(file: Any) -> Any:
        await file.seek(4)
        return await asynchronous.client.media.upload(file)

    async def upload_all() -> list[Any]:
        async with aiofiles.open(path, "rb") as file:
            media = [await upload(file)]
        async with await anyio.open_file(path, "rb") as file:
            media.append(await upload(file))
        async with aiofiles.tempfile.NamedTemporaryFile() as file:
            await file.write(b"skip" + content)
            media.append(await upload(file))
        media.append(await asynchronous.client.media.upload(anyio.Path(path)))
        return media

    *opened, by_path = asynchronous.sdk.run(upload_all())
    assert [stored(emulator, media) for media in opened] == [content] * 3
    assert stored(emulator, by_path) == b"skip" + content
    assert [media.mime_type for media in (*opened[:2], by_path)] == ["text/csv"] * 3


@SIZES
def test_asynchronous_files_in_the_synchronous_client(emulator: Emulator, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    orbit = emulator.client()
    media = orbit.as_user(orbit.users.create(external_id="b", display_name="B").id).media

    async def upload() -> list[Any]:
        async with aiofiles.open(path, "rb") as first, await anyio.open_file(path, "rb") as second:
            return [media.upload(first), media.upload(second)]

    for uploaded in asyncio.run(upload()):
        assert (stored(emulator, uploaded), uploaded.mime_type) == (content, "text/csv")


ASYNCHRONOUS: dict[str, Callable[[], Any]] = {
    "file": lambda: OnlyAsyncRead(SMALL),
    "mock": lambda: SimpleNamespace(read=AsyncMock()),
    "generator": lambda: give(SMALL),
    "coroutine": lambda: OnlyAsyncRead(SMALL).read(5),
    "undeclared": lambda: SimpleNamespace(read=lambda size: OnlyAsyncRead(SMALL).read(size)),
    "iterable of coroutines": lambda: [OnlyAsyncRead(SMALL).read(5)],
}


@pytest.mark.parametrize("name", ASYNCHRONOUS)
@pytest.mark.parametrize("filename", [None, "a.txt"])
def test_the_synchronous_client_rejects_asynchronous_sources(storage: Storage, name: str, filename: str | None) -> None:
    sdk = Sdk("sync")
    with pytest.raises(TypeError, match=r"asynchronous .* AsyncOrbitServer|await it|must provide bytes, not coroutine"):
        Media(sdk, sdk.client()).upload(ASYNCHRONOUS[name](), filename=filename)
    assert storage.calls == []
    sdk.finish()


def test_a_coroutine_in_the_asynchronous_client(asynchronous: Media) -> None:
    with pytest.raises(TypeError, match="await it"):
        asynchronous.upload(OnlyAsyncRead(SMALL).read(5))


async def text() -> AsyncIterator[str]:
    yield "text"


class AsyncText:
    async def read(self, _size: int) -> str:
        return "text"


def texts(folder: Path) -> dict[str, Any]:
    path = folder / "text"
    path.write_text("text")
    return {
        "file": path.open(),
        "temporary": tempfile.NamedTemporaryFile("w+"),
        "spooled": tempfile.SpooledTemporaryFile(mode="w+"),
        "StringIO": io.StringIO("text"),
        "list": ["text"],
        "read": SimpleNamespace(read=lambda size: "text"),
        "dict": {"text": b"text"},
        "numbers": [1, 2],
    }


@pytest.mark.parametrize("filename", [None, "a.txt"])
def test_text_raises_before_anything_is_sent(
    media: Media, storage: Storage, tmp_path: Path, filename: str | None
) -> None:
    given = texts(tmp_path)
    given["spooled"].write("text")
    given["spooled"].seek(0)
    if media.sdk.kind == "async":
        given |= {"async": text(), "async file": AsyncText()}
    for one in given.values():
        with pytest.raises(TypeError, match=r"'rb'|must provide bytes|not dict"):
            media.upload(one, filename=filename)
        getattr(one, "close", lambda: None)()
    for wrong in (io.BytesIO, 5, None, object(), StarletteRequest):
        with pytest.raises(TypeError, match="file must be"):
            media.upload(wrong, filename=filename)
    assert storage.calls == []


def test_files_that_do_not_support_one_operation(media: Media, storage: Storage) -> None:
    out, into = os.pipe()
    os.set_blocking(out, False)
    with os.fdopen(out, "rb", buffering=0) as pipe, pytest.raises(BlockingIOError, match="blocking mode"):
        media.upload(pipe)
    os.close(into)
    with pytest.raises(TypeError, match="takes no size"):
        media.upload(SimpleNamespace(read=lambda: SMALL))
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        media.upload(closed)
    assert storage.calls == []


# Names and types.

CSV_GZ = gzip.compress(SMALL)


def named(name: Any, **attributes: Any) -> Any:
    file = io.BytesIO(SMALL)
    return SimpleNamespace(read=file.read, seek=file.seek, tell=file.tell, name=name, **attributes)


NAMED: list[tuple[Callable[[], Any], str | None, str]] = [
    # For a form's file of any size, the file's own name is sent, not the name of the form's field.
    (lambda: FileStorage(io.BytesIO(SMALL), "ä b.csv", "field", "text/x-mine; a=b"), "ä b.csv", "text/x-mine; a=b"),
    (lambda: FileStorage(io.BytesIO(SMALL), "a.csv", "field.png"), "a.csv", "text/csv"),
    (lambda: FileStorage(io.BytesIO(SMALL), None, "field.png"), None, "application/octet-stream"),
    (lambda: named("field", filename="a.csv", content_type="image/png"), "a.csv", "image/png"),
    (lambda: named("field.png", filename=None, content_type=None), None, "application/octet-stream"),
    (lambda: named("a.csv", content_type="text/plain"), "a.csv", "text/plain"),
    (lambda: named("a.csv", content_type=None), "a.csv", "text/csv"),
    (lambda: named("a.csv", content_type=""), "a.csv", "text/csv"),
    (lambda: named("a.csv", content_type="text"), "a.csv", "text/csv"),
    (lambda: named("a.csv", content_type="text/csv\r\nx-evil: 1"), "a.csv", "text/csv"),
    (lambda: named("a.csv", content_type="text/" + "x" * 300), "a.csv", "text/csv"),
    (lambda: named("a.csv", content_type=MagicMock()), "a.csv", "text/csv"),
    # If a local file is small, its name is not sent.
    (lambda: named("/home/ada/a.csv"), None, "text/csv"),
    (lambda: named(b"/home/ada/a.csv"), None, "text/csv"),
    (lambda: named(Path("/home/ada/a.csv")), None, "text/csv"),
    (lambda: named(7), None, "application/octet-stream"),
    (lambda: named("<stdin>"), None, "application/octet-stream"),
    (lambda: MagicMock(read=io.BytesIO(SMALL).read, spec=["read", "name"]), None, "application/octet-stream"),
    # Only the last part of a path is sent, without characters that are unsafe to show or store.
    (lambda: named("f", filename="../../etc/a.csv"), "a.csv", "text/csv"),
    (lambda: named("f", filename="C:\\fakepath\\a.csv"), "a.csv", "text/csv"),
    (lambda: named("f", filename="a\r\nb\x00\x1b[0m.csv"), "a  b[0m.csv", "text/csv"),
    (lambda: named("f", filename="a\u202egnp.csv"), "agnp.csv", "text/csv"),
    (lambda: named("f", filename="a\udcff.csv"), "a.csv", "text/csv"),
    (lambda: named("f", filename=" .. "), None, "application/octet-stream"),
    (lambda: named("f", filename="a/"), None, "application/octet-stream"),
    (lambda: named("f", filename=""), None, "application/octet-stream"),
    (lambda: named("f", filename="x" * 300 + ".csv"), "x" * 196 + ".csv", "text/csv"),
    (lambda: named("f", file_name="a.csv"), "a.csv", "text/csv"),
]


def test_name_and_type(emulated: Media, emulator: Emulator) -> None:
    for number, (make, name, mime_type) in enumerate(NAMED):
        media = emulated.upload(make())
        assert (facts(media), stored(emulator, media)) == ((name, mime_type), SMALL), number
    told = emulated.upload(NAMED[0][0](), filename="told/x.json", mime_type="a/b")
    assert facts(told) == ("x.json", "a/b")


def buffered(path: Path) -> Any:
    return io.BufferedReader(gzip.GzipFile(path))


@pytest.mark.parametrize("opened", [gzip.open, buffered])
def test_a_file_that_decompresses_while_it_is_read(
    emulated: Media, emulator: Emulator, tmp_path: Path, opened: Callable[[Path], Any]
) -> None:
    for name, content, inside in (
        ("data.csv.gz", SMALL, "data.csv"),
        ("data.CSV.GZ", LARGE, "data.CSV"),
        ("data.tgz", LARGE, "data.tar"),
        ("data", LARGE, "data"),
    ):
        path = tmp_path / name
        path.write_bytes(gzip.compress(content, 0))
        with opened(path) as file:
            media = emulated.upload(file)
        expected = {"data.csv": "text/csv", "data.CSV": "text/csv", "data.tar": "application/x-tar"}
        assert stored(emulator, media) == content
        assert media.mime_type == expected.get(inside, "application/octet-stream")
        assert media.filename == (inside if content is LARGE else None)
    for other in (bz2, lzma):
        path = tmp_path / f"data.csv.{other.__name__}"
        path.write_bytes(other.compress(SMALL))
        with other.open(path) as file:
            assert emulated.upload(file).mime_type in ("application/octet-stream", "text/csv")


def test_members_of_archives(emulated: Media, emulator: Emulator, tmp_path: Path) -> None:
    with member(LARGE) as file:
        media = emulated.upload(file)
    assert (stored(emulator, media), *facts(media)) == (LARGE, "data.csv", "text/csv")
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        info = tarfile.TarInfo("folder/data.csv")
        info.size = len(SMALL)
        archive.addfile(info, io.BytesIO(SMALL))
    with tarfile.open(tmp_path / "all.tar") as archive, archive.extractfile("folder/data.csv") as file:  # type: ignore[union-attr]
        media = emulated.upload(file)
    assert stored(emulator, media) == SMALL
    assert media.mime_type in ("application/octet-stream", "text/csv")


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = CSV_GZ if "gz" in self.path else SMALL
        self.send_response(200)
        self.send_header("content-type", "text/csv; charset=utf-8")
        if "gz" in self.path:
            self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_responses_of_urllib(emulated: Media, emulator: Emulator) -> None:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        with urlopen(url) as plain, urlopen(f"{url}/gz") as compressed:
            media = [emulated.upload(plain), emulated.upload(compressed)]
        server.shutdown()
    assert [stored(emulator, one) for one in media] == [SMALL, CSV_GZ]
    assert [one.mime_type for one in media] == ["text/csv; charset=utf-8", "application/octet-stream"]


# Tests that run the frameworks themselves.


@SIZES
def test_starlette(emulator: Emulator, content: bytes) -> None:
    orbit, async_orbit = emulator.client(), emulator.async_client()
    user = orbit.users.create(external_id="b", display_name="B").id
    uploaded: list[Any] = []

    async def receive(request: StarletteRequest) -> JSONResponse:
        async with request.form() as form:
            file: Any = form["field"]
            uploaded.append(await async_orbit.as_user(user).media.upload(file))
            await file.seek(0)
            uploaded.append(await asyncio.to_thread(orbit.as_user(user).media.upload, file))
        return JSONResponse({})

    async def receive_stream(request: StarletteRequest) -> JSONResponse:
        uploaded.append(await async_orbit.as_user(user).media.upload(request.stream(), filename="data.csv"))
        return JSONResponse({})

    app = Starlette(routes=[Route("/", receive, methods=["POST"]), Route("/raw", receive_stream, methods=["POST"])])

    async def post() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as browser:
            files = {"field": ("C:\\data.csv", content, "text/x-mine")}
            assert (await browser.post("/", files=files)).status_code == 200
            assert (await browser.post("/raw", content=content)).status_code == 200

    asyncio.run(post())
    assert [stored(emulator, media) for media in uploaded] == [content] * 3
    expected = [("data.csv", "text/x-mine"), ("data.csv", "text/x-mine"), ("data.csv", "text/csv")]
    assert [facts(media) for media in uploaded] == expected


@SIZES
def test_upload_file_of_starlette(emulated: Media, emulator: Emulator, content: bytes) -> None:
    headers = Headers({"content-type": "text/x-mine"})
    media = emulated.upload(UploadFile(io.BytesIO(content), filename="a/data.csv", headers=headers))
    assert (stored(emulator, media), *facts(media)) == (content, "data.csv", "text/x-mine")
    media = emulated.upload(UploadFile(io.BytesIO(content)))
    assert (stored(emulator, media), media.mime_type) == (content, "application/octet-stream")


@SIZES
def test_werkzeug(emulated: Media, emulator: Emulator, content: bytes) -> None:
    builder = EnvironBuilder(method="POST", data={"field": (io.BytesIO(content), "../data.csv", "text/x-mine")})
    environ = builder.get_environ()
    with environ["wsgi.input"], WerkzeugRequest(environ) as request:
        media = emulated.upload(request.files["field"])
    builder.close()
    assert (stored(emulator, media), *facts(media)) == (content, "data.csv", "text/x-mine")
    builder = EnvironBuilder(method="POST", data=content, content_type="text/csv")
    with WerkzeugRequest(builder.get_environ()) as request:
        assert stored(emulator, emulated.upload(request.stream)) == content


@SIZES
def test_wsgi(emulated: Media, emulator: Emulator, content: bytes) -> None:
    environ: dict[str, Any] = {"wsgi.input": OnlyRead(content)}
    setup_testing_defaults(environ)
    assert stored(emulator, emulated.upload(environ["wsgi.input"])) == content


@pytest.fixture
def django_settings() -> Iterator[None]:
    """Settings for one test. Django can be configured only once, and other tests have their own settings."""
    from django.conf import settings

    before = settings._wrapped
    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8")
    yield
    settings._wrapped = before


@pytest.mark.usefixtures("django_settings")
@SIZES
@pytest.mark.parametrize("handler", ["MemoryFileUploadHandler", "TemporaryFileUploadHandler"])
def test_django(emulated: Media, emulator: Emulator, content: bytes, handler: str) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.uploadhandler import load_handler
    from django.test import RequestFactory

    data = io.BytesIO(content)
    data.name = "ä data.csv"  # type: ignore[attr-defined]
    request = RequestFactory().post("/", {"field": data})
    request.upload_handlers = [load_handler(f"django.core.files.uploadhandler.{handler}", request)]
    if handler == "MemoryFileUploadHandler":
        request.upload_handlers[0].activated = True
        request.upload_handlers[0].handle_raw_input = lambda *_, **__: None
    with request.FILES["field"] as file:
        media = emulated.upload(file)
        assert (stored(emulator, media), *facts(media)) == (content, "ä data.csv", "text/csv")
        file.seek(0)
        assert stored(emulator, emulated.upload(file.chunks())) == content
    media = emulated.upload(ContentFile(content, name="media/data.csv"))
    assert (stored(emulator, media), media.mime_type) == (content, "text/csv")
