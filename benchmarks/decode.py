"""The time to decode a page of 100 messages, compared with `json.loads` alone, with and without orjson."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from benchmarks.measure import interleaved, processor_seconds
from benchmarks.report import Report, Table
from orbitconnect_api.api.messages import list_messages

PAGES = 100
_MESSAGE = {
    "id": "msg_9d2e",
    "conversation_id": "cnv_81b0",
    "sender_id": "usr_4f1c",
    "content": "Hello, is the table for two still free tonight at eight?",
    "type": "text",
    "metadata": {"source": "web"},
    "sequence": 1,
    "reactions": [],
    "is_pinned": False,
    "status": "read",
    "created_at": "2026-01-05T09:31:00+00:00",
    "updated_at": "2026-01-05T09:32:00+00:00",
}
_REACTION = {"id": "rct_6c1e", "message_id": "msg_9d2e", "app_user_id": "usr_b3e9", "reaction_type": "like"}
_RARE = ("reply_to_message_id", "forwarded_from_message_id", "pinned_at", "edited_at", "recalled_at", "deleted_at")


def run(*, quick: bool) -> Report:
    """Measure pages with the usual fields and with all fields."""
    pages = {"usual fields": _page(), "all fields": _page(reactions=[_REACTION], **dict.fromkeys(_RARE))}
    columns: dict[str, dict[str, float]] = {}
    for name, page in pages.items():
        turns = {way: partial(_turn, work, page) for way, work in _WAYS.items()}
        columns[f"{name}, {len(page) // 100} bytes a message"] = interleaved(turns, 5 if quick else 21)
    rows = [
        [way, *(f"{times[way] * 1e6:.0f} µs ({times[way] / times['json.loads']:.2f})" for times in columns.values())]
        for way in _WAYS
    ]
    return Report([Table("A page of 100 messages (ratio to json.loads)", ["", *columns], rows)], [])


_WAYS: dict[str, Callable[[bytes], Any]] = {
    "json.loads": json.loads,
    "json.loads, then models": lambda page: list_messages.parse(json.loads(page)["data"]),
    "orjson.loads": orjson.loads,
    "orjson.loads, then models": lambda page: list_messages.parse(orjson.loads(page)["data"]),
}


def _page(**fields: object) -> bytes:
    messages = [{**_MESSAGE, **fields, "id": f"msg_{number}", "sequence": number} for number in range(100)]
    return json.dumps({"data": messages}, separators=(",", ":")).encode()


def _turn(work: Callable[[bytes], Any], page: bytes) -> float:
    def several() -> None:
        for _ in range(PAGES):
            work(page)

    return processor_seconds(several) / PAGES
