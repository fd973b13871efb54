from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pipeline.harness import KEY, Sdk


class FastSdk(Sdk):
    """A client over one of the fast stacks, called without `await`."""

    def __init__(self, kind: str, stack: str) -> None:
        super().__init__(kind)
        self.stack = stack

    def client(self, secret_key: str | None = KEY, *, real_time: bool = True, **options: Any) -> Any:
        return super().client(secret_key, real_time=real_time, transport=self.stack, **options)


@pytest.fixture
def sdk() -> Iterator[FastSdk]:
    driven = FastSdk("async", "aiohttp")
    yield driven
    driven.finish()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
