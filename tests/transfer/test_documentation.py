"""The code of docs/media.md runs as it stands, one block after the other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from orbitconnect.emulator import Emulator, ManualClock, MediaOptions

PAGE = Path(__file__).parents[2] / "docs" / "media.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_every_block_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holiday.mp4").write_bytes(bytes(9_000_000))
    with Emulator(clock=ManualClock(), media=MediaOptions(processing_seconds=0)) as emulator:
        orbit = emulator.client()
        alice = orbit.users.create(external_id="alice", display_name="Alice")
        scope: dict[str, Any] = {"as_alice": orbit.as_user(alice.id)}
        for block in BLOCKS:
            exec(compile(block, str(PAGE), "exec"), scope)
    shown = capsys.readouterr().out
    assert "ready True" in shown
    assert "9,000,000 of 9000000 bytes" in shown
    assert (scope["size"], scope["path"]) == (9_000_000, Path("holiday.mp4"))
    assert (tmp_path / "copy.mp4").read_bytes() == (tmp_path / "copy.bin").read_bytes() == bytes(9_000_000)
