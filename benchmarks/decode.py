"""The time to decode a page of 100 messages, compared with `json.loads` alone, with and without orjson."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from benchmarks.contestants import OURS
from benchmarks.measure import Measured, processor_seconds, ratios, rounds
from benchmarks.report import Panel, Picture, Report, Table, surroundings
from orbitconnect_api.api.messages import list_messages

PAGES = 100
MESSAGES = 100
BASE = "json.loads"
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
    columns = [f"{name}, {len(page) // MESSAGES} bytes a message" for name, page in pages.items()]
    rows: dict[str, list[str]] = {way: [way] for way in _WAYS}
    values: dict[str, Measured] = {}
    for name, page in pages.items():
        turns = {way: partial(_turn, work, page) for way, work in _WAYS.items()}
        seconds = rounds(turns, 5 if quick else 21)
        for way in _WAYS:
            ratio = values[f"{name}/{way}"] = ratios(seconds[way], seconds[BASE])
            rows[way].append(f"{Measured.of(seconds[way]).median * 1e6:.0f} µs ({ratio.median:.2f})")
    table = Table(f"A page of {MESSAGES} messages (ratio to {BASE})", ["", *columns], list(rows.values()))
    picture = Picture(
        "decode",
        f"Reading a page of {MESSAGES} messages",
        f"processor time; {BASE} = 1; less is better",
        [Panel(name, {bar: values[f"{name}/{way}"].median for way, bar in _BARS.items()}) for name in pages],
        surroundings(),
        reference=BASE,
    )
    return Report([table], [picture], values)


_WAYS: dict[str, Callable[[bytes], Any]] = {
    BASE: json.loads,
    "json.loads, then models": lambda page: list_messages.parse(json.loads(page)["data"]),
    "orjson.loads": orjson.loads,
    "orjson.loads, then models": lambda page: list_messages.parse(orjson.loads(page)["data"]),
}


_BARS = {
    BASE: BASE,
    "json.loads, then models": OURS,
    "orjson.loads": "orjson.loads",
    "orjson.loads, then models": f"{OURS}, with orjson",
}


def _page(**fields: object) -> bytes:
    messages = [{**_MESSAGE, **fields, "id": f"msg_{number}", "sequence": number} for number in range(MESSAGES)]
    return json.dumps({"data": messages}, separators=(",", ":")).encode()


def _turn(work: Callable[[bytes], Any], page: bytes) -> float:
    def several() -> None:
        for _ in range(PAGES):
            work(page)

    return processor_seconds(several) / PAGES
