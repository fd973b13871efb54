"""The code of docs/webhooks.md runs as a reader pastes it, and does what the text says."""

from __future__ import annotations

from pathlib import Path

from tests.webhooks.pages import blocks_of, run_page

AFTER = """
for body in (
    b'{"type": "call.ended", "data": {"call": {"id": "call_1"}}}',
    b'{"type": "order.shipped", "data": {"order_id": 7}}',
    b'{"type": "user.created"}',
):
    print(describe(parse_event(body)))
for body in (b'{"type": "order.shipped", "data": {"order_id": 7}}', b'{"type": "user.created"}'):
    assert events.dispatch(parse_event(body)) == 1
"""


def test_every_block_runs(tmp_path: Path) -> None:
    assert run_page("webhooks.md", tmp_path, AFTER) == [
        "Sent: msg_9d2e",
        "message msg_9d2e in cnv_1",
        *("index msg_9d2e", "moderate msg_9d2e"),
        "notify msg_9d2e",
        "Sent: msg_0000",
        *("call call_1 has ended", "order.shipped with {'order_id': 7}", "user.created"),
        *("ship 7", "nobody handles user.created"),
    ]
    assert len(blocks_of("webhooks.md")) == 7
