from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from orbitconnect.webhooks.once import ClaimStore
from tests.webhooks.once.places import KINDS, POSTGRES, REDIS, Place
from tests.webhooks.once.servers import Missing, postgres_server, redis_server


def _started(server: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    try:
        with server() as address:
            yield address
    except Missing as missing:
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
def make_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Place]:
    """A place of a kind that nothing else uses."""

    def make(kind: str) -> Place:
        name = f"handled_{uuid.uuid4().hex}"
        if kind in POSTGRES:
            return Place(kind, request.getfixturevalue("postgres_address"), name)
        if kind in REDIS:
            return Place(kind, request.getfixturevalue("redis_address"), f"{name}:")
        return Place(kind, str(tmp_path / f"{name}.db"), name)

    return make


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, make_place: Callable[[str], Place]) -> Place:
    """A place of each kind."""
    return make_place(request.param)


@pytest.fixture
def store(place: Place) -> Iterator[ClaimStore]:
    """A store of each kind, with the usual lease."""
    with place.opened() as store:
        yield store
