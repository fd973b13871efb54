"""`orbitconnect emulator`."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect._extras import how_to_install
from orbitconnect.cli import main
from orbitconnect.emulator import Emulator, LoopbackTransport
from tests.server.conftest import KEY


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "orbitconnect", "emulator", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert url is not None
            yield process, url[0]
        finally:
            process.kill()


def created(url: str) -> str:
    with OrbitServer(secret_key="sk_test_x", transport=LoopbackTransport(url)) as orbit:
        return orbit.users.create(external_id="ada", display_name="Ada").id


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_end(number: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with running("--db", str(path), "--seed", "7") as (process, url):
        ada = created(url)
        process.send_signal(number)
        assert process.stdout is not None
        assert process.stderr is not None
        out, err = process.stdout.read(), process.stderr.read()
        process.wait(10)
    assert (process.returncode, err) == (0, "")
    assert "LoopbackTransport" in out
    assert "/_emulator" in out
    with Emulator(path) as emulator, emulator.client() as orbit, Emulator(seed="7") as same, same.client() as other:
        assert [user.id for user in orbit.users.list()] == [ada]
        assert other.users.create(external_id="ada", display_name="Ada").id == ada


def test_the_signing_secret() -> None:
    with running("--signing-secret", "whisper") as (_, url):
        assert httpx.get(f"{url}/api/v1/app-users", headers=KEY, trust_env=False).status_code == 401


def test_what_cannot_work(tmp_path: Path, capsys: pytest.CaptureFixture[str], emulator: Emulator) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    assert main(["emulator", "--port", "0", "--db", str(tmp_path / "text")]) == 1
    assert "cannot be used as the emulator's database" in capsys.readouterr().err
    with emulator.serve() as server:
        assert main(["emulator", "--port", server.url.rpartition(":")[2]]) == 1
    assert re.search(r"Port \d+ is taken", capsys.readouterr().err)
    for arguments in (["--nothing"], ["emulator", "--port", "x"], ["emulator", "--port", "70000"], ["nothing"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2


def test_without_the_extra() -> None:
    program = """
import sys
sys.modules["uvicorn"] = None
from orbitconnect.cli import main
from orbitconnect.emulator import Emulator
try:
    Emulator().serve()
except ImportError as error:
    assert "[emulator]" in str(error), error
else:
    raise AssertionError
sys.exit(main(["emulator", "--port", "0"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 1
    assert how_to_install("emulator") in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_command_it_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("usage: orbitconnect ")
    assert "run the API on 127.0.0.1" in out
    assert err == ""


@pytest.mark.parametrize(
    ("module", "usage"), [("orbitconnect", "orbitconnect"), ("orbitconnect.emulator", "orbitconnect emulator")]
)
def test_the_modules_that_can_be_run(module: str, usage: str) -> None:
    command = [sys.executable, "-W", "error", "-m", module, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {usage} ")


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["emulator", "--help"])
    assert caught.value.code == 0
    assert "--signing-secret" in capsys.readouterr().out
