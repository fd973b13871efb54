"""The examples run, as modules of the project and as plain scripts somewhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "ORBIT_SECRET_KEY"}


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("name", ["quick_start", "chat"])
def test_it_runs(name: str, tmp_path: Path) -> None:
    shown = run("-m", f"examples.{name}", cwd=ROOT)
    assert "against the emulator" in shown
    assert "\033" not in shown, "no colours into a pipe"
    assert "orbit.users.create(" in shown
    for file in ("narration.py", f"{name}.py"):
        shutil.copy(ROOT / "examples" / file, tmp_path)
    assert len(run(f"{name}.py", cwd=tmp_path).splitlines()) == len(shown.splitlines())


def test_the_quick_start_shows_each_call_and_its_result() -> None:
    shown = run("-m", "examples.quick_start", cwd=ROOT)
    assert '  orbit.users.create(external_id="your_db_user_id", display_name="Alice")\n  → AppUser(id=\'usr_' in shown
    assert "UserToken(token=***" in shown
    assert "eyJ" not in shown


def test_the_live_api_is_taken_with_a_key() -> None:
    program = (
        "import narration\n"
        "narration.OrbitServer = lambda: __import__('contextlib').nullcontext(print('live'))\n"
        "with narration.open_orbit('x'): pass"
    )
    assert "live\n" in run("-c", program, cwd=ROOT / "examples", ORBIT_SECRET_KEY="sk_test_x")
