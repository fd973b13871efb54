from __future__ import annotations

from collections.abc import Iterator

import pytest
import trustme

from tests.lifecycle.harness import Server, serving


@pytest.fixture(scope="session")
def plain_server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    with serving(folder / "server.pem", folder / "authority.pem") as server:
        yield server


@pytest.fixture(params=["plain", "tls"])
def server(request: pytest.FixtureRequest) -> Server:
    """A server without TLS and one with TLS."""
    served: Server = request.getfixturevalue(f"{request.param}_server")
    return served
