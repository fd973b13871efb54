"""Both receivers, without a framework."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterable, Mapping
from inspect import isawaitable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect.webhooks import (
    SIGNATURE_HEADER,
    AsyncEventDispatcher,
    EventDispatcher,
    UnknownEvent,
    WebhookEvent,
    construct_event,
    sign,
)
from orbitconnect.webhooks.once import Claim, LeaseLost, MemoryStore, SQLiteStore, StoreError
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver, Receipt, WebhookReceiver

SECRET = "whsec_of_the_tests"
BODY = b'{"id": "evt_1", "type": "order.paid", "created_at": "2026-01-05T09:30:00Z", "data": {"order": 1}}'
HEADERS = {SIGNATURE_HEADER: sign(BODY, SECRET)}
KEY = construct_event(BODY, HEADERS, SECRET).dedupe_key

Make = Callable[..., "Subject"]


class Subject:
    """A sync or async receiver, and the events that its handler received."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.taken: list[WebhookEvent] = []
        self.failure: BaseException | None = None
        self.events: Any = EventDispatcher() if kind == "sync" else AsyncEventDispatcher()
        make: Any = WebhookReceiver if kind == "sync" else AsyncWebhookReceiver
        self.receiver: Any = make(**{"secret": SECRET, "events": self.events, **options})

    def handle(self) -> None:
        self.events.on("order.paid")(self._take)

    def _take(self, event: UnknownEvent) -> None:
        self.taken.append(event)
        if self.failure is not None:
            raise self.failure

    async def receive(self, body: Any = BODY, headers: Any = HEADERS) -> Receipt:
        receipt = self.receiver.receive(body, headers)
        if isawaitable(receipt):
            receipt = await receipt
        assert isinstance(receipt, Receipt)
        return receipt


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(kind: str) -> Make:
    def make(**options: Any) -> Subject:
        subject = Subject(kind, **options)
        subject.handle()
        return subject

    return make


def variables(error: BaseException) -> str:
    """Return what an error tracker collects from this package's frames."""
    frames = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    ours = [frame.locals for frame in frames if "/orbitconnect/webhooks/" in frame.filename]
    assert ours
    return str(ours)


def said(receipt: Receipt) -> tuple[int, bytes]:
    return receipt.status, receipt.body


class TestOnce:
    async def test_without_a_store_each_delivery_is_handled(self, make: Make) -> None:
        subject = make()
        for _ in range(2):
            assert said(await subject.receive()) == (200, b"handled")
        assert [event.id for event in subject.taken] == ["evt_1", "evt_1"]

    async def test_with_a_store_each_event_is_handled_once(self, make: Make) -> None:
        subject = make(store=MemoryStore())
        assert said(await subject.receive()) == (200, b"handled")
        assert said(await subject.receive()) == (200, b"already handled")
        assert len(subject.taken) == 1

    async def test_the_event_is_what_was_signed(self, make: Make) -> None:
        subject = make(store=MemoryStore())
        await subject.receive()
        assert subject.taken[0].to_dict() == json.loads(BODY)

    @pytest.mark.parametrize("failure", [ValueError("no"), asyncio.CancelledError(), SystemExit(3)])
    async def test_a_handlers_error_is_raised_and_the_event_released(self, make: Make, failure: BaseException) -> None:
        subject = make(store=MemoryStore())
        subject.failure = failure
        with pytest.raises(type(failure)) as raised:
            await subject.receive()
        assert raised.value is failure
        subject.failure = None
        assert said(await subject.receive()) == (200, b"handled")
        assert len(subject.taken) == 2

    async def test_no_payload_is_in_the_traceback_of_a_handlers_error(self, make: Make) -> None:
        for store in (None, MemoryStore()):
            subject = make(store=store)
            subject.failure = ValueError("no")
            with pytest.raises(ValueError, match="no") as raised:
                await subject.receive(bytes(BODY), dict(HEADERS))
            shown = variables(raised.value)
            for hidden in (SECRET, HEADERS[SIGNATURE_HEADER], '"order"', "'order'"):
                assert hidden not in shown

    async def test_an_event_that_another_worker_is_handling(self, make: Make) -> None:
        store = MemoryStore()
        subject = make(store=store)
        claim = store.claim(KEY)
        busy = await subject.receive()
        assert said(busy) == (503, b"being handled")
        assert int(busy.headers["retry-after"]) > 0
        assert subject.taken == []
        store.release(KEY, claim.token)
        assert (await subject.receive()).status == 200

    async def test_an_event_without_a_handler_can_be_replayed(self, make: Make, kind: str) -> None:
        subject = Subject(kind, store=MemoryStore())
        assert said(await subject.receive()) == (200, b"no handler")
        subject.handle()
        assert said(await subject.receive()) == (200, b"handled")

    async def test_nothing_is_handled_while_the_store_is_down(
        self, make: Make, caplog: pytest.LogCaptureFixture
    ) -> None:
        subject = make(store=Broken())
        receipt = await subject.receive()
        assert said(receipt) == (503, b"not recorded")
        assert int(receipt.headers["retry-after"]) > 0
        assert subject.taken == []
        (record,) = (record for record in caplog.records if record.name == "orbitconnect.webhooks")
        assert record.levelno == logging.ERROR  # Error trackers need the level and the traceback.
        assert record.exc_info is not None
        assert "The store is down." in caplog.text

    @pytest.mark.parametrize("error", [StoreError("down"), LeaseLost("taken"), ConnectionError("raw")])
    async def test_a_handled_event_that_could_not_be_recorded(self, make: Make, error: Exception) -> None:
        subject = make(store=Forgetful(error))
        assert said(await subject.receive()) == (503, b"not recorded")
        assert len(subject.taken) == 1

    async def test_a_store_error_does_not_replace_the_handlers_error(self, make: Make) -> None:
        subject = make(store=Forgetful(ConnectionError("raw")))
        subject.failure = LookupError("of the handler")
        with pytest.raises(LookupError, match="of the handler"):
            await subject.receive()

    async def test_a_store_that_processes_share(self, make: Make, tmp_path: Path) -> None:
        for expected in (b"handled", b"already handled"):
            assert (await make(store=SQLiteStore(tmp_path / "handled.db")).receive()).body == expected


class Broken:
    """A store that is down."""

    def claim(self, key: str, /) -> Claim:
        raise StoreError("The store is down.")

    def commit(self, key: str, token: str, /) -> None:
        raise AssertionError

    def release(self, key: str, token: str, /) -> None:
        raise AssertionError


class Forgetful:
    """A store that fails after the handler has run."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def claim(self, key: str, /) -> Claim:
        return Claim("mine", "token")

    def commit(self, key: str, token: str, /) -> None:
        raise self.error

    def release(self, key: str, token: str, /) -> None:
        raise self.error


class Awaited(Broken):
    """An asynchronous store."""

    async def claim(self, key: str, /) -> Claim:  # type: ignore[override]
        raise AssertionError


async def test_a_cancelled_task_releases_the_event() -> None:
    started, events, store = asyncio.Event(), AsyncEventDispatcher(), MemoryStore()

    @events.on("order.paid")
    async def wait(_: WebhookEvent) -> None:
        started.set()
        await asyncio.Event().wait()

    receiver = AsyncWebhookReceiver(secret=SECRET, events=events, store=store)
    task = asyncio.create_task(receiver.receive(BODY, HEADERS))
    await started.wait()
    assert (await receiver.receive(BODY, HEADERS)).status == 503
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert store.claim(KEY).status == "mine"


class TestSecrets:
    @pytest.mark.parametrize(
        "secret", [SECRET, SECRET.encode(), ["whsec_new", SECRET], (SECRET, b"whsec_new")], ids=str
    )
    async def test_each_form(self, make: Make, secret: Any) -> None:
        for form in (secret, lambda: secret):
            assert (await make(secret=form).receive()).status == 200

    async def test_rotation_without_a_restart(self, make: Make) -> None:
        secrets = ["whsec_old"]
        subject = make(secret=lambda: secrets)
        assert (await subject.receive()).status == 401
        secrets.insert(0, SECRET)
        assert (await subject.receive()).status == 200
        secrets.remove(SECRET)
        assert (await subject.receive()).status == 401

    @pytest.mark.parametrize("secret", [None, "", b"", [], [SECRET, ""], [SECRET, None], "\ud800", 4711], ids=ascii)
    async def test_an_invalid_secret_is_rejected_at_once(self, make: Make, secret: Any) -> None:
        with pytest.raises((TypeError, ValueError)) as raised:
            make(secret=secret)
        assert "secret" in str(raised.value)
        assert SECRET not in str(raised.value)
        assert SECRET not in variables(raised.value)

        # A function is called only when a delivery arrives.
        with pytest.raises((TypeError, ValueError)) as raised:
            await make(secret=lambda: secret).receive()
        assert SECRET not in variables(raised.value)

    def test_secrets_are_not_shown(self, make: Make) -> None:
        receiver = make().receiver
        assert SECRET not in repr(receiver)
        with pytest.raises(TypeError, match="holds the webhook's secret"):
            pickle.dumps(receiver)


class TestDeliveries:
    @pytest.mark.parametrize(
        "headers",
        [
            {SIGNATURE_HEADER.upper(): sign(BODY, SECRET)},
            {SIGNATURE_HEADER.title(): f" {sign(BODY, SECRET)}\t"},
            [("host", "a"), (SIGNATURE_HEADER, sign(BODY, SECRET)), ("host", "b")],
        ],
    )
    async def test_forms_of_headers(self, kind: str, headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        assert (await Subject(kind).receive(BODY, headers)).status == 200

    async def test_headers_from_an_iterator(self, kind: str) -> None:
        assert (await Subject(kind).receive(BODY, iter(HEADERS.items()))).status == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            [],
            {"other": sign(BODY, SECRET)},
            {SIGNATURE_HEADER: ""},
            {SIGNATURE_HEADER: f"{sign(BODY, SECRET)}, {sign(BODY, SECRET)}"},
            {SIGNATURE_HEADER: sign(BODY, SECRET), SIGNATURE_HEADER.upper(): sign(BODY, SECRET)},
            [(SIGNATURE_HEADER, sign(BODY, SECRET)), (SIGNATURE_HEADER, "sha256=" + 64 * "0")],
        ],
    )
    async def test_no_signature_or_several(self, make: Make, headers: Any) -> None:
        subject = make()
        assert said(await subject.receive(BODY, headers)) == (401, b"signature refused")
        assert subject.taken == []

    async def test_another_signature_header(self, make: Make) -> None:
        subject = make(signature_header="X-Hub-Signature-256")
        assert (await subject.receive(BODY, HEADERS)).status == 401
        assert (await subject.receive(BODY, {"x-hub-signature-256": sign(BODY, SECRET)})).status == 200

    async def test_the_size_limit(self, make: Make) -> None:
        body = BODY + b" " * 100
        headers = {SIGNATURE_HEADER: sign(body, SECRET)}
        assert (await make(max_body=len(body)).receive(body, headers)).status == 200
        assert (await make(max_body=len(body) - 1).receive(body, headers)).status == 413

    @pytest.mark.parametrize("body", [BODY.decode(), json.loads(BODY), None])
    async def test_a_body_that_is_not_bytes_raises_type_error(self, make: Make, body: Any) -> None:
        with pytest.raises(TypeError, match="raw body as bytes"):
            await make().receive(body)

    async def test_the_response_says_little_and_the_log_says_why(
        self, make: Make, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING, "orbitconnect.webhooks")
        subject = make()
        wrong = sign(BODY, "whsec_wrong")
        assert said(await subject.receive(BODY, {SIGNATURE_HEADER: wrong})) == (401, b"signature refused")
        assert said(await subject.receive(b"[]", {SIGNATURE_HEADER: sign(b"[]", SECRET)})) == (400, b"not an event")
        first, second = caplog.messages
        assert "does not match the body" in first
        assert "not a JSON object" in second
        for hidden in (SECRET, HEADERS[SIGNATURE_HEADER], wrong):
            assert hidden not in caplog.text

    @given(
        body=st.binary(),
        headers=st.dictionaries(st.text(), st.text()) | st.lists(st.tuples(st.just(SIGNATURE_HEADER), st.text())),
    )
    def test_every_unsigned_delivery_is_refused(self, body: bytes, headers: Any) -> None:
        assert WebhookReceiver(secret=SECRET, events=EventDispatcher()).receive(body, headers).status == 401

    @given(
        body=st.binary()
        | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
    )
    def test_every_signed_body_gets_a_response(self, body: bytes) -> None:
        receiver = WebhookReceiver(secret=SECRET, events=EventDispatcher(), store=MemoryStore())
        assert receiver.receive(body, {SIGNATURE_HEADER: sign(body, SECRET)}).status in (200, 400)


class TestArguments:
    @pytest.mark.parametrize("options", [{"signature_header": ""}, {"max_body": 0}])
    def test_values(self, make: Make, options: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=next(iter(options))) as raised:
            make(**options)
        assert SECRET not in variables(raised.value)

    def test_kinds(self) -> None:
        plain: Any = EventDispatcher()
        awaited: Any = AsyncEventDispatcher()
        store: Any = Awaited()
        with pytest.raises(TypeError, match="EventDispatcher"):
            WebhookReceiver(secret=SECRET, events=awaited)
        with pytest.raises(TypeError, match="AsyncEventDispatcher"):
            AsyncWebhookReceiver(secret=SECRET, events=plain)
        with pytest.raises(TypeError, match="AsyncWebhookReceiver"):
            WebhookReceiver(secret=SECRET, events=EventDispatcher(), store=store)
