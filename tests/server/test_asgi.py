"""The ASGI application without uvicorn, and errors at server startup."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from orbitconnect.emulator.server.app import EmulatorApp
from orbitconnect.emulator.server.run import LoopbackServer
from tests.emulator.conformance import CheckedEmulator


async def talk(app: EmulatorApp, kind: str, *messages: str) -> list[Any]:
    """The messages that the application sends in response to `messages`."""
    left = [{"type": message} for message in messages]
    sent: list[Any] = []

    async def receive() -> Any:
        return left.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    await app({"type": kind}, receive, send)
    assert left == []
    return sent


async def test_lifespan(emulator: CheckedEmulator) -> None:
    sent = await talk(EmulatorApp(emulator), "lifespan", "lifespan.startup", "lifespan.shutdown")
    assert sent == [{"type": "lifespan.startup.complete"}, {"type": "lifespan.shutdown.complete"}]


async def test_websockets_are_closed(emulator: CheckedEmulator) -> None:
    assert await talk(EmulatorApp(emulator), "websocket") == [{"type": "websocket.close", "code": 1003}]


def test_starting_twice(emulator: CheckedEmulator) -> None:
    with emulator.serve() as server:
        with pytest.raises(RuntimeError, match=r"^This server is already running\.$"):
            server.start()
        url = server.url
    server.close()
    assert server.url == url


def test_closing_a_server_that_was_not_started(emulator: CheckedEmulator) -> None:
    LoopbackServer(emulator).close()


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        ("uvicorn", "ImportError"),
        ("starlette", "ImportError"),
        ("orbitconnect.emulator.exchange", "ModuleNotFoundError"),
    ],
)
def test_only_a_missing_extra_is_reported_as_one(missing: str, kind: str) -> None:
    program = f"""
import sys
from orbitconnect.emulator.server import check_installed
sys.modules[{missing!r}] = None
try:
    check_installed()
except Exception as error:
    print(type(error).__name__, error)
"""
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    raised, _, text = finished.stdout.partition(" ")
    assert raised == kind
    assert ("pip install" in text) is (kind == "ImportError")
    assert missing in text
