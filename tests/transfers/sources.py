"""Contents to upload, two classes of sources, and a reader of what the emulator has stored."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from orbitconnect.emulator import Emulator
from tests.transfers.conftest import some_bytes

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
    """Has only the method `read`. PEP 3333 does not require `wsgi.input` to be seekable."""

    def __init__(self, content: bytes, at_once: int = 100_000) -> None:
        self._file = io.BytesIO(content)
        self._at_once = at_once

    def read(self, size: int) -> bytes:
        return self._file.read(min(size, self._at_once))


def member(content: bytes) -> Any:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("folder/data.csv", content)
    return zipfile.ZipFile(archive).open("folder/data.csv")
