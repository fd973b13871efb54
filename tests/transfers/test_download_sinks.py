"""Downloads into file objects that start over: what the first attempt wrote disappears."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.transfers.conftest import Media
from tests.transfers.storage import MEDIA_ID, Handler, Storage


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_shorter_file_replaces_the_longer_one(media: Media, storage: Storage, tmp_path: Path, kind: str) -> None:
    storage.content = b"long " * 100
    storage.media = {"size": None, "checksum": None}  # They would be those of the first file.

    def breaks_off_and_is_replaced(handler: Handler) -> None:
        handler.give(300)
        storage.etag, storage.content = '"two"', b"short"

    storage.script = [breaks_off_and_is_replaced]
    with (tmp_path / "copy.bin").open("w+b") if kind == "file" else io.BytesIO() as file:
        file.write(b"head ")
        assert media.download(MEDIA_ID, file) == len(b"short")
        file.seek(0)
        assert file.read() == b"head short"
