"""The code of docs/paging.md runs as it stands."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timezone
from typing import Any

import pytest

from generator.__main__ import ROOT
from orbitconnect import ConnectionFailedError
from orbitconnect.emulator import Reset
from orbitconnect_api.models.message import Message
from tests.paging.conftest import Chat

PAGE = (ROOT / "docs" / "paging.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_every_block_runs(chat: Chat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chat.send(150)
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    stored: list[Message] = []
    mirror: dict[str, str | None] = {}
    scope: dict[str, Any] = {
        "as_alice": chat.emulator.client(max_retries=0).as_user(chat.alice),
        "chat": chat,
        "store": stored.append,
        "mirror": mirror,
        "last_change": None,
        "ConnectionFailedError": ConnectionFailedError,
        "datetime": datetime,
        "time": time,
        "timezone": timezone,
    }
    first, errors, changes, leaving = BLOCKS

    exec(first, scope)
    shown = capsys.readouterr().out.splitlines()
    assert (len(shown), shown[0], shown[-1]) == (150, "1 Hello 0", "150 Hello 149")

    chat.emulator.faults.add(Reset(when="after"), nth=2)
    exec(errors, scope)
    assert slept == [60]
    assert [message.sequence for message in stored] == list(range(1, 151))

    exec(changes, scope)
    assert len(mirror) == 150
    chat.messages.delete(stored[3].id)
    exec(changes, scope)
    assert mirror[stored[3].id] is None
    assert scope["last_change"] > datetime(2000, 1, 1, tzinfo=UTC)

    exec(leaving, scope)
    assert scope["message"].sequence == 8
    assert list(scope["messages"]) == []


@pytest.mark.parametrize("name", ["iterate", "iterate_sync", "iterate_search", "iterate_search_global"])
def test_every_iterator_is_named(chat: Chat, name: str) -> None:
    assert f"`{name}(" in PAGE
    assert callable(getattr(chat.messages, name))
