from __future__ import annotations

import threading

import pytest

from orbitconnect._transfers.progress_bar import reporting
from tests.transfers.conftest import Media
from tests.transfers.storage import MEDIA_ID, Storage


def test_a_bar_for_each_transfer(
    media: Media, storage: Storage, capfd: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    told: list[int] = []
    media.upload(b"hello", filename="[red]a.txt", show_progress=True, progress=lambda done, _: told.append(done))
    media.download(MEDIA_ID, tmp_path_factory.mktemp("here") / "a.txt", show_progress=True)
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "Uploading [red]a.txt" in shown.err
    assert "5/5 bytes" in shown.err
    assert f"Downloading {MEDIA_ID}" in shown.err
    assert told[-1] == 5


def test_several_at_once_share_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    both = threading.Barrier(2, timeout=10)

    def transfer(name: str) -> None:
        with reporting(None, True, name) as report:
            both.wait()
            report(1, 2)
            both.wait()
            report(2, 2)

    threads = [threading.Thread(target=transfer, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    shown = capfd.readouterr().err
    assert "one" in shown
    assert "two" in shown
    with pytest.raises(KeyError), reporting(None, True, "three"):
        raise KeyError
    assert "three" in capfd.readouterr().err
