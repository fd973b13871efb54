"""The API's address can be changed in one line of the contract, because nothing else spells it out."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from generator.__main__ import main
from orbitconnect import AsyncOrbitServer, ConnectionFailedError, OrbitServer
from orbitconnect_api import operations
from orbitconnect_api.operations import BASE_URL
from tests.base_url import BASE_PATH, base_url
from tests.yaml_files import CONTRACT, contract

ROOT = Path(__file__).parents[1]
STATED = {"openapi/orbit.yaml", "generated/orbitconnect_api/operations.py"}
DISCUSSED = {"README.md", "openapi/node-readme.txt"}
VENDOR_URLS = contract()["servers"][0]["x-orbit-vendor-urls"]


def files_with(text: str, *folders: str) -> set[str]:
    """The tracked files that contain a text."""
    command = ["git", "grep", "--name-only", "--fixed-strings", text, "--", *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.splitlines())


@pytest.mark.skipif(not (shutil.which("git") and (ROOT / ".git").exists()), reason="takes a git checkout")
def test_only_the_contract_states_the_host_and_the_path() -> None:
    assert files_with(BASE_URL) >= STATED
    for url in {BASE_URL, *VENDOR_URLS}:
        host = urlsplit(url).hostname or ""
        assert files_with(host) <= STATED | DISCUSSED, "take the host from tests.base_url or orbitconnect_api"
    assert files_with(f"{BASE_PATH}/", "tests", "examples", "benchmarks") == set(), "take BASE_PATH from tests.base_url"


def test_the_other_urls_are_those_that_the_vendor_names_too() -> None:
    assert set(operations.OTHER_URLS) == set(VENDOR_URLS) - {BASE_URL}
    assert len(VENDOR_URLS) > 1


def test_an_error_names_the_other_hosts_only_if_no_connection_could_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "https://other.example/v1"
    monkeypatch.setattr(operations, "OTHER_URLS", (other,))
    with OrbitServer("sk_test_x", max_retries=0) as orbit, base_url("https://127.0.0.1:1"):
        with pytest.raises(ConnectionFailedError) as refused:
            orbit.users.list()
        with base_url("https://no-such-host.invalid"), pytest.raises(ConnectionFailedError) as unknown:
            orbit.users.list()

    async def call() -> None:
        async with AsyncOrbitServer("sk_test_x", max_retries=0, transport="aiohttp") as orbit:
            await orbit.users.list()

    with base_url("https://127.0.0.1:1"), pytest.raises(ConnectionFailedError) as aiohttp:
        asyncio.run(call())
    for error in refused, unknown, aiohttp:
        assert f"The vendor also names {other}." in str(error.value)
        assert f"`make host URL={other}` and `make build`" in str(error.value)
    broken = httpx.MockTransport(lambda _: (_ for _ in ()).throw(httpx.ConnectError("refused")))
    with (
        OrbitServer("sk_test_x", max_retries=0, transport=broken) as orbit,
        pytest.raises(ConnectionFailedError) as own,
    ):
        orbit.users.list()
    assert other not in str(own.value), "the transport decides which host it connects to"
    monkeypatch.setattr(operations, "OTHER_URLS", ())
    with (
        OrbitServer("sk_test_x", max_retries=0) as orbit,
        base_url("https://127.0.0.1:1"),
        pytest.raises(ConnectionFailedError) as alone,
    ):
        orbit.users.list()
    assert "vendor" not in str(alone.value)


class TestChangingIt:
    URL = "https://changed.test:8444/changed/v9"

    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        return Path(shutil.copyfile(CONTRACT, tmp_path / "orbit.yaml"))

    def test_one_line_changes_and_the_constants_follow(self, copy: Path, tmp_path: Path) -> None:
        before = copy.read_text().splitlines()
        assert main(["host", self.URL, "--contract", str(copy), "--root", str(tmp_path)]) == 0
        changed = [(old, new) for old, new in zip(before, copy.read_text().splitlines(), strict=True) if old != new]
        assert changed == [(f"  - url: {BASE_URL}", f"  - url: {self.URL}")]
        table = (tmp_path / "generated/orbitconnect_api/operations.py").read_text()
        assert f'BASE_URL: Final = "{self.URL}"' in table
        assert 'LIVE_HOST: Final = "changed.test"' in table
        assert all(url in table.partition("OTHER_URLS")[2].partition("\n\n")[0] for url in VENDOR_URLS)

    @pytest.mark.parametrize(
        "url", ["", "http://changed.test", "https://changed.test/", "https://a@changed.test", "changed.test"]
    )
    def test_a_text_that_is_not_a_base_url_changes_nothing(
        self, copy: Path, tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = copy.read_text()
        assert main(["host", url, "--contract", str(copy), "--root", str(tmp_path)]) == 1
        assert copy.read_text() == before
        assert "is not a base URL. Write it like https://HOST/api/v1" in capsys.readouterr().err
