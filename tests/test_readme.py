"""What the README counts and lists is so."""

from __future__ import annotations

import inspect
import re

from orbitconnect import OrbitServer
from tests.pages import ROOT
from tests.wire.conveniences import CONVENIENCES

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_the_readme_counts_is_so() -> None:
    methods = {
        f"{namespace}.{name}"
        for namespace in re.findall(r"^\| `orbit\.(\w+)`", README, flags=re.MULTILINE)
        for name, _ in inspect.getmembers(type(getattr(OrbitServer("sk_test_readme"), namespace)), inspect.isfunction)
        if not name.startswith("_")
    }
    assert len(methods - CONVENIENCES) == 132
    assert "All 132 methods" in README
    signature = str(inspect.signature(OrbitServer))
    names = re.search(r"^OrbitServer\((.*)\)$", README, flags=re.MULTILINE)
    assert names is not None
    given = re.findall(r"(\w+)=", names[1])
    assert given == list(inspect.signature(OrbitServer).parameters), signature
