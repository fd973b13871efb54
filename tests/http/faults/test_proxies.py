"""Connections through HTTP, HTTPS and SOCKS 5 proxies, including passwords and errors."""

from __future__ import annotations

import socket
import ssl
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import trustme

from orbitconnect import ConnectionFailedError, OrbitServer
from orbitconnect._http.proxy import proxy_for
from orbitconnect_api import operations
from tests.base_url import BASE_PATH, base_url
from tests.http.faults.harness import GOOD
from tests.http.faults.proxies import CREDENTIALS, USERINFO, Proxy, running
from tests.pipeline.harness import (
    KEY,
    NEVER,
    LoopbackServer,
    Sdk,
    SocketServer,
    in_place_of_the_api,
    loopback,
    request_of,
)
from tests.transports import takes_socks

HOST = "api.test"
KINDS = ["http", "https", "socks5"]


@pytest.fixture
def api(authority: trustme.CA, trusted: None) -> Iterator[LoopbackServer]:
    """Run the API under a name that cannot be resolved, so that only the proxy can reach it."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(tls)
    with loopback(GOOD, tls=tls) as server, base_url(f"https://{HOST}{BASE_PATH}"):
        yield server


def port_of(server: LoopbackServer) -> tuple[str, int]:
    return "127.0.0.1", int(server.url.split(":")[2].partition("/")[0])


@contextmanager
def running_server(serve: Callable[[socket.socket, int], None]) -> Iterator[str]:
    """Run a server instead of a proxy, and yield its address."""
    server = SocketServer(serve)
    server.start()
    try:
        yield server.url.split("/")[2]
    finally:
        server.stop()


def needs_socks(sdk: Sdk, kind: str) -> None:
    if kind == "socks5" and not takes_socks(sdk.stack):
        pytest.skip(f"{sdk.stack} does not support SOCKS")


@pytest.mark.parametrize("userinfo", ["", USERINFO], ids=["open", "password"])
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("kind", KINDS)
def test_calls_go_through_the_proxy(
    sdk: Sdk,
    api: LoopbackServer,
    tls: ssl.SSLContext,
    kind: Any,
    variable: str,
    userinfo: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs_socks(sdk, kind)
    with running(Proxy(kind, port_of(api), tls=tls if kind == "https" else None)) as proxy:
        monkeypatch.setenv(variable, f"{kind}://{userinfo}{proxy.address}")
        client = sdk.client()
        for _ in range(3):
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert proxy.asked_for == [f"{HOST}:443"], "one connection, and the proxy resolves the name"
    assert proxy.credentials == [CREDENTIALS if userinfo else None]
    assert [seen.headers[operations.SECRET_KEY_HEADER] for seen in api.seen] == [KEY] * 3
    assert KEY not in str(proxy.heads), "only the API receives the key"


REFUSALS = [
    ("http", b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n", "407"),
    ("http", b"HTTP/1.1 503 Down\r\nContent-Length: 4\r\n\r\ndown", "503"),
    ("http", b"HTTP/1.1 302 Go\r\nLocation: http://elsewhere.test\r\nContent-Length: 0\r\n\r\n", "302"),
    ("https", b"HTTP/1.1 403 No\r\n\r\n", "403"),
    ("socks5", b"\x05\x05\x00\x01\x7f\x00\x00\x01\x00\x50", "refused"),
    ("socks5", b"\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00", "not allowed"),
]


@pytest.mark.parametrize(("kind", "refusal", "said"), REFUSALS, ids=[f"{kind}-{said}" for kind, _, said in REFUSALS])
def test_the_error_says_why_a_proxy_refuses(
    sdk: Sdk,
    api: LoopbackServer,
    tls: ssl.SSLContext,
    kind: Any,
    refusal: bytes,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs_socks(sdk, kind)
    with running(Proxy(kind, None, tls=tls if kind == "https" else None, refuses=refusal)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"{kind}://{USERINFO}{proxy.address}")
        client = sdk.client(max_retries=0)
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert error.sent is False
    assert said in str(error)
    assert "s3cret" not in str(error)
    assert not api.seen


JUNK = {
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "nothing": b"",
    "half": b"HTTP/1.1 20",
    "more than was asked for": b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "an endless head": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 20_000,
}


@pytest.mark.parametrize("kind", ["http", "socks5"])
@pytest.mark.parametrize("said", JUNK.values(), ids=JUNK)
def test_an_invalid_response_of_a_proxy_is_a_failed_connection(
    sdk: Sdk, api: LoopbackServer, said: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_socks(sdk, kind)
    if sdk.stack == "aiohttp" and said == JUNK["more than was asked for"]:
        pytest.skip("aiohttp tries to read it as TLS")

    def serve(connection: socket.socket, number: int) -> None:
        connection.recv(65_536)
        connection.sendall(said)

    server = SocketServer(serve)
    server.start()
    with in_place_of_the_api(server), base_url(f"https://{HOST}{BASE_PATH}"):
        monkeypatch.setenv("HTTPS_PROXY", f"{kind}://{USERINFO}{server.url.split('/')[2]}")
        client = sdk.client(max_retries=0, timeout=5, real_time=True)
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert error.sent is False
    assert "s3cret" not in str(error)


def test_a_proxy_with_an_untrusted_certificate_is_refused(
    sdk: Sdk, api: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with running(Proxy("https", port_of(api), tls=tls)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"https://{proxy.address}")
        client = sdk.client(max_retries=0)
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert "CERTIFICATE_VERIFY_FAILED" in str(error)
    assert error.sent is False


def test_a_server_with_an_untrusted_certificate_behind_a_proxy_is_refused(
    sdk: Sdk, trusted: None, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert(HOST).configure_cert(wrong)
    with (
        loopback(GOOD, tls=wrong) as server,
        running(Proxy("https", port_of(server), tls=tls)) as proxy,
        base_url(f"https://{HOST}{BASE_PATH}"),
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"https://{proxy.address}")
        client = sdk.client(max_retries=0)
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert error.sent is False
    # TLS inside TLS hides the reason.
    assert "CERTIFICATE_VERIFY_FAILED" in str(error) or sdk.stack == "aiohttp"
    assert not server.seen


def test_no_proxy_is_respected(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    with loopback(GOOD):
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        client = sdk.client(max_retries=0)
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)


@pytest.mark.parametrize("no_proxy", ["[::1", "http://x y", ",,,", "*.*", "256.256.256.256:99999", "é", "\x7f"])
def test_nonsense_in_no_proxy_is_ignored(no_proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    found = proxy_for("https", "api.test")
    assert found is not None
    assert found.port == 1
    OrbitServer(KEY).close()


def test_the_proxy_is_chosen_by_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", "storage.test,10.0.0.1")
    assert proxy_for("https", "api.test") is not None
    assert proxy_for("https", "storage.test") is None
    assert proxy_for("https", "bucket.storage.test") is None
    assert proxy_for("https", "10.0.0.1:8443") is None
    assert proxy_for("http", "api.test") is None


def test_the_proxy_of_an_upload_is_chosen_by_the_storages_host(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    if sdk.stack == "aiohttp":
        pytest.skip("uploads and downloads always use httpx")
    from orbitconnect._http._async import open_channel as async_open_channel
    from orbitconnect._http._sync import open_channel

    asked: list[tuple[str, str, int]] = []

    def note(scheme: str, host: str, port: int) -> None:
        asked.append((scheme, host, port))

    for module in (open_channel, async_open_channel):
        monkeypatch.setattr(module, "proxy_at", note)
    with loopback(GOOD) as server:
        client = sdk.client(max_retries=0)
        sdk.execute(client, request_of())
        sdk.close(client)
        assert asked == [("http", *port_of(server))]


def test_the_socket_is_closed_when_the_proxy_refuses(sdk: Sdk, api: LoopbackServer, monkeypatch: Any) -> None:
    from tests.http.faults.harness import open_sockets
    from tests.http.faults.test_connecting import sockets

    gone: list[bytes] = []

    def step(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
        gone.append(connection.recv(1))

    with loopback(step) as proxy, base_url(f"https://{HOST}{BASE_PATH}"):
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.url.split('/')[2]}")
        client = sdk.client(max_retries=0)
        before = sockets(sdk)
        for _ in range(3):
            assert isinstance(sdk.execute_anyhow(client, request_of(NEVER)), ConnectionFailedError)
        sdk.close(client)
    assert open_sockets() <= before
    assert gone == [b""] * 3


@pytest.mark.parametrize(
    ("userinfo", "said"),
    [
        ("me:p%E2%82%AC", ("me", "p€".encode())),
        ("me:p%E9", ("me", b"p\xe9")),
        (":pw", ("", b"pw")),
        ("me:", ("me", b"")),
        ("me", ("me", b"")),
        ("me:a%3Ab", ("me", b"a:b")),
    ],
)
def test_passwords_arrive_unchanged(
    sdk: Sdk, userinfo: str, said: tuple[str, bytes], api: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[bytes] = []

    def refuse(connection: socket.socket, number: int) -> None:
        heads.append(connection.recv(65_536))
        connection.sendall(b"HTTP/1.1 403 No\r\n\r\n")

    with running_server(refuse) as address:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{userinfo}@{address}/")
        client = sdk.client(max_retries=0)
        assert isinstance(sdk.execute_anyhow(client, request_of(NEVER)), ConnectionFailedError)
        sdk.close(client)
    (head,) = heads
    (given,) = (line for line in head.split(b"\r\n") if line.lower().startswith(b"proxy-authorization: "))
    assert b64decode(given.split()[2]) == said[0].encode() + b":" + said[1]


FLAWED = [
    f"http://u:s3cret@{rest}"
    for rest in ("[::1", "h#@x", "h:99999", "h:0", "h..x", "h\n", "h x", "héé", "h/path", "h:+1")
] + [
    " http://u:s3cret@h",
    "ftp://u:s3cret@h",
    "socks4://u:s3cret@h",
    "u:s3cret://x@h:1",
    "http:/u:s3cret@h",
    "//u:s3cret@h:1",
    "http://u:s3cret/x@h:1",
    "http://u:s3cret#x@h:1",
    "http://u:s3cret%0d@h:1",
    "http://u%3Aa:s3cret@h:1",
    "'http://u:s3cret@h:1'",
    "http://u:" + "s3cret" * 50 + "@h",
]


@pytest.mark.parametrize("url", FLAWED, ids=ascii)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
def test_the_password_of_an_invalid_proxy_is_never_shown(
    url: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, url)
    with pytest.raises(ValueError, match=f"The proxy in the environment variable {variable} cannot be used") as caught:
        OrbitServer(KEY)
    assert "s3cret" not in str(caught.value)
    traceback = caught.value.__traceback__
    assert traceback is not None
    while (traceback := traceback.tb_next) is not None:  # Skip the frame of this test.
        assert "s3cret" not in repr(traceback.tb_frame.f_locals)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("http://[::1]:3128/", "::1", "http://[::1]:3128"),
        ("http://[fe80::1%25eth0]:3128", "fe80::1%eth0", "http://[fe80::1%eth0]:3128"),
        ("http://[fe80::1%eth0]:3128", "fe80::1%eth0", "http://[fe80::1%eth0]:3128"),
        ("HTTP://Proxy.Test.:3128", "proxy.test.", "http://proxy.test.:3128"),
        ("proxy.test:3128", "proxy.test", "http://proxy.test:3128"),
        ("http://u:p@ss@proxy.test", "proxy.test", "http://proxy.test:80"),
        ("socks5h://xn--bcher-kva.test", "xn--bcher-kva.test", "socks5h://xn--bcher-kva.test:1080"),
    ],
)
def test_every_form_of_a_proxy_url_is_read(url: str, host: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", url)
    found = proxy_for("https", "api.test")
    assert found is not None
    assert (found.host, found.name) == (host, name)


def test_the_error_names_a_proxy_that_is_down(sdk: Sdk, api: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", f"http://{USERINFO}127.0.0.1:{closed.getsockname()[1]}")
        client = sdk.client(max_retries=0)
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert error.sent is False
    assert "refused" in str(error)
    assert "The proxy did not connect" in str(error)
    assert "s3cret" not in str(error)
