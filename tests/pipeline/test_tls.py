from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from orbitconnect import ConnectionFailedError, DeadlineExceededError
from orbitconnect._pipeline import tls as tls_module
from orbitconnect_api import operations
from tests.pipeline.harness import NEVER, Sdk, answer, drip, loopback, request_of


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """What a server on 127.0.0.1 shows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names the authority."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@pytest.fixture(autouse=True)
def fresh_context() -> Iterator[None]:
    tls_module.shared_context.cache_clear()
    yield
    tls_module.shared_context.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_tls_with_a_certificate_of_the_environment(sdk: Sdk, tls: ssl.SSLContext) -> None:
    with loopback(answer(), tls=tls) as server:
        client = sdk.client()
        for _ in range(3):
            assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 1


def test_certificate_that_is_not_trusted_is_refused(sdk: Sdk, tls: ssl.SSLContext) -> None:
    with loopback(answer(), tls=tls) as server:
        client = sdk.client()
        with pytest.raises(ConnectionFailedError, match=r"CERTIFICATE_VERIFY_FAILED.*not sent"):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert not server.seen


@pytest.mark.usefixtures("trusted")
def test_deadline_holds_over_tls(sdk: Sdk, tls: ssl.SSLContext) -> None:
    with loopback(drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 50), tls=tls):
        client = sdk.client(timeout=0.3, real_time=True)
        with pytest.raises(DeadlineExceededError):
            sdk.execute(client, request_of())
        sdk.close(client)


def test_handshake_that_never_ends(sdk: Sdk) -> None:
    known = operations.BASE_URL
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepted: list[socket.socket] = []
        thread = threading.Thread(target=lambda: accepted.append(listener.accept()[0]))
        thread.start()
        operations.BASE_URL = f"https://127.0.0.1:{listener.getsockname()[1]}"  # type: ignore[misc]
        try:
            client = sdk.client(timeout=0.2, real_time=True)
            with pytest.raises(DeadlineExceededError, match="not sent"):
                sdk.execute(client, request_of(NEVER))
            sdk.close(client)
        finally:
            operations.BASE_URL = known  # type: ignore[misc]
            thread.join()
            for connection in accepted:
                connection.close()
