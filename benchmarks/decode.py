"""Decoding a page of 100 messages, against `json.loads` alone: `python -m benchmarks.decode`."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable

from orbitconnect_api.api.messages import list_messages

REPETITIONS = 31
PAGES = 100
MESSAGE = {
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
REACTION = {"id": "rct_6c1e", "message_id": "msg_9d2e", "app_user_id": "usr_b3e9", "reaction_type": "like"}
RARE = ("reply_to_message_id", "forwarded_from_message_id", "pinned_at", "edited_at", "recalled_at", "deleted_at")


def page(**more: object) -> bytes:
    """An answer with 100 messages."""
    messages = [{**MESSAGE, **more, "id": f"msg_{number}", "sequence": number} for number in range(100)]
    return json.dumps({"data": messages}, separators=(",", ":")).encode()


def measure(answer: bytes) -> tuple[float, float]:
    """CPU microseconds a page, of `json.loads` and of the whole decoding: medians of repetitions that take turns."""

    def plain() -> None:
        json.loads(answer)

    def decode() -> None:
        list_messages.parse(json.loads(answer)["data"])

    seconds: dict[Callable[[], None], list[float]] = {plain: [], decode: []}
    for repetition in range(REPETITIONS):
        for run in (plain, decode) if repetition % 2 else (decode, plain):
            gc.collect()
            began = time.process_time()
            for _ in range(PAGES):
                run()
            seconds[run].append(time.process_time() - began)
    loads, whole = (statistics.median(runs) / PAGES * 1e6 for runs in seconds.values())
    return loads, whole


def main() -> None:
    """Prints the ratios."""
    pages = {"fields that are set": page(), "all fields": page(reactions=[REACTION], **dict.fromkeys(RARE))}
    print("Decoding 100 messages")
    for name, answer in pages.items():
        loads, whole = measure(answer)
        print(f"  {name:<20} {whole / loads:5.2f}   {whole:5.0f} µs ({len(answer) // 100} bytes a message)")


if __name__ == "__main__":
    main()
