"""The packages work in frozen applications and ZIP files that contain only modules."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import orbitconnect
import orbitconnect_api
from orbitconnect import emulator

PACKAGES = [Path(package.__file__).parent for package in (orbitconnect, orbitconnect_api)]

PROGRAM = """
import sys
from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, LoopbackTransport

with Emulator() as emulator, emulator.client() as orbit, emulator.serve() as server:
    ada = orbit.users.create(external_id="ada", display_name="Ada", metadata={})
    with OrbitServer("sk_test_x", transport=LoopbackTransport(server.url)) as other:
        print(other.users.get(ada.id).display_name, OrbitServer.__module__, sys.modules["orbitconnect"].__file__)
"""


def test_the_packages_contain_only_modules() -> None:
    """Tools that freeze an application collect data files only on request."""
    files = [path for package in PACKAGES for path in package.rglob("*") if path.is_file()]
    assert {path.name for path in files if path.suffix not in (".py", ".pyc")} <= {"py.typed"}


def test_the_emulator_imports_by_name() -> None:
    """Tools that freeze an application follow import statements, not names that are built at run time."""
    for path in Path(emulator.__file__).parent.rglob("*.py"):
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        assert not called & {"import_module", "__import__"}, path


def test_a_zipapp(tmp_path: Path) -> None:
    app = tmp_path / "app.pyz"
    with zipfile.ZipFile(app, "w", zipfile.ZIP_DEFLATED) as archive:
        for package in PACKAGES:
            for path in package.rglob("*.py"):
                archive.write(path, path.relative_to(package.parent))
        archive.writestr("__main__.py", PROGRAM)
    # The two packages are imported from the archive, which comes first in `sys.path`. The dependencies are installed
    # normally.
    done = subprocess.run(
        [sys.executable, "-W", "error", app], capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Ada ")
    assert str(app) in done.stdout
