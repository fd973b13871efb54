"""Python with special options, and applications that are packed into a single file or folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipapp
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.environments.conftest import ROOT, Api

STORY = Path(__file__).with_name("story.py")
PACKAGES = ["orbitconnect", "orbitconnect_api", "httpx", "httpcore", "h11", "anyio", "idna", "certifi", "attr", "attrs"]


def done(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """Run a command, which must succeed without a warning, and return its output."""
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60, cwd=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.mark.parametrize(
    "flags", [["-W", "error"], ["-OO"], ["-X", "dev", "-W", "error"], ["-I", "-W", "error"], ["-bb"]]
)
def test_python_with_special_options(flags: list[str], environment: dict[str, str], api: Api, tmp_path: Path) -> None:
    assert done([sys.executable, *flags, str(STORY)], environment, tmp_path).startswith("done with ")
    assert len(api.seen) == 3


def copy_packages(folder: Path) -> None:
    """Copy the SDK and its dependencies, all of them pure Python, into a folder."""
    for name in [*PACKAGES, "typing_extensions", "sniffio"]:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        origin = Path(spec.origin)
        if origin.name == "__init__.py":
            shutil.copytree(origin.parent, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(origin, folder)


def test_a_zipapp_runs(environment: dict[str, str], api: Api, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    copy_packages(content)
    shutil.copy(STORY, content / "__main__.py")
    zipapp.create_archive(content, tmp_path / "app.pyz")
    shutil.rmtree(content)
    command = [sys.executable, "-I", "-S", "-W", "error", str(tmp_path / "app.pyz")]
    assert done(command, environment, tmp_path).startswith("done with ")
    assert len(api.seen) == 3
    # certifi's certificates are inside the archive.
    usual = {name: value for name, value in environment.items() if name != "SSL_CERT_FILE"}
    refused = subprocess.run(command, env=usual, capture_output=True, text=True, check=False, timeout=60)
    assert "CERTIFICATE_VERIFY_FAILED" in refused.stderr


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application frozen by PyInstaller."""
    folder = tmp_path_factory.mktemp("frozen")
    shutil.copy(STORY, folder / "story.py")
    paths = f"{ROOT}{os.pathsep}{ROOT / 'generated'}"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--paths", paths, "story.py"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return folder / "dist" / "story" / "story"


def test_an_application_frozen_by_pyinstaller_runs(
    frozen: Path, environment: dict[str, str], api: Api, tmp_path: Path
) -> None:
    assert done([str(frozen)], {**environment, "PYTHONPATH": ""}, tmp_path).startswith("done with ")
    assert len(api.seen) == 3
