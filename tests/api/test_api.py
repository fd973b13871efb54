"""`make api` finds what can break a program since the last release, unless CHANGELOG.md names it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.for_each import for_each

ROOT: Final = Path(__file__).resolve().parents[2]
FACADE: Final = '''
"""Things."""
from typing import Any


class AsyncThings:
    """Things."""

    async def get(self, thing_id: str, *, deep: bool = False, color: str | int | None = None) -> "Thing":
        """Get."""
        return self._get(thing_id)

    async def list(self) -> list[str]:
        """List."""
        return []

    async def _get(self, thing_id: str) -> Any: ...
'''
MODEL: Final = '''
"""The model Thing."""
from attrs import define


@define(kw_only=True)
class Thing:
    """A thing."""

    id: str
    color: str | None = None
    _raw: dict[str, str] = {}


class ThingBody(RequestModel):
    """A thing to send."""

    size: int | None = None
'''


@pytest.fixture(scope="session")
def api() -> Any:
    """The module `.ci/api.py`."""
    spec = importlib.util.spec_from_file_location("public_api", ROOT / ".ci" / "api.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stubs(api: Any, folder: Path, facade: str, model: str) -> Path:
    """The stubs of a small source tree."""
    sources = {
        "orbitconnect/__init__.py": "",
        "orbitconnect/_version.py": 'VERSION = "1"',
        "orbitconnect/_async/__init__.py": "",
        "orbitconnect/_async/namespaces/__init__.py": "",
        "orbitconnect/_async/namespaces/things.py": facade,
        "generated/orbitconnect_api/__init__.py": "",
        "generated/orbitconnect_api/models/__init__.py": "from .thing import Thing as Thing",
        "generated/orbitconnect_api/models/thing.py": model,
    }
    for name, text in sources.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    api.write_stubs(folder / "source", folder / "stubs")
    return folder / "stubs"


@pytest.fixture
def released(api: Any, tmp_path: Path) -> Path:
    return stubs(api, tmp_path / "old", FACADE, MODEL)


@for_each(
    ("old", "new", "expected"),
    [
        ("async def list", "async def all", ["`things.list`: Public object was removed"]),
        (
            "thing_id: str, *",
            "id: str, *",
            ["`things.get`: `thing_id`: Parameter was removed", "`id`: Parameter was added as required"],
        ),
        ("deep: bool = False, ", "", ["`things.get`: `deep`: Parameter was removed"]),
        ("deep: bool = False", "deep: bool = True", ["`things.get`: `deep`: Parameter default was changed"]),
        ("deep: bool = False", "deep: bool", ["`things.get`: `deep`: Parameter is now required"]),
        (
            "deep: bool = False",
            "deep: bool = False, wide: bool",
            ["`things.get`: `wide`: Parameter was added as required"],
        ),
        ("str | int | None", "str | None", ["`things.get`: `color` changed from str | int | None to str | None"]),
        ("-> list[str]", "-> list[str] | None", ["`things.list`: the result changed"]),
        ("-> Thing", "-> models.Thing", []),
        ("-> Thing", "-> models.Other", ["`things.get`: the result changed from Thing to models.Other"]),
        ("class Thing:", "class Item:", ["`Thing`: Public object was removed"]),
        ("    color: str | None\n", "", ["`Thing.color`: Public object was removed"]),
        ("id: str\n", "id: str | None\n", ["`Thing.id`: the type changed from str to str | None"]),
        ("size: int | None", "size: int", ["`ThingBody.size`: the type changed from int | None to int"]),
        ("size: int | None", "size: int | float | None", []),
        ("str | int | None = None", "str | int | bytes | None = None", []),
        ("    async def list", "    async def more(self) -> int: ...\n    async def list", []),
        ("    id: str\n", "    id: str\n    weight: int | None = ...\n", []),
    ],
)
def test_what_can_break_a_program_is_found(
    api: Any, released: Path, tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    current = tmp_path / "new"
    shutil.copytree(released, current, dirs_exist_ok=True)
    changed = [path for path in current.rglob("things.pyi") if old in path.read_text()]
    changed += [path for path in current.rglob("thing.pyi") if old in path.read_text()]
    assert changed
    for path in changed:
        path.write_text(path.read_text().replace(old, new))
    found = [str(breakage) for breakage in api.breakages(released, current)]
    assert len({breakage.partition(":")[0] for breakage in found}) == len(expected[:1])
    for words in expected:
        assert any(words in breakage for breakage in found), found


def test_a_break_must_be_named_under_changed_or_removed(
    api: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(api, "ROOT", tmp_path / "source")
    monkeypatch.setattr(api, "RELEASED", tmp_path / "released")
    monkeypatch.setattr(sys, "argv", ["api.py", "record"])
    stubs(api, tmp_path, FACADE, MODEL)
    assert api.main() == 0
    stubs(api, tmp_path, FACADE.replace("def list", "def all"), MODEL)
    monkeypatch.setattr(sys, "argv", ["api.py"])
    changelog = tmp_path / "source" / "CHANGELOG.md"
    changelog.write_text(
        "## [Unreleased]\n\n### Added\n\n- `things.list`\n\n## 1.0\n\n### Removed\n\n- `things.list`\n"
    )
    assert api.main() == 1
    shown = capsys.readouterr().err
    assert "`things.list`: Public object was removed" in shown
    assert "name it in CHANGELOG.md, under Unreleased, in Changed or Removed" in shown
    changelog.write_text("## [Unreleased]\n\n### Removed\n\n- `orbit.things.list()`. Use `things.all()`.\n")
    assert api.main() == 1
    changelog.write_text("## [Unreleased]\n\n### Removed\n\n- `things.list(...)`. Use `things.all(...)`.\n")
    assert api.main() == 0


def test_the_released_api_has_the_facade_the_models_and_the_events() -> None:
    text = "\n".join(path.read_text() for path in (ROOT / "tests" / "api" / "released").rglob("*.pyi"))
    for name in (
        "class AsyncMessages:",
        "async def send(",
        "class Message(",
        "class MessageSentEvent(",
        "class NotFoundError(",
    ):
        assert name in text
