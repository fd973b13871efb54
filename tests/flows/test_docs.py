"""The code of docs/flows.md runs as it stands, one block after the other."""

from __future__ import annotations

import inspect
import re
from types import SimpleNamespace
from typing import Any

import pytest

from generator.__main__ import ROOT
from orbitconnect import OrbitServer
from tests.flows.harness import World

PAGE = (ROOT / "docs" / "flows.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_every_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    world = World("sync")

    def accept() -> None:
        world.as_bob.calls.accept(world.as_bob.calls.list()[0].id)

    scope: dict[str, Any] = {
        "as_alice": world.orbit,
        "bob": SimpleNamespace(id=world.bob),
        "chat": SimpleNamespace(id=world.chat),
        "meeting": world.as_alice.meetings.create(title="Later"),
    }
    ended, unstarted, escalated, back, busy = BLOCKS
    world.clock.after(5, accept)
    world.clock.after(100, lambda: world.as_alice.calls.end(world.as_alice.calls.list()[0].id))
    exec(ended, scope)
    exec(unstarted, scope)
    world.clock.after(world.clock.elapsed + 5, accept)
    exec(escalated, scope)
    exec(back, scope)
    exec(busy, scope)
    shown = capsys.readouterr().out.splitlines()
    world.close()

    assert shown[0].startswith("ended 9")
    assert shown[1] == "not yet: scheduled"
    assert shown[2].startswith("meeting SessionContext(")
    assert shown[3].startswith("The acting user is in the call call_")
    assert scope["flow"].session.state == "chat"


def test_what_the_page_lists_is_there() -> None:
    orbit = OrbitServer("sk_test_docs")
    there = {
        f"{namespace}.{name}"
        for namespace in ("calls", "meetings")
        for name, _ in inspect.getmembers(getattr(orbit, namespace), inspect.ismethod)
        if name.startswith("wait_until")
    }
    assert set(re.findall(r"^\| `(\w+\.wait_until_\w+)`", PAGE, flags=re.MULTILINE)) == there
