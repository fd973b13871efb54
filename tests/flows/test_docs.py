"""The methods that docs/flows.md lists exist."""

from __future__ import annotations

import inspect
import re

from orbitconnect import OrbitServer
from tests.pages import ROOT

PAGE = (ROOT / "docs" / "flows.md").read_text(encoding="utf-8")


def test_the_listed_methods_exist() -> None:
    orbit = OrbitServer("sk_test_docs")
    there = {
        f"{namespace}.{name}"
        for namespace in ("calls", "meetings")
        for name, _ in inspect.getmembers(getattr(orbit, namespace), inspect.ismethod)
        if name.startswith("wait_until")
    }
    assert set(re.findall(r"^\| `(\w+\.wait_until_\w+)`", PAGE, flags=re.MULTILINE)) == there
