"""The output does not depend on the environment, and the commands report what they did."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.__main__ import ROOT, main

SMALL = Path(__file__).with_name("small.yaml")
PACKAGE = Path("generated/orbitconnect_api")


def generate(root: Path, *, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "build", "--contract", str(SMALL), "--root", str(root)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_checked_in_code_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().err


def test_output_does_not_depend_on_hash_seed_folder_locale_or_ruff_on_path(tmp_path: Path) -> None:
    other_ruff = tmp_path / "bin" / "ruff"
    other_ruff.parent.mkdir()
    other_ruff.write_text("#!/bin/sh\nexit 3\n")
    other_ruff.chmod(0o755)
    settings = tmp_path / "elsewhere"
    settings.mkdir()
    (settings / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")

    generate(tmp_path / "one", cwd=ROOT, PYTHONHASHSEED="1")
    path = f"{other_ruff.parent}{os.pathsep}{os.environ['PATH']}"
    generate(settings / "two", cwd=settings, PYTHONHASHSEED="2", PATH=path, LC_ALL="C", TZ="Asia/Tokyo")

    one, two = contents(tmp_path / "one"), contents(settings / "two")
    assert one == two
    assert "generated/orbitconnect_api/api/things/create_thing.py" in one


def test_building_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = ["build", "--contract", str(SMALL), "--root", str(tmp_path)]
    assert main(build) == 0
    assert "added: 3 operations (create_thing, delete_thing, list_things)" in capsys.readouterr().out
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.py")}
    assert main(build) == 0
    assert "Nothing changed." in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.py")} == before


def test_the_summary_lists_what_was_added_changed_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = tmp_path / "orbit.yaml"
    shutil.copyfile(SMALL, contract)
    build = ["build", "--contract", str(contract), "--root", str(tmp_path)]
    assert main(build) == 0
    text = SMALL.read_text()
    text = text.replace("operationId: deleteThing", "operationId: removeThing").replace(
        "How many.", "How many to list."
    )
    contract.write_text(text)
    capsys.readouterr()

    assert main(build) == 0

    shown = capsys.readouterr().out
    assert "added: 1 operation (remove_thing)" in shown
    assert "changed: 1 operation (list_things)" in shown
    assert "removed: 1 operation (delete_thing)" in shown
    assert not (tmp_path / PACKAGE / "api/things/delete_thing.py").exists()


@pytest.mark.parametrize("kind", ["changed", "added", "removed"])
def test_check_finds_any_difference_and_writes_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--contract", str(SMALL), "--root", str(tmp_path)]
    assert main(["build", *arguments]) == 0
    assert main(["check", *arguments]) == 0
    target = tmp_path / PACKAGE / ("models/extra.py" if kind == "added" else "models/thing.py")
    if kind == "removed":
        target.unlink()
    else:
        with target.open("a") as file:
            file.write("\n")
    before = contents(tmp_path)
    capsys.readouterr()

    assert main(["check", *arguments]) == 1

    assert f"/{target.relative_to(tmp_path / PACKAGE).as_posix()}" in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_another_version_of_a_pinned_tool_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.render.version", lambda package: "0.0.1")
    assert main(["build", "--contract", str(SMALL), "--root", str(tmp_path)]) == 1
    assert "openapi-python-client 0.0.1 is installed, but the output needs" in capsys.readouterr().err
    assert contents(tmp_path) == {}


def test_watch_builds_again_when_the_contract_changes(tmp_path: Path) -> None:
    contract = tmp_path / "orbit.yaml"
    shutil.copyfile(SMALL, contract)
    module = tmp_path / PACKAGE / "api/things/delete_thing.py"
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "generator", "watch", "--contract", str(contract), "--root", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        assert any("added: 3 operations" in line for line in lines)
        contract.write_text(SMALL.read_text().replace("operationId: deleteThing", ""))
        assert any("1 mistake in the contract; nothing was written" in line for line in lines)
        assert module.exists()
        contract.write_text(SMALL.read_text().replace("operationId: deleteThing", "operationId: removeThing"))
        assert any("removed: 1 operation (delete_thing)" in line for line in lines)
        assert not module.exists()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
