"""Downloads into file objects that start over: what the first attempt wrote disappears."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest

from tests.transfers.conftest import Media
from tests.transfers.storage import MEDIA_ID, Handler, Storage


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_shorter_file_replaces_the_longer_one(media: Media, storage: Storage, tmp_path: Path, kind: str) -> None:
    storage.content = b"long " * 100
    storage.media = {"size": None, "checksum": None}  # They would be those of the first file.

    def is_replaced_and_breaks_off(handler: Handler) -> None:
        content, storage.etag, storage.content = storage.content, '"two"', b"short"
        handler.remember(b"")
        handler.reply(200, content[:300], content_length=str(len(content)), etag='"one"')
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    storage.script = [is_replaced_and_breaks_off]
    with (tmp_path / "copy.bin").open("w+b") if kind == "file" else io.BytesIO() as file:
        file.write(b"head ")
        assert media.download(MEDIA_ID, file) == len(b"short")
        file.seek(0)
        assert file.read() == b"head short"
