"""An upload gets the name and the media type of the given file."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock
from urllib.request import urlopen

import pytest
from werkzeug.datastructures import FileStorage

from orbitconnect.emulator import Emulator
from tests.transfers.conftest import Media
from tests.transfers.sources import LARGE, SMALL, facts, member, stored

CSV_GZ = gzip.compress(SMALL)


def named(name: Any, **attributes: Any) -> Any:
    file = io.BytesIO(SMALL)
    return SimpleNamespace(read=file.read, seek=file.seek, tell=file.tell, name=name, **attributes)


NAMED: list[tuple[Callable[[], Any], str | None, str]] = [
    # For a file from a form, whatever its size, the file's own name is sent, not the name of the form field.
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
    with tarfile.open(tmp_path / "all.tar") as archive:
        found = archive.extractfile("folder/data.csv")
        assert found is not None
        with found:
            media = emulated.upload(found)
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
