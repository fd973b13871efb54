from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, MediaOptions
from orbitconnect.emulator.exchange import API_ORIGIN
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.upload_session import UploadSession
from tests.emulator.watched import WatchedEmulator

PROCESSING = 5
PART = 10
TEXT = b"Hello, World! " * 10


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[WatchedEmulator]:
    with WatchedEmulator(clock=clock, seed=1, media=MediaOptions(part_size=PART, max_parts=4)) as emulator:
        yield emulator


@pytest.fixture
def me(orbit: OrbitServer, alice: str) -> OrbitServer:
    return orbit.as_user(alice)


@pytest.fixture
def other(orbit: OrbitServer, bob: str) -> OrbitServer:
    return orbit.as_user(bob)


@pytest.fixture
def http(emulator: Emulator) -> Iterator[httpx.Client]:
    """A client without a secret key."""
    with connected(emulator) as http:
        yield http


@pytest.fixture
def session(me: OrbitServer) -> UploadSession:
    return me.media.generate_upload_url("text/plain")


@pytest.fixture
def ready(me: OrbitServer, session: UploadSession, http: httpx.Client, clock: ManualClock) -> Media:
    assert http.put(session.upload_path, content=TEXT).status_code == 200
    clock.advance(PROCESSING)
    return me.media.get(session.media_id or "")


def put(http: httpx.Client, me: OrbitServer, mime_type: str, content: bytes) -> str:
    session = me.media.generate_upload_url(mime_type)
    response = http.put(session.upload_path, content=content, headers=session.headers)
    assert response.status_code == 200, response.text
    assert session.media_id is not None
    return session.media_id


def refusal(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.headers[RULE_HEADER].partition(";")[0]


def files_of(emulator: Emulator) -> list[bytes]:
    return [path.read_bytes() for path in emulator._files.paths()]


def connected(emulator: Emulator) -> httpx.Client:
    return httpx.Client(transport=emulator.transport, base_url=API_ORIGIN)
