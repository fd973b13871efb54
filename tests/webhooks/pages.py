"""Runs the Python of a page of the documentation as a reader pastes it: block after block, in a fresh interpreter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from generator.__main__ import ROOT

_BLOCKS: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PASTE: Final = """
import json, sys
page, blocks = json.load(sys.stdin)
__name__ = "__main__"
for line, block in blocks:
    exec(compile("\\n" * line + block, page, "exec"), globals())
"""


def blocks_of(page: str) -> list[tuple[int, str]]:
    """The blocks of a page, each with the number of lines before it."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [(text.count("\n", 0, found.start(1)), found[1]) for found in _BLOCKS.finditer(text)]


def run_page(page: str, folder: Path, *after: str) -> list[str]:
    """Pastes a page, and then more.

    Args:
        page: The file's name.
        folder: The working directory.
        after: Blocks that look at what the page has made.

    Returns:
        The lines that were printed.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ORBIT")}
    pasted = json.dumps([page, [*blocks_of(page), *((0, block) for block in after)]])
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", _PASTE],
        input=pasted,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == "", ended.stderr
    return ended.stdout.splitlines()
