"""Environment variables are checked when a client is created, or else named in the error that the first call raises."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from orbitconnect import AsyncOrbitServer, ConnectionFailedError, OrbitServer
from orbitconnect._http import proxy as proxy_module
from orbitconnect._http.tls import shared_context
from tests.for_each import for_each
from tests.http.faults.harness import GOOD
from tests.pipeline.harness import KEY, NEVER, Sdk, data, loopback, request_of

PASSWORD = "s3cret"
BAD_PROXIES = {
    "a space before": f" http://user:{PASSWORD}@127.0.0.1:3128",
    "a line break after": f"http://user:{PASSWORD}@127.0.0.1:3128\n",
    "a carriage return": f"http://user:{PASSWORD}@127.0.0.1:3128\r",
    "a space inside": f"http://us er:{PASSWORD}@127.0.0.1:3128",
    "two dots": f"http://user:{PASSWORD}@proxy_host..x:3128",
    "a long label": f"http://user:{PASSWORD}@{'a' * 64}.test:3128",
    "no host": f"http://user:{PASSWORD}@:3128",
    "a port that is none": f"http://user:{PASSWORD}@proxy.test:port",
    "a port too large": f"http://user:{PASSWORD}@proxy.test:99999",
    "port 0": f"http://user:{PASSWORD}@proxy.test:0",
    "another scheme": f"ftp://user:{PASSWORD}@proxy.test",
    "socks4": f"socks4://user:{PASSWORD}@proxy.test",
    "a path": f"http://user:{PASSWORD}@proxy.test/path",
    "a query": f"http://user:{PASSWORD}@proxy.test?a=b",
    "half of a bracket": f"http://user:{PASSWORD}@[::1:3128",
    "a control character": f"http://user:{PASSWORD}@proxy\x00.test",
    "quotes": f'"http://user:{PASSWORD}@proxy.test"',
    "not ASCII": f"http://user:{PASSWORD}@pröxy.test",
    "a password with a line break": f"http://user:{PASSWORD}%0a@proxy.test",
    "a password that is too long": f"http://user:{PASSWORD * 50}@proxy.test",
}


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@for_each("value", [value for value in BAD_PROXIES.values() if "\x00" not in value])
@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
def test_a_malformed_proxy_is_refused_when_the_client_is_made(
    client: Callable[..., Any], value: str, variable: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=variable) as caught:
        client(KEY)
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=False).format())
    assert PASSWORD not in told
    assert "unset it" in told
    # A client that is given a transport, such as the emulator's, needs no proxy.
    client(KEY, transport=httpx.MockTransport(lambda request: data()))


@for_each("name", BAD_PROXIES)
def test_a_mistake_in_a_proxy_is_named_but_not_quoted(name: str) -> None:
    flaw, found = proxy_module._read(BAD_PROXIES[name])
    assert found is None
    assert flaw
    assert PASSWORD not in flaw


@pytest.mark.parametrize(
    "value",
    [
        "http://proxy.test",
        "proxy.test:3128",
        "https://proxy.test/",
        "http://[::1]:3128",
        "http://my_proxy:1",
        "http://u@h",
    ],
)
def test_valid_proxies_are_accepted(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    OrbitServer(KEY).close()


def test_a_socks_proxy_needs_an_extra(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"socks5://user:{PASSWORD}@127.0.0.1:1080")
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(ImportError, match=r"ALL_PROXY.*socksio") as caught:
        sdk.client()
    assert PASSWORD not in str(caught.value)


def test_aiohttp_refuses_socks_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(ValueError, match="aiohttp cannot use"):
        AsyncOrbitServer(KEY, transport="aiohttp")
    AsyncOrbitServer(KEY)


def test_a_proxy_that_becomes_malformed_is_named_in_the_error(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    with loopback(GOOD):
        client = sdk.client()
        monkeypatch.setenv("ALL_PROXY", f"http://user:{PASSWORD}@proxy..test")
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert (error.sent, error.attempts) == (False, 1)
    assert "ALL_PROXY" in str(error)
    assert ".." not in str(error)
    assert PASSWORD not in str(error)


def test_the_sync_client_refuses_aiohttp() -> None:
    with pytest.raises(ValueError, match="AsyncOrbitServer"):
        OrbitServer(KEY, transport="aiohttp")  # type: ignore[arg-type]


CertificateMaker = Callable[[Path], Path]


def missing(folder: Path) -> Path:
    return folder / "missing.pem"


def a_folder(folder: Path) -> Path:
    return folder


def no_pem(folder: Path) -> Path:
    (folder / "ca.pem").write_text("no certificate")
    return folder / "ca.pem"


def a_key(folder: Path) -> Path:
    trustme.CA().private_key_pem.write_to_path(folder / "key.pem")
    return folder / "key.pem"


def empty(folder: Path) -> Path:
    (folder / "ca.pem").write_bytes(b"")
    return folder / "ca.pem"


def der(folder: Path) -> Path:
    (folder / "ca.der").write_bytes(ssl.PEM_cert_to_DER_cert(trustme.CA().cert_pem.bytes().decode()))
    return folder / "ca.der"


@pytest.mark.parametrize("make", [missing, a_folder, no_pem, a_key, empty, der])
@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
def test_an_invalid_certificate_file_is_refused(
    client: Callable[..., Any], make: CertificateMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(make(tmp_path)))
    with pytest.raises(ValueError, match=r"SSL_CERT_FILE.*unset it"):
        client(KEY)
    client(KEY, transport=httpx.MockTransport(lambda request: data()))


@pytest.mark.parametrize("make", [missing, no_pem])
def test_an_invalid_certificate_folder_is_refused(make: CertificateMaker, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(make(tmp_path)))
    with pytest.raises(ValueError, match=r"SSL_CERT_DIR.*unset it"):
        OrbitServer(KEY)
    monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path / 'missing'}:{tmp_path}")
    OrbitServer(KEY).close()


def test_certificates_that_cannot_be_loaded(
    sdk: Sdk, tls: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with loopback(GOOD, tls=tls):
        client = sdk.client()
        client.preload()
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert (error.sent, error.attempts) == (False, 1)
    assert "SSL_CERT_FILE" in str(error)


@pytest.mark.parametrize("make", [a_folder, lambda folder: missing(folder) / "keys.log"])
def test_a_file_for_tls_keys_that_cannot_be_written(
    sdk: Sdk, tls: ssl.SSLContext, make: CertificateMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_context()  # Has no file for keys, and must not be used below.
    monkeypatch.setenv("SSLKEYLOGFILE", str(make(tmp_path)))
    with loopback(GOOD, tls=tls):
        client = sdk.client()
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert (error.sent, error.attempts) == (False, 1)
    assert "SSLKEYLOGFILE" in str(error)
    assert "SSL_CERT_FILE" not in str(error)


def test_importing_aiohttp_needs_the_file_for_tls_keys_too(tmp_path: Path) -> None:
    """aiohttp builds TLS contexts when it is imported."""
    code = """
import asyncio
from orbitconnect import AsyncOrbitServer, ConnectionFailedError
from orbitconnect_api import operations

operations.BASE_URL = "https://127.0.0.1:9"

async def main():
    async with AsyncOrbitServer("sk_test_x", transport="aiohttp") as orbit:
        try:
            await orbit.users.list()
        except ConnectionFailedError as error:
            print(error, error.attempts)

asyncio.run(main())
"""
    environment = {**os.environ, "SSLKEYLOGFILE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "SSLKEYLOGFILE cannot be written" in done.stdout


def test_the_error_for_an_untrusted_certificate_says_what_to_do(sdk: Sdk, tls: ssl.SSLContext) -> None:
    with loopback(GOOD, tls=tls):
        client = sdk.client(max_retries=0)
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert "SSL_CERT_FILE" in str(error)


def test_a_file_not_found_error_of_a_transport_is_no_connection_error(sdk: Sdk) -> None:
    class Broken(httpx.BaseTransport, httpx.AsyncBaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            raise FileNotFoundError(2, "No such file or directory", "/app/contract.json")

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return self.handle_request(request)

    client = sdk.client(transport=Broken())
    with pytest.raises(FileNotFoundError, match=r"contract\.json"):
        sdk.execute(client, request_of())
    sdk.close(client)


def test_a_call_without_an_event_loop_says_so() -> None:
    call = AsyncOrbitServer(KEY).users.get("usr_1")
    with pytest.raises(RuntimeError, match="asyncio event loop"):
        call.send(None)


@pytest.mark.parametrize(
    ("module", "name", "spelled"),
    [
        ("httpcore/_sync/connection.py", "_connection", "_link"),
        ("httpcore/_async/connection.py", "_connection", "_link"),
        ("httpcore/_sync/http11.py", "_h11_state", "_h11"),
        ("httpcore/_async/http11.py", "_h11_state", "_h11"),
        ("httpx/_transports/default.py", "_pool", "_connections"),
        ("aiohttp/connector.py", "_release(", "_give_back("),
        ("aiohttp/client_reqrep.py", "async def send(", "async def _send("),
    ],
)
def test_an_incompatible_library_fails_loudly(module: str, name: str, spelled: str, tmp_path: Path) -> None:
    """Simulates a version of a library in which a private or undocumented name has changed."""
    package = module.partition("/")[0]
    stack = "aiohttp" if package == "aiohttp" else "httpx"
    origin = find_spec(package)
    if origin is None:
        pytest.skip(f"{package} is not installed")
    assert origin.origin is not None
    copied = shutil.copytree(Path(origin.origin).parent, tmp_path / package)
    changed = copied.parent / module
    text = changed.read_text()
    assert name in text
    changed.write_text(text.replace(name, spelled))
    code = f"""
import asyncio, sys
sys.path.insert(0, {str(tmp_path)!r})
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect_api import operations
import {package}
assert {package}.__file__.startswith({str(tmp_path)!r})
operations.BASE_URL = sys.argv[1]
try:
    if {("_async" in module or stack == "aiohttp")!r}:
        asyncio.run(AsyncOrbitServer("sk_test_x", transport={stack!r}).users.get("u"))
    else:
        OrbitServer("sk_test_x").users.get("u")
except (ImportError, AttributeError) as error:
    print(type(error).__name__, error)
else:
    raise SystemExit("no error was raised")
"""
    with loopback(GOOD) as server:
        ran = subprocess.run(
            [sys.executable, "-c", code, server.url], capture_output=True, text=True, check=False, timeout=60
        )
    assert ran.returncode == 0, ran.stderr
    assert "ImportError orbitconnect cannot" in ran.stdout
    assert f"with {package} " in ran.stdout


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("value", ["x" * 300, "x" * 5000, "-----BEGIN PRIVATE KEY-----\ns3cret\n"], ids=len)
def test_a_certificate_variable_without_a_path_is_refused(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=f"{variable} names") as caught:
        OrbitServer(KEY)
    assert "s3cret" not in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_certificates_in_an_unreadable_folder_are_refused(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "ca.pem").write_text("x")
    for each in (tmp_path, *tmp_path.parents):
        if each.owner() == tmp_path.owner() and each != Path("/"):
            each.chmod(0o755)
    monkeypatch.setenv(variable, str(folder / "ca.pem"))
    folder.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(ValueError, match=f"{variable} names .*(Permission denied|not a folder)"):
            OrbitServer(KEY)
    finally:
        os.seteuid(user)
        folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_certificates_in_a_pipe_are_not_read_before_connecting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "pipe"))
    OrbitServer(KEY).close()
