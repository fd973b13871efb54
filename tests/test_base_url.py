"""The API's address can be changed in one line of the contract, because nothing else spells it out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from orbitconnect_api.operations import BASE_URL, LIVE_HOST
from tests.base_url import BASE_PATH

ROOT = Path(__file__).parents[1]
STATED = {"openapi/orbit.yaml", "generated/orbitconnect_api/operations.py"}
DISCUSSED = {"README.md", "openapi/node-readme.txt"}


def files_with(text: str, *folders: str) -> set[str]:
    """The tracked files that contain a text."""
    command = ["git", "grep", "--name-only", "--fixed-strings", text, "--", *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.splitlines())


@pytest.mark.skipif(not (shutil.which("git") and (ROOT / ".git").exists()), reason="takes a git checkout")
def test_only_the_contract_states_the_host_and_the_path() -> None:
    assert files_with(BASE_URL) >= STATED
    assert files_with(LIVE_HOST) <= STATED | DISCUSSED, "take the host from tests.base_url or orbitconnect_api"
    assert files_with(f"{BASE_PATH}/", "tests", "examples", "benchmarks") == set(), "take BASE_PATH from tests.base_url"
