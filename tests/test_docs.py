"""The Python code of a page of the documentation runs as it stands, one block after the other."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator.__main__ import ROOT


def blocks(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def test_observability(capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, Any] = {}
    for block in blocks("observability.md"):
        exec(block, scope)
    scope["emulator"].close()
    first, second, counted = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"200 1 req_\w+ \d\.\d{3} s", first)
    assert re.fullmatch(r"200 1 req_\w+ \d\.\d{3} s", second)
    assert counted == "Counter({('getAppUser', 200): 1})"
    assert scope["orbit"]._settings.observers
