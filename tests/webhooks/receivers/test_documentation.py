"""The code of docs/webhooks-receivers.md runs as a reader pastes it."""

from __future__ import annotations

import re
from pathlib import Path

from generator.__main__ import ROOT
from orbitconnect.webhooks.receiver import (
    BODY_TAKEN,
    BUSY,
    HANDLED,
    NOT_A_POST,
    REFUSED,
    STORE_FAILED,
    TOO_LARGE,
    TOO_OLD,
    UNREADABLE,
)
from tests.webhooks.pages import run_page

PAGE = "webhooks-receivers.md"
FASTAPI = """
import asyncio, httpx

def delivery(number):
    body = b'{"id": "evt_%d", "type": "message.sent", "data": {"message_id": "msg_%d"}}' % (number, number)
    return body, {"X-Orbit-Signature": sign(body, os.environ["ORBIT_WEBHOOK_SECRET"])}

async def post(app, body, headers):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://app.test") as api:
        return await api.post("/webhooks/orbit", content=body, headers=headers)

for number in (1, 2):
    answer = asyncio.run(post(fastapi_app, *delivery(number)))
    print(answer.status_code, answer.text)
"""
FLASK = """
for app in (flask_app, protected_app):
    for number in (1, 4):
        body, headers = delivery(number)
        answer = app.test_client().post("/webhooks/orbit", data=body, headers=headers)
        print(answer.status_code, answer.text)
(pattern,) = urlpatterns
assert pattern.resolve("webhooks/orbit") is not None
"""


def test_every_block_runs(tmp_path: Path) -> None:
    assert run_page(PAGE, tmp_path, FASTAPI, FLASK) == [
        *("Sent: msg_1", "200 handled {'content-type': 'text/plain; charset=utf-8'}"),
        # The applications share a store.
        *("200 already handled", "Sent: msg_2", "200 handled"),
        *("200 already handled", "Sent: msg_4", "200 handled"),
        *("200 already handled", "200 already handled"),
    ]


def test_the_table_has_every_status() -> None:
    listed = {
        int(status) for status in re.findall(r"^\| (\d{3})\b", (ROOT / "docs" / PAGE).read_text(), flags=re.MULTILINE)
    }
    receipts = (BODY_TAKEN, BUSY, HANDLED, NOT_A_POST, REFUSED, STORE_FAILED, TOO_LARGE, TOO_OLD, UNREADABLE)
    assert listed == {receipt.status for receipt in receipts}
