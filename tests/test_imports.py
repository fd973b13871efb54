"""The SDK has no circular imports, not even inside functions or for type checkers only.

`[tool.importlinter]` in pyproject.toml defines which parts may import which others.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest


def check_order(package: str) -> None:
    """If there is a circular import, raises `CycleError`, which names the modules."""
    graph = grimp.build_graph(package, cache_dir=None)
    imported: dict[str, Iterable[str]] = {
        module: graph.find_modules_directly_imported_by(module) for module in graph.modules
    }
    TopologicalSorter(imported).prepare()


def test_no_imports_run_in_a_circle() -> None:
    check_order("orbitconnect")


@pytest.mark.parametrize(
    "back",
    [
        "from .one import A\n",
        "def f():\n    from . import one\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .one import A\n",
    ],
)
def test_a_circle_is_found(back: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "circular"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text("from .two import B\nA = B\n")
    (package / "two.py").write_text(f"{back}B = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(CycleError, match=r"circular\.one.*circular\.two|circular\.two.*circular\.one"):
        check_order("circular")
