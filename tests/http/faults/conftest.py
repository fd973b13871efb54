from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from orbitconnect._http import limits
from orbitconnect._http import tls as tls_module
from tests.http.faults.harness import FewConnections
from tests.pipeline.harness import Sdk
from tests.transports import TRANSPORTS, is_installed


@pytest.fixture(params=TRANSPORTS, ids="-".join)
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    kind, stack = request.param
    if not is_installed(stack):
        pytest.skip(f"{stack} is not installed")
    driven = Sdk(kind, stack)
    yield driven
    driven.finish()


@pytest.fixture
def few_connections(monkeypatch: pytest.MonkeyPatch) -> FewConnections:
    """Return a function that limits the number of connections of new clients."""

    def limit(count: int) -> None:
        monkeypatch.setattr(limits, "MAX_CONNECTIONS", count)

    return limit


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """The certificate of a server on 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the environment variable to the certificate of the test's certificate authority."""
    tls_module._make_context.cache_clear()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    yield
    tls_module._make_context.cache_clear()
