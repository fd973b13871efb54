"""`max_age`: an event is refused if the time inside its signed body is too old."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from orbitconnect.webhooks import (
    SIGNATURE_HEADER,
    AsyncEventDispatcher,
    EventDispatcher,
    WebhookVerificationError,
    construct_event,
    sign,
)
from orbitconnect.webhooks.once import MemoryStore
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver, WebhookReceiver
from tests.for_each import for_each

SECRET = "whsec_of_the_tests"
NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", NOW.timestamp)


def delivery(created_at: Any) -> tuple[bytes, dict[str, str]]:
    if isinstance(created_at, datetime):
        created_at = created_at.isoformat()
    field = "" if created_at is None else f', "created_at": "{created_at}"'
    body = f'{{"id": "evt_1", "type": "order.paid"{field}}}'.encode()
    return body, {SIGNATURE_HEADER: sign(body, SECRET)}


def construct(created_at: Any, **options: Any) -> str:
    try:
        construct_event(*delivery(created_at), SECRET, **options)
    except WebhookVerificationError as error:
        return f"refused: {error}"
    return "taken"


def receive(created_at: Any, **options: Any) -> str:
    receipt = WebhookReceiver(secret=SECRET, events=EventDispatcher(), **options).receive(*delivery(created_at))
    return outcome(receipt)


def receive_async(created_at: Any, **options: Any) -> str:
    receiver = AsyncWebhookReceiver(secret=SECRET, events=AsyncEventDispatcher(), **options)
    return outcome(asyncio.run(receiver.receive(*delivery(created_at))))


def outcome(receipt: Any) -> str:
    if receipt.status == 401:
        assert receipt.body == b"too old"
        return "refused: too old"
    assert receipt.status == 200
    return "taken"


every_way = pytest.mark.parametrize("take", [construct, receive, receive_async])


@every_way
@for_each(
    ("created_at", "taken"),
    [
        (NOW, True),
        (NOW - timedelta(seconds=3600), True),
        (NOW - timedelta(seconds=3601), False),
        (NOW - timedelta(days=8), False),
        (NOW + timedelta(seconds=3600), True),
        (NOW + timedelta(seconds=3601), False),
        (NOW.astimezone(timezone(timedelta(hours=9))), True),
        ((NOW - timedelta(hours=2)).astimezone(timezone(timedelta(hours=9))), False),
        (None, False),
        ("yesterday", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("max_age", [3600, 3600.0, timedelta(hours=1)])
def test_the_limit(take: Callable[..., str], created_at: Any, taken: bool, max_age: Any) -> None:
    assert take(created_at, max_age=max_age).startswith("taken" if taken else "refused: ")


@every_way
@pytest.mark.parametrize("created_at", [NOW - timedelta(days=10_000), None, "yesterday"])
def test_without_a_limit_any_age_is_accepted(take: Callable[..., str], created_at: Any) -> None:
    assert take(created_at) == take(created_at, max_age=None) == "taken"


@every_way
@for_each("max_age", [0, -1, float("nan"), float("inf"), timedelta(0), timedelta(days=-1)])
def test_a_limit_that_is_not_positive_is_rejected(take: Callable[..., str], max_age: Any) -> None:
    with pytest.raises(ValueError, match="max_age must be a positive number of seconds"):
        take(NOW, max_age=max_age)


@every_way
@for_each("max_age", ["3600", [3600], True, NOW])
def test_a_limit_of_the_wrong_type_is_rejected(take: Callable[..., str], max_age: Any) -> None:
    with pytest.raises(TypeError, match="max_age must be a number of seconds or a timedelta"):
        take(NOW, max_age=max_age)


def test_the_messages() -> None:
    assert "created 7200 s ago, and max_age is 3600 s" in construct(NOW - timedelta(hours=2), max_age=3600)
    assert "captured" in construct(NOW - timedelta(hours=2), max_age=3600)
    assert "clock" in construct(NOW + timedelta(hours=2), max_age=3600)
    assert "no readable created_at" in construct(None, max_age=3600)


def test_the_log_says_why(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "orbitconnect.webhooks")
    receive(NOW - timedelta(hours=2), max_age=3600)
    assert "created 7200 s ago" in caplog.text


def test_a_wrong_signature_is_reported_before_the_age() -> None:
    body, _ = delivery(NOW - timedelta(days=1))
    receiver = WebhookReceiver(secret=SECRET, events=EventDispatcher(), max_age=60)
    assert receiver.receive(body, {SIGNATURE_HEADER: sign(body, "whsec_other")}).body == b"signature refused"


def test_a_captured_delivery_after_the_store_has_forgotten_the_event(monkeypatch: pytest.MonkeyPatch) -> None:
    keep = 7 * 24 * 3600.0
    clock = [0.0]
    handled: list[Any] = []
    events = EventDispatcher()
    events.on("order.paid")(handled.append)
    store = MemoryStore(keep=keep, clock=lambda: clock[0])
    receiver = WebhookReceiver(secret=SECRET, events=events, store=store, max_age=keep)
    captured = delivery(NOW)
    answers = []
    for passed in (0.0, 1.0, keep - 1, keep + 1, 10 * keep):
        clock[0] = passed
        monkeypatch.setattr(time, "time", lambda passed=passed: NOW.timestamp() + passed)
        answers.append(receiver.receive(*captured).body)
    assert answers == [b"handled", b"already handled", b"already handled", b"too old", b"too old"]
    assert len(handled) == 1
