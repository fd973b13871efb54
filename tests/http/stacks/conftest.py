from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from orbitconnect import OrbitServerError
from tests.pipeline.harness import KEY, Sdk
from tests.transports import TRANSPORTS, is_installed


class FastSdk(Sdk):
    """A client over one of the stacks other than httpx, called without `await`."""

    def client(self, secret_key: str | None = KEY, *, real_time: bool = True, **options: Any) -> Any:
        return super().client(secret_key, real_time=real_time, **options)

    def during(self, call: Callable[[], Any], asked: threading.Event, then: Callable[[], Any]) -> tuple[Any, Any]:
        """Start a call, do something else when the server has received its request, and return both results.

        Args:
            call: Makes a call.
            asked: Set by the server.
            then: Called during the call. Its error is its result.
        """
        if self.kind == "sync":
            with ThreadPoolExecutor(1) as threads:
                result = threads.submit(call)
                assert asked.wait(5)
                return _outcome(then), result.result()

        async def both() -> tuple[Any, Any]:
            task = asyncio.ensure_future(call())
            assert await asyncio.to_thread(asked.wait, 5)
            other = (await asyncio.gather(then(), return_exceptions=True))[0]
            return other, await task

        done: tuple[Any, Any] = self.run(both())
        return done


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except OrbitServerError as error:
        return error


@pytest.fixture(params=[pair for pair in TRANSPORTS if pair[1] != "httpx"], ids="-".join)
def sdk(request: pytest.FixtureRequest) -> Iterator[FastSdk]:
    kind, stack = request.param
    if not is_installed(stack):
        pytest.skip(f"{stack} is not installed")
    driven = FastSdk(kind, stack)
    yield driven
    driven.finish()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
