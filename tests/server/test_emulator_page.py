"""docs/emulator.md: the shell blocks run as they are, and the tables list every option."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from orbitconnect.cli import main
from tests.base_url import BASE_PATH
from tests.pages import ROOT, blocks_of

PAGE = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="takes bash and curl")
def test_the_shell_blocks(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    # The page shows the base path that the contract had when it was written.
    shown = re.findall(r"`http://127.0.0.1:7357(/\S+)`", PAGE)
    script = "\n".join(block.text for block in blocks_of("docs/emulator.md", "sh"))
    assert script.count("pip install") == 1
    # The first line is tested by `make wheel`. Port 7357 may be in use on this machine.
    script = re.sub(r"^pip install .*$", "set -e", script, flags=re.MULTILINE).replace(
        "7357" + shown[0], port + BASE_PATH
    )
    script = script.replace("7357", port)
    script = script.replace("orbitconnect emulator &", f"{sys.executable} -m orbitconnect emulator --port {port} &")
    done = subprocess.run(
        ["bash", "-m", "-c", script], capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path
    )
    assert done.returncode in (0, 143), done.stderr
    responses = done.stdout[done.stdout.index('{"status":"ok"') :]
    for part in ('"display_name":"Bob"', '"frozen":false', '"fault":"reset"', '"entries":[]', '{"now":'):
        assert part in responses
    assert '"code"' not in responses


def test_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["emulator", "--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    table = PAGE[PAGE.index("| option |") : PAGE.index("`orbitconnect emulator --help` lists")]
    assert set(re.findall(r"--[a-z-]+", table.replace("| --- | --- |", ""))) == known
