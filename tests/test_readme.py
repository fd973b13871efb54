"""The README's code runs as it stands, one block after the other."""

from __future__ import annotations

import ast
import asyncio
import inspect
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.__main__ import ROOT
from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator
from orbitconnect.webhooks import SIGNATURE_HEADER, sign
from tests.wire.conveniences import CONVENIENCES

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def emulated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """Clients that are made without a transport talk to an emulator."""
    with Emulator() as emulator:

        async def answer(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            return await emulator.async_transport.handle_async_request(request)

        monkeypatch.setenv("ORBIT_SECRET_KEY", "sk_test_readme")
        monkeypatch.setattr(
            httpx.HTTPTransport, "handle_request", lambda _, sent: emulator.transport.handle_request(sent)
        )
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", answer)
        yield emulator
    logging.getLogger("orbitconnect").setLevel(logging.NOTSET)


def run(block: str, scope: dict[str, Any]) -> None:
    code = compile(block, "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    awaitable = eval(code, scope)
    if inspect.isawaitable(awaitable):

        async def finish() -> None:
            await awaitable

        asyncio.run(finish())


def test_every_block_runs(
    emulated: Emulator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    scope: dict[str, Any] = {}
    for block in BLOCKS:
        run(block, scope)
        if "as_alice" in scope and scope["orbit"] is not scope.get("continued"):
            # The emulator of that block is closed by now: what follows goes on with the one behind all clients.
            scope["orbit"] = scope["continued"] = OrbitServer()
            for name in ("alice", "bob"):
                scope[name] = scope["orbit"].users.create(external_id=name, display_name=name)
            view = scope["orbit"].as_user(scope["alice"].id)
            scope["chat"] = view.conversations.create(type="direct", participant_id=scope["bob"].id)
            view.messages.send(conversation_id=scope["chat"].id, content="Hello")

    shown = capsys.readouterr().out
    assert len(BLOCKS) >= 8
    assert "1 Hello, Bob!" in shown
    assert "There is no such user." in shown
    assert scope["response"].parsed.id == scope["user"].id
    assert len(scope["messages"]) == 3
    assert (tmp_path / "note.txt").read_bytes() == b"Milk, eggs"
    assert scope["flow"].session.state == "meeting"
    body = b'{"id": "evt_1", "type": "message.sent", "data": {"message_id": "msg_1"}}'
    for secret, status in (("whsec", 200), ("whsec", 200), ("other", 401)):
        assert scope["receive"](body, {SIGNATURE_HEADER: sign(body, secret)}, "whsec") == status
    assert capsys.readouterr().out == "New message: msg_1\n"


def test_what_the_readme_counts_is_so() -> None:
    methods = {
        f"{namespace}.{name}"
        for namespace in re.findall(r"^\| `orbit\.(\w+)`", README, flags=re.MULTILINE)
        for name, _ in inspect.getmembers(type(getattr(OrbitServer("sk_test_readme"), namespace)), inspect.isfunction)
        if not name.startswith("_")
    }
    assert len(methods - CONVENIENCES) == 132
    assert "All 132 methods" in README
    signature = str(inspect.signature(OrbitServer))
    names = re.search(r"^OrbitServer\((.*)\)$", README, flags=re.MULTILINE)
    assert names is not None
    given = re.findall(r"(\w+)=", names[1])
    assert given == list(inspect.signature(OrbitServer).parameters), signature
