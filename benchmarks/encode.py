"""The time to encode request bodies with orjson, compared with the standard library."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.measure import Measured, processor_seconds, ratios, rounds
from benchmarks.report import Report, Table
from orbitconnect._pipeline.json_writer import write_json

_USER = {"external_id": "user-4711", "display_name": "Alice Example", "metadata": {"plan": "pro"}}
_MESSAGE = {
    "conversation_id": "cnv_81b0",
    "content": "Hello, is the table for two still free tonight at eight?",
    "type": "text",
    "metadata": {"source": "web", "campaign": "summer", "visits": 3, "price": 9.5, "tags": ["table", "evening"]},
    "idempotency_key": "0123456789abcdef0123456789abcdef",
}
_EVENTS = {
    "events": [
        {"type": "metric", "at": "2026-01-05T09:31:00Z", "value": number * 0.37, "labels": {"unit": "ms", "n": number}}
        for number in range(100)
    ]
}
_BODIES: dict[str, tuple[dict[str, Any], int]] = {
    "a user": (_USER, 100_000),
    "a message with metadata": (_MESSAGE, 50_000),
    "100 events": (_EVENTS, 1_000),
}
"""Bodies, each with the number of times to encode it in a turn."""

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_WAYS: dict[str, Callable[[Any], bytes]] = {
    "standard library": lambda body: _encoder.encode(body).encode(),
    "orjson": write_json,
}


def run(*, quick: bool) -> Report:
    """Measure each body."""
    rows: list[list[str]] = []
    values: dict[str, Measured] = {}
    for name, (body, times) in _BODIES.items():
        turns = {way: partial(_turn, write, body, times // 10 if quick else times) for way, write in _WAYS.items()}
        seconds = rounds(turns, 3 if quick else 11)
        ratio = values[name] = ratios(seconds["orjson"], seconds["standard library"])
        cells = [f"{Measured.of(each).median * 1e6:.2f} µs" for each in seconds.values()]
        rows.append([f"{name}, {len(write_json(body)):,} bytes", *cells, f"{ratio.median:.2f}"])
    return Report([Table("Encoding a request's body", ["", *_WAYS, "ratio"], rows)], [], values)


def _turn(write: Callable[[Any], bytes], body: object, times: int) -> float:
    def several() -> None:
        for _ in range(times):
            write(body)

    return processor_seconds(several) / times
