"""Uploads read files, iterables and buffers of any kind; text and files that cannot be read raise an error."""

from __future__ import annotations

import asyncio
import io
import mmap
import os
import tempfile
import threading
from array import array
from collections import namedtuple
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import aiofiles
import aiofiles.tempfile
import anyio
import pytest
from aiohttp.web import FileField
from multidict import CIMultiDict, CIMultiDictProxy
from starlette.datastructures import UploadFile
from starlette.requests import Request as StarletteRequest
from werkzeug.datastructures import FileStorage

from orbitconnect.emulator import Emulator
from tests.pipeline.harness import Sdk
from tests.transfers.conftest import Media
from tests.transfers.sources import LARGE, SIZES, SMALL, OnlyRead, member, stored
from tests.transfers.storage import Storage, answers, resets


class OnlyAsyncRead(OnlyRead):
    async def read(self, size: int = -1) -> bytes:  # type: ignore[override]  # Like an async file.
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
    """Its `seek` returns None, and it has no method `seekable`."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        self.tell, self.read = self._file.tell, self._file.read

    def seek(self, offset: int, whence: int = 0) -> None:
        self._file.seek(offset, whence)


class PretendedSeek(OnlyRead):
    """Claims to be seekable but is not."""

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


def temporary(content: bytes) -> Any:
    file = tempfile.NamedTemporaryFile(suffix=".csv")  # noqa: SIM115  # The upload reads it.
    file.write(content)
    file.seek(0)
    return file


def spooled(content: bytes) -> Any:
    file = tempfile.SpooledTemporaryFile(max_size=100)  # noqa: SIM115  # As above.
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
    "FileStorage": lambda content: FileStorage(OnlyRead(content), "data.csv"),  # type: ignore[arg-type]  # Not an IO.
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
