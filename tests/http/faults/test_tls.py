from __future__ import annotations

import asyncio
import inspect
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
import trustme

from orbitconnect import AsyncOrbitServer, ConnectionFailedError, DeadlineExceededError, OrbitServer
from orbitconnect._http import tls as tls_module
from tests.base_url import BASE_PATH, base_url
from tests.http.faults.harness import reset
from tests.pipeline.harness import NEVER, Sdk, SocketServer, answer, drip, in_place_of_the_api, loopback, request_of


@pytest.fixture(autouse=True)
def fresh_context() -> Iterator[None]:
    tls_module._make_context.cache_clear()
    yield
    tls_module._make_context.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_a_certificate_named_in_the_environment_is_trusted(sdk: Sdk, tls: ssl.SSLContext) -> None:
    with loopback(answer(), tls=tls) as server:
        client = sdk.client()
        for _ in range(3):
            assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 1


def test_an_untrusted_certificate_is_refused(sdk: Sdk, tls: ssl.SSLContext) -> None:
    with loopback(answer(), tls=tls) as server:
        client = sdk.client()
        with pytest.raises(ConnectionFailedError, match=r"(CERTIFICATE_VERIFY_FAILED|UnknownIssuer).*not sent"):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert not server.seen


@pytest.mark.usefixtures("trusted")
def test_the_deadline_holds_over_tls(sdk: Sdk, tls: ssl.SSLContext) -> None:
    gone = threading.Event()

    def step(connection: socket.socket) -> None:
        try:
            drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500)(connection)
        finally:
            gone.set()

    with loopback(answer(), step, tls=tls):
        client = sdk.client(timeout=10, real_time=True)
        sdk.execute(client, request_of())
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError):
            sdk.execute(client.with_options(timeout=0.3), request_of())
        sdk.close(client)
        assert gone.wait(5), "the connection is closed while the server is still sending"
        assert time.monotonic() - began < 6


def test_the_deadline_covers_the_handshake(sdk: Sdk) -> None:
    # The operating system accepts the connection, but no program responds.
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        base_url(f"https://127.0.0.1:{listener.getsockname()[1]}"),
    ):
        client = sdk.client(timeout=0.2, real_time=True)
        with pytest.raises(DeadlineExceededError, match="not sent"):
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)


def test_threads_that_connect_at_once_share_one_tls_context(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ssl.SSLContext] = []
    create = ssl.create_default_context

    def slow(**options: Any) -> ssl.SSLContext:
        made.append(create(**options))
        time.sleep(0.02)
        return made[-1]

    monkeypatch.setattr(ssl, "create_default_context", slow)
    threads = [threading.Thread(target=tls_module.shared_context) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_no_argument_switches_off_certificate_verification() -> None:
    context = tls_module.shared_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    arguments = {
        *inspect.signature(OrbitServer).parameters,
        *inspect.signature(AsyncOrbitServer).parameters,
        *inspect.signature(OrbitServer.with_options).parameters,
    }
    assert not {name for name in arguments if re.search("verify|tls|ssl|cert|trust|insecure", name)}


def test_a_tls_session_that_the_server_cannot_resume_is_offered_once(
    sdk: Sdk, trusted: None, tls: ssl.SSLContext
) -> None:
    offers: list[bool] = []

    def serve(connection: socket.socket, number: int) -> None:
        hello = connection.recv(65_536, socket.MSG_PEEK)
        offers.append(b"\x00\x29\x00" in hello or b"\x00\x29\x01" in hello)  # The TLS extension pre_shared_key.
        if offers[-1]:
            reset(connection)
            return
        with tls.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65_536)
            secured.sendall(answer(b'{"data":{"id":"x"}}', "200 OK", "Connection: close"))

    server = SocketServer(serve)
    server.url = server.url.replace("http", "https")
    server.start()
    with in_place_of_the_api(server):
        client = sdk.client(max_retries=1)
        for _ in range(2):
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert offers == [False, True, False]


def test_a_tls_session_is_read_once_by_all_connections_that_resume_it(
    sdk: Sdk, trusted: None, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[bool] = []
    for kind in (ssl.SSLSocket, ssl.SSLObject):
        known = kind.session

        def read(self: Any, known: Any = known) -> Any:
            if not self.server_side:
                reads.append(bool(self.session_reused))
            return known.fget(self)

        monkeypatch.setattr(kind, "session", property(read, known.fset))
    with loopback(answer(b'{"data":{"id":"x"}}', "200 OK", "Connection: close"), tls=tls) as server:
        client = sdk.client()
        for _ in range(5):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert server.connections == 5
    assert reads == [False]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")
@pytest.mark.usefixtures("trusted")
def test_a_connection_that_the_server_renegotiates_while_idle_is_replaced(
    sdk: Sdk, authority: trustme.CA, tmp_path: Path
) -> None:
    pem = str(tmp_path / "server.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(pem)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["openssl", "s_server", "-accept", str(port), "-cert", pem, "-key", pem, "-tls1_2"]
    pipe = subprocess.PIPE
    server = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, bufsize=0)
    asked = threading.Event()

    def read(source: IO[bytes]) -> None:
        while said := source.read(65_536):
            if b"}" in said:
                asked.set()

    def answer_and_renegotiate(sink: IO[bytes]) -> None:
        while asked.wait(5) and server.poll() is None:
            asked.clear()
            sink.write(b'HTTP/1.1 200 OK\nContent-Length: 20\n\n{"data":{"id":"x"}}\n')
            time.sleep(0.1)
            sink.write(b"R\n")  # A line that begins with R requests another handshake.

    assert server.stdin is not None
    assert server.stdout is not None
    threads = [
        threading.Thread(target=read, args=(server.stdout,)),
        threading.Thread(target=answer_and_renegotiate, args=(server.stdin,)),
    ]
    try:
        while b"ACCEPT" not in (server.stdout.read(65_536) or b"ACCEPT"):
            pass
        for thread in threads:
            thread.start()
        with base_url(f"https://127.0.0.1:{port}{BASE_PATH}"):
            client = sdk.client(max_retries=0, timeout=3, real_time=True)
            for _ in range(2):
                assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
                pause = 0.4
                sdk.run(asyncio.sleep(pause) if sdk.kind == "async" else time.sleep(pause))
            sdk.close(client)
    finally:
        server.kill()
        server.wait()
        asked.set()
        for thread in threads:
            thread.join()
        server.stdin.close()
        server.stdout.close()
