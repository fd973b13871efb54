from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from orbitconnect.emulator import Emulator, ManualClock, MediaOptions
from tests.pipeline.harness import Sdk
from tests.transfers.storage import Storage, running

PART_SIZE = 3 * 1024 * 1024


@pytest.fixture(params=["sync", "async"])
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    driven = Sdk(request.param)
    yield driven
    driven.finish()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def storage() -> Iterator[Storage]:
    with running() as storage:
        yield storage


@pytest.fixture
def media(sdk: Sdk, storage: Storage) -> Media:
    return Media(sdk, sdk.client(signing_secret="whisper").with_options(headers={"x-mine": "1"}))


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    options = MediaOptions(part_size=PART_SIZE, processing_seconds=0)
    with Emulator(clock=ManualClock(), seed=1, media=options) as emulator:
        yield emulator


@pytest.fixture
def emulated(sdk: Sdk, emulator: Emulator) -> Media:
    client = emulator.client() if sdk.kind == "sync" else emulator.async_client()
    return Media(sdk, client, sdk.run(client.users.create(external_id="a", display_name="A")).id)


class Media:
    """`orbit.media` of either client, without `await`."""

    def __init__(self, sdk: Sdk, client: Any, user_id: str = "usr_1") -> None:
        self.sdk = sdk
        self.client = client.as_user(user_id)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *arguments, **options: self.sdk.run(getattr(self.client.media, name)(*arguments, **options))

    def with_options(self, **options: Any) -> Media:
        view = object.__new__(Media)
        view.sdk, view.client = self.sdk, self.client.with_options(**options)
        return view

    def stream(self, *pieces: Any) -> Any:
        """An iterator of the kind that this client accepts."""
        if self.sdk.kind == "sync":
            return iter(pieces)

        async def give() -> Any:
            for piece in pieces:
                yield piece

        return give()


def some_bytes(size: int) -> bytes:
    return os.urandom(size)
