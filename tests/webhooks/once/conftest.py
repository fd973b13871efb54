from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from orbitconnect.webhooks.once import ClaimStore
from tests.webhooks.once.backends import KINDS, POSTGRES, REDIS, Backend
from tests.webhooks.once.servers import NotInstalled, postgres_server, redis_server


def _started(server: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    try:
        with server() as address:
            yield address
    except NotInstalled as missing:
        if os.environ.get("ORBIT_TESTS_NEED_SERVERS") == "1":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def redis_address() -> Iterator[str]:
    yield from _started(redis_server)


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    yield from _started(postgres_server)


@pytest.fixture
def make_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Backend]:
    """Make a backend of a kind that no other test uses."""

    def make(kind: str) -> Backend:
        name = f"handled_{uuid.uuid4().hex}"
        if kind in POSTGRES:
            return Backend(kind, request.getfixturevalue("postgres_address"), name)
        if kind in REDIS:
            return Backend(kind, request.getfixturevalue("redis_address"), f"{name}:")
        return Backend(kind, str(tmp_path / f"{name}.db"), name)

    return make


@pytest.fixture(params=KINDS)
def backend(request: pytest.FixtureRequest, make_backend: Callable[[str], Backend]) -> Backend:
    """Provide a backend of each kind."""
    return make_backend(request.param)


@pytest.fixture
def store(backend: Backend) -> Iterator[ClaimStore]:
    """Provide a store of each kind, with the default lease."""
    with backend.opened() as store:
        yield store
