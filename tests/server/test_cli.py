"""`orbitconnect emulator`."""

from __future__ import annotations

import re
import signal
import socket
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
from orbitconnect.testing import WebhookInbox
from orbitconnect_api import operations
from tests.base_url import BASE_PATH
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


def test_other_clients_can_use_the_printed_url_and_header() -> None:
    with running() as (process, _):
        assert process.stdout is not None
        line = next(line for line in process.stdout if "other clients" in line)
        found = re.search(r"base URL (\S+), (\S+): (\S+)", line)
        assert found is not None
        url, header, key = found.groups()
        assert httpx.get(url + operations.LIST_APP_USERS.path, headers={header: key}).json() == {"data": []}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_a_signal(number: signal.Signals, tmp_path: Path) -> None:
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
        assert httpx.get(f"{url}{BASE_PATH}/app-users", headers=KEY, trust_env=False).status_code == 401


def test_startup_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str], emulator: Emulator) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    assert main(["emulator", "--port", "0", "--db", str(tmp_path / "text")]) == 1
    assert "cannot be used as the emulator's database" in capsys.readouterr().err
    with emulator.serve() as server:
        assert main(["emulator", "--port", server.url.rpartition(":")[2]]) == 1
    assert re.search(r"Port \d+ is in use", capsys.readouterr().err)
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


def test_without_a_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("usage: orbitconnect ")
    assert "run the API on 127.0.0.1" in out
    assert err == ""


@pytest.mark.parametrize(
    ("module", "usage"), [("orbitconnect", "orbitconnect"), ("orbitconnect.emulator", "orbitconnect emulator")]
)
def test_modules_run_with_python_m(module: str, usage: str) -> None:
    command = [sys.executable, "-W", "error", "-m", module, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {usage} ")


def test_verbose_prints_a_line_for_each_request() -> None:
    with running("--verbose", "--rate-limit", "2/h") as (process, url):
        host, _, port = url.removeprefix("http://").partition(":")
        with httpx.Client(base_url=url, trust_env=False, headers=KEY) as http:
            http.post(f"{BASE_PATH}/app-users", json={"external_id": "ada", "display_name": "Ada"})
            http.get(f"{BASE_PATH}/app-users?token=hidden")
            http.get(f"{BASE_PATH}/app-users")
            http.get("/_emulator/state/export", headers={"Origin": "https://evil.example"})
            http.post("/_emulator/faults", json={"fault": "reset"})
            with pytest.raises(httpx.TransportError):
                http.get("/elsewhere")
        with socket.create_connection((host, int(port))) as raw:
            raw.sendall(b"no HTTP\r\n\r\n")
            raw.recv(1000)
        process.terminate()
        assert process.stdout is not None
        printed = process.stdout.read().partition("Press Ctrl+C to stop.\n")[2]
    lines = [re.sub(r" \d+\.\d ms", "", line) for line in printed.splitlines()]
    assert lines == [
        f"POST {BASE_PATH}/app-users 200 createAppUser",
        f"GET {BASE_PATH}/app-users?token=*** 200 listAppUsers",
        f"GET {BASE_PATH}/app-users 429 listAppUsers rule: rate-limit; inferred",
        "GET /_emulator/state/export 403 rule: loopback-origin; inferred",
        "POST /_emulator/faults 201",
        "GET /elsewhere no response fault: reset",
        "invalid HTTP request 400",
    ]


def test_initial_webhook(tmp_path: Path) -> None:
    with WebhookInbox() as inbox:
        inbox.secrets.append("whsec_given")
        options = (
            "--webhook-url",
            inbox.url,
            "--webhook-secret",
            "whsec_given",
            "--webhook-events",
            "order.*, user.created",
        )
        for name in ("ada", "bob"):  # In the second run, the file already contains the webhook.
            with running("--db", str(tmp_path / "state.db"), *options) as (process, url):
                with OrbitServer("sk_test_x", transport=LoopbackTransport(url)) as orbit:
                    orbit.users.create(external_id=name, display_name=name)
                    orbit.webhooks.publish("order.paid", {"name": name})
                    orbit.webhooks.publish("invoice.paid", {})
                    assert len(orbit.webhooks.list()) == 1
                # Otherwise the process may end before it has recorded the delivery's response.
                assert httpx.post(f"{url}/_emulator/settle", trust_env=False).status_code == 200
                assert inbox.wait_for("order.paid").data == {"name": name}
                process.terminate()
                assert process.stdout is not None
                assert "whsec_given" not in process.stdout.read()
                process.wait(10)
        assert [one.type for one in inbox.received] == ["user.created", "order.paid"] * 2
        assert not any(one.is_refused for one in inbox.received)


def test_media_times() -> None:
    with running("--media-processing-seconds", "0", "--media-url-seconds", "60") as (_, url):
        with OrbitServer("sk_test_x", transport=LoopbackTransport(url)) as orbit:
            me = orbit.as_user(orbit.users.create(external_id="ada", display_name="Ada").id)
            media = me.media.upload(b"hello", mime_type="text/plain")
            link = me.media.get_download_url(media.id).url
        assert link is not None
        assert httpx.get(link, trust_env=False).content == b"hello"
        httpx.post(f"{url}/_emulator/clock/advance", json={"seconds": 61}, trust_env=False)
        assert httpx.get(link, trust_env=False).status_code == 403


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (["--rate-limit", "0/60"], 2, "100/60 or 100/m"),
        (["--rate-limit", "5/0"], 2, "100/60 or 100/m"),
        (["--rate-limit", "5/x"], 2, "seconds"),
        (["--rate-limit", "-5"], 2, "100/60 or 100/m"),
        (["--media-processing-seconds", "nan"], 2, "seconds"),
        (["--media-processing-seconds", "1e300"], 2, "seconds"),
        (["--media-url-seconds", "0.5"], 2, "at least 1 second"),
        (["--webhook-secret", "x"], 1, "--webhook-url"),
        (["--webhook-url", "ftp://127.0.0.1/"], 1, "http:// or https://"),
        (["--webhook-url", "http://["], 1, "absolute URL"),
        (["--webhook-url", "http://127.0.0.1:9/x", "--webhook-secret", " x "], 1, "white space"),
        (["--webhook-url", "http://127.0.0.1:9/x", "--webhook-events", "a,,b"], 1, "is not an event type"),
    ],
)
def test_invalid_options(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, reason: str) -> None:
    try:
        ended = main(["emulator", "--port", "0", *arguments])
    except SystemExit as error:
        ended = int(str(error.code))
    assert ended == status
    assert reason in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["emulator", "--help"])
    assert caught.value.code == 0
    assert "--signing-secret" in capsys.readouterr().out
