"""The blocks of docs/media.md run as a reader pastes them: in the page's order, in a fresh interpreter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "media.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_every_block_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", "\n".join(BLOCKS)]
    finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")
    shown = finished.stdout.splitlines()
    assert shown[:2] == ["ready True", "text/csv"]
    assert shown[-1] == "9,000,000 of 9000000 bytes"
    copies = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert copies.keys() == {"holiday.mp4", "copy.mp4", "copy.bin", "report.csv.gz"}
    assert copies["holiday.mp4"] == copies["copy.mp4"] == copies["copy.bin"] == bytes(9_000_000)
