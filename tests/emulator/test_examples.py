"""The examples run as project modules, as scripts in another folder, and in the same way as with the live API."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from examples import narration
from orbitconnect.emulator import Emulator

ROOT = Path(__file__).parents[2]

KEY_LINES = {
    "basic": (
        'orbit.users.create(external_id="your_db_user_id"',
        "→ AppUser(id='usr_",
        "→ UserToken(token=***",
        "clientId: pk_test_",
    ),
    "group": (
        "as_alice.conversations.create(",
        "✗ PermissionDeniedError",
        "✗ NotFoundError",
        "code='resource_not_found'",
    ),
    "user": ("orbit.users.deactivate(", "    sub: usr_", "✗ UnprocessableEntityError", "1 of 2 users are active."),
    "call": (
        "✗ PermissionDeniedError",
        "✗ ConflictError",
        "duration_seconds=9",
        "credential=***",
        "status='rejected'",
    ),
    "meeting": (
        "Hana: host, joined",
        "Gabriel: co_host, joined",
        "shares the screen",
        "status='ended'",
        "duration_seconds=30",
    ),
    "media": ("status='ready'", "✗ NotFoundError", "bytes 0-23/", "what Alice uploaded: True", "part 3:"),
    "realtime": ("to_state='meeting'", "✗ ConflictError", "event_type='document.opened'", "status='ended'"),
    "webhook": ("type='message.sent'", "✗ WebhookVerificationError", "is_replay=True", "number=3", "emulator.advance"),
    "full": ("→ Transaction(type='usage'", "→ Invoice(number=", "x call.ended", "x invoice.generated"),
}


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORBIT_SECRET_KEY", raising=False)


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An emulator in place of the live API. The examples cannot tell the difference."""
    with Emulator() as emulator:
        monkeypatch.setenv("ORBIT_SECRET_KEY", "sk_test_x")
        monkeypatch.setattr(narration, "OrbitServer", emulator.client)
        monkeypatch.setattr(narration, "time", SimpleNamespace(sleep=emulator.advance))
        bare = SimpleNamespace(URL=httpx.URL, Client=lambda: httpx.Client(transport=emulator.transport))
        monkeypatch.setattr(narration, "httpx", bare)
        yield


def test_every_example_is_listed() -> None:
    others = {"__init__", "narration"}
    assert {path.stem for path in (ROOT / "examples").glob("*.py")} - others == KEY_LINES.keys()
    (line,) = (line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith("example-%"))
    assert all(name in line for name in KEY_LINES)


@pytest.mark.parametrize("name", KEY_LINES)
def test_runs_against_the_emulator(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_module(f"examples.{name}", run_name="__main__")
    shown, complaints = capsys.readouterr()
    assert "this runs against the emulator" in shown
    for line in KEY_LINES[name]:
        assert line in shown
    assert "\033" not in shown, "no colors in a pipe"
    assert "eyJ" not in shown, "no tokens"
    assert "whsec_" not in shown, "no secrets"
    assert complaints == ""


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("name", KEY_LINES)
def test_runs_against_the_live_api(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_module(f"examples.{name}", run_name="__main__")
    assert "this runs against the live API" in capsys.readouterr().out


@pytest.mark.usefixtures("live")
def test_a_live_key_spends_no_money(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ORBIT_SECRET_KEY", "sk_live_x")
    runpy.run_module("examples.full", run_name="__main__")
    shown = capsys.readouterr().out
    assert "Billing is left out" in shown
    assert "orbit.billing" not in shown


def test_the_client_takes_the_key_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORBIT_SECRET_KEY", "sk_test_x")
    with narration.open_stage("x") as stage:
        assert stage.emulator is None


def test_runs_as_a_process_and_as_a_plain_script(tmp_path: Path) -> None:
    shown = run("-m", "examples.full", cwd=ROOT)
    assert "\033" not in shown, "no colors in a pipe"
    for file in ("narration.py", "full.py"):
        shutil.copy(ROOT / "examples" / file, tmp_path)
    assert len(run("full.py", cwd=tmp_path).splitlines()) == len(shown.splitlines())


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout
