"""What the contract marks as deprecated is reported to users: in docstrings, by type checkers, and at run time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.__main__ import ROOT, main

HERE = Path(__file__).parent
USES = HERE / "uses.py"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the client that is generated from the contract beside this file."""
    root = tmp_path_factory.mktemp("deprecation")
    assert main(["build", "--contract", str(HERE / "deprecated.yaml"), "--root", str(root)]) == 0
    return root


def marked(mark: str) -> list[int]:
    lines = enumerate(USES.read_text().splitlines(), 1)
    return [number for number, line in lines if re.search(rf"  # (?:\w+, )?{mark}\b", line)]


def run(*arguments: str, root: Path, variable: str) -> str:
    search = os.pathsep.join([str(root / "generated"), str(HERE), str(ROOT)])
    finished = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, variable: search},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in finished.stderr, finished.stderr
    return finished.stdout


def test_each_use_warns_once_at_its_line(root: Path) -> None:
    warnings = json.loads(run(str(HERE / "program.py"), root=root, variable="PYTHONPATH"))
    assert sorted(line for _, line, _ in warnings) == marked("warns")
    assert {file for file, _, _ in warnings} == {str(USES)}
    assert {text for _, _, text in warnings} == {
        "`delete_thing` is deprecated since 1.2.0: use `archive_thing`. It will be removed in 2.0.0.",
        "`orbit.things.delete` is deprecated since 1.2.0: use `orbit.things.archive`. It will be removed in 2.0.0.",
        "`max_items` of `list_things` is deprecated since 1.1.0: use `limit`.",
        "`max_items` of `orbit.things.list` is deprecated since 1.1.0: use `limit`.",
        "`colour` of `CreateThingBody` is deprecated since 1.1.0: use `color`.",
        "`colour` of `orbit.things.create` is deprecated since 1.1.0: use `color`.",
        "`colour` of `Thing` is deprecated since 1.1.0: use `color`. It will be removed in 2.0.0.",
        "`shade` of `Paint` is deprecated since 1.1.0. The server ignores it.",
        "`gloss` of `Paint` is deprecated since 1.1.0: use `shine`. Their meaning is the same.",
        "`Wrapping` is deprecated since 1.4.0: use `Paint`.",
        "The event `thing.made` is deprecated since 1.3.0: use `thing.created`.",
    }


def test_mypy_reports_what_it_can_know(root: Path) -> None:
    options = ("--strict", "--enable-error-code=deprecated", "--follow-imports=silent", "--no-error-summary")
    output = run("-m", "mypy", *options, str(USES), root=root, variable="MYPYPATH")
    found = [line.split(":", 3) for line in output.splitlines() if "[deprecated]" in line]
    assert len(found) == len(output.splitlines()), output
    assert sorted({int(line) for _, line, _, _ in found}) == marked("checked")
    assert "use `orbit.things.archive`" in output


def test_docstrings_say_what_to_use_instead(root: Path) -> None:
    package = root / "generated" / "orbitconnect_api"
    operation = "Deprecated since 1.2.0: use `archive_thing`. It will be removed in 2.0.0."
    text = (package / "api/things/delete_thing.py").read_text()
    assert text.count(f"\n    {operation}\n") == len(["build", "sync_detailed", "sync", "asyncio_detailed", "asyncio"])
    assert f"\n{operation}\n" in text
    for module, words in {
        "api/things/list_things.py": "max_items: How many. Deprecated since 1.1.0: use `limit`.",
        "models/thing.py": "colour: Its color. Deprecated since 1.1.0: use `color`. It will be removed in 2.0.0.",
        "models/create_thing_body.py": "colour: Its color. Deprecated since 1.1.0: use `color`.",
        "models/paint.py": "shade: Its shade. Deprecated since 1.1.0. The server ignores it.",
        "models/wrapping.py": "    Deprecated since 1.4.0: use `Paint`.\n",
        "webhook_events.py": "    Deprecated since 1.3.0: use `thing.created`.\n",
    }.items():
        assert words in (package / module).read_text(), module


def test_only_modules_with_deprecated_parts_import_the_warnings(root: Path) -> None:
    package = root / "generated" / "orbitconnect_api"
    for module in ("api/things/get_thing.py", "models/thing_event_data.py", "operations.py"):
        assert "deprecat" not in (package / module).read_text()
