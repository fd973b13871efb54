"""The code of docs/webhooks-receivers.md runs as it stands, one block after the other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from flask import Flask

from generator.__main__ import ROOT
from orbitconnect.webhooks import SIGNATURE_HEADER, sign
from orbitconnect.webhooks.receiver import (
    BODY_TAKEN,
    BUSY,
    HANDLED,
    NOT_A_POST,
    REFUSED,
    STORE_FAILED,
    TOO_LARGE,
    UNREADABLE,
)

PAGE = (ROOT / "docs" / "webhooks-receivers.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
PATH = "/webhooks/orbit"


def delivery(number: int) -> tuple[bytes, dict[str, str]]:
    body = b'{"id": "evt_%d", "type": "message.sent", "data": {"message_id": "msg_%d"}}' % (number, number)
    return body, {SIGNATURE_HEADER: sign(body, "whsec_page")}


async def test_every_block_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORBIT_WEBHOOK_SECRET", "whsec_page")
    monkeypatch.chdir(tmp_path)
    scope: dict[str, Any] = {"__name__": "page"}
    scope["body"], scope["headers"] = delivery(3)
    apps: list[Any] = []
    for block in BLOCKS:
        exec(compile(block, "webhooks-receivers.md", "exec"), scope)
        apps.append(scope["app"])

    fastapi, flask, *_ = apps
    assert isinstance(fastapi, FastAPI)
    assert isinstance(flask, Flask)
    body, headers = delivery(1)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(fastapi), base_url="http://app.test") as api:
        assert (await api.post(PATH, content=body, headers=headers)).text == "handled"
        assert (await api.post(PATH, content=body)).status_code == 401
    # The two share a store.
    assert flask.test_client().post(PATH, data=body, headers=headers).text == "already handled"
    body, headers = delivery(2)
    assert flask.test_client().post(PATH, data=body, headers=headers).text == "handled"
    (pattern,) = scope["urlpatterns"]
    assert pattern.resolve(PATH.removeprefix("/")) is not None
    assert capsys.readouterr().out.split("\n") == [
        "Sent: msg_3",
        "200 handled {'content-type': 'text/plain; charset=utf-8'}",
        "Sent: msg_1",
        "Sent: msg_2",
        "",
    ]


def test_the_table_has_every_status() -> None:
    listed = {int(status) for status in re.findall(r"^\| (\d{3})\b", PAGE, flags=re.MULTILINE)}
    receipts = (BODY_TAKEN, BUSY, HANDLED, NOT_A_POST, REFUSED, STORE_FAILED, TOO_LARGE, UNREADABLE)
    assert listed == {receipt.status for receipt in receipts}
