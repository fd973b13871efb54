"""The code of `docs/fast.md` runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = (Path(__file__).parents[2] / "docs" / "fast.md").read_text()


def test_clients_are_made_as_the_page_says() -> None:
    scope: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL):
        exec(block, scope)
    assert "transport=aiohttp" in repr(scope["orbit"])
