"""The code of docs/webhooks.md runs as it stands, one block after the other, and does what the text says."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
from typing import Any

import pytest

from generator.__main__ import ROOT
from orbitconnect.webhooks import parse_event

PAGE = (ROOT / "docs" / "webhooks.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
BODY = b'{"id": "evt_1", "type": "message.sent", "data": {"message_id": "msg_1", "conversation_id": "cnv_1"}}'


def run(block: str, scope: dict[str, Any]) -> None:
    awaitable = eval(compile(block, "webhooks.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), scope)
    if inspect.isawaitable(awaitable):

        async def finish() -> None:
            await awaitable

        asyncio.run(finish())


def test_every_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, Any] = {"body": BODY, "event": parse_event(BODY)}
    for block in BLOCKS:
        run(block, scope)

    assert len(BLOCKS) == 6
    assert capsys.readouterr().out.split("\n") == [
        *("index msg_1", "moderate msg_1"),
        "notify msg_1",
        *("Sent: msg_9d2e", ""),
    ]
    assert scope["receive"](BODY, {}, "whsec_test") == 401
    described = [
        scope["describe"](parse_event(body))
        for body in (
            BODY,
            '{"type": "call.ended", "data": {"call": {"id": "call_1"}}}',
            '{"type": "order.shipped", "data": {"order_id": 7}}',
            '{"type": "user.created"}',
        )
    ]
    assert described == [
        "message msg_1 in cnv_1",
        "call call_1 has ended",
        "order.shipped with {'order_id': 7}",
        "user.created",
    ]
    assert scope["events"].dispatch(parse_event('{"type": "order.shipped", "data": {"order_id": 7}}')) == 1
    assert scope["events"].dispatch(parse_event('{"type": "user.created"}')) == 1
    assert capsys.readouterr().out == "ship 7\nnobody handles user.created\n"
