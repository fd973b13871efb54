"""Dedupe keys: an event's key is the same in every delivery, and differs from those of other events and endpoints."""

from __future__ import annotations

import asyncio
import hashlib
import json
import pickle
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect.webhooks import (
    SIGNATURE_HEADER,
    AsyncEventDispatcher,
    EventDispatcher,
    WebhookEvent,
    construct_event,
    parse_event,
    sign,
)
from orbitconnect.webhooks.once import Claim, EventBusy, MemoryStore, StoreError, as_async, async_once, once
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver, WebhookReceiver

ONE, TWO = "whsec_one", "whsec_two"
BODY = b'{"id": "evt_1", "type": "order.paid", "data": {}}'


def event(secret: Any = ONE, body: bytes = BODY, signer: str | None = None, **options: Any) -> WebhookEvent:
    signer = signer or (secret if isinstance(secret, str) else secret[0])
    return construct_event(body, sign(body, signer), secret, **options)


class Endpoint:
    """A sync or async receiver, and the events that its handler received."""

    def __init__(self, kind: str, store: Any, **options: Any) -> None:
        self.events: Any = EventDispatcher() if kind == "sync" else AsyncEventDispatcher()
        self.events.on("order.paid")(lambda event: self.taken.append(event))
        self.taken: list[WebhookEvent] = []
        make: Any = WebhookReceiver if kind == "sync" else AsyncWebhookReceiver
        self.receiver: Any = make(events=self.events, store=store, **options)

    def receive(self, secret: str, body: bytes = BODY) -> str:
        receipt = self.receiver.receive(body, {SIGNATURE_HEADER: sign(body, secret)})
        if asyncio.iscoroutine(receipt):
            receipt = asyncio.run(receipt)
        return f"{receipt.status} {receipt.body.decode()}"


Make = Callable[..., Endpoint]


@pytest.fixture(params=["sync", "async"])
def make(request: pytest.FixtureRequest) -> Make:
    return lambda store, **options: Endpoint(request.param, store, **options)


class TestScopes:
    def test_two_endpoints_share_a_store(self, make: Make) -> None:
        store = MemoryStore()
        one, two = make(store, secret=ONE), make(store, secret=TWO)
        assert one.receive(ONE) == two.receive(TWO) == "200 handled"
        assert one.receive(ONE) == two.receive(TWO) == "200 already handled"

    def test_the_owner_of_one_secret_cannot_claim_for_another(self, make: Make) -> None:
        store = MemoryStore()
        attacked, owned = make(store, secret=ONE), make(store, secret=TWO)
        for number in range(3):
            forged = b'{"id": "evt_%d", "type": "order.paid"}' % number
            assert owned.receive(TWO, forged) == "200 handled"
        assert attacked.receive(ONE) == "200 handled"

    def test_once_with_events_from_construct_event(self) -> None:
        store = MemoryStore()
        handled = []
        for secret in (ONE, TWO, ONE, TWO):
            with once(store, event(secret)) as mine:
                if mine:
                    handled.append(secret)
        assert handled == [ONE, TWO]

    def test_a_name_replaces_the_secrets(self, make: Make) -> None:
        store = MemoryStore()
        orders, copy, other = (
            make(store, secret=secret, endpoint=name)
            for secret, name in ((ONE, "orders"), (TWO, "orders"), (ONE, "other"))
        )
        assert orders.receive(ONE) == "200 handled"
        assert copy.receive(TWO) == "200 already handled"
        assert other.receive(ONE) == "200 handled"
        assert construct_event(BODY, sign(BODY, ONE), ONE, endpoint="orders").dedupe_key == "endpoint:orders/evt_1"

    def test_a_key_has_the_scope_of_its_secret(self) -> None:
        assert event(ONE).dedupe_key != event(TWO).dedupe_key
        assert event(ONE).dedupe_key == event(ONE).dedupe_key == event(ONE.encode().decode()).dedupe_key
        scope, _, key = event(ONE).dedupe_key.partition("/")
        assert key == "evt_1"
        assert scope.startswith("secret:")
        assert len(scope) == len("secret:") + 24
        assert ONE not in event(ONE).dedupe_key
        assert hashlib.sha256(ONE.encode()).hexdigest()[:24] not in scope

    def test_an_event_from_a_queue(self) -> None:
        assert parse_event(BODY).dedupe_key == "evt_1"
        assert parse_event(BODY, endpoint="orders").dedupe_key == event(endpoint="orders").dedupe_key
        assert pickle.loads(pickle.dumps(event())).dedupe_key == event().dedupe_key
        assert parse_event(BODY) == event()

    @pytest.mark.parametrize("name", ["", "a b", "a/b", "a:b", "ä", "a\n", "x" * 65])
    def test_an_invalid_name_is_rejected(self, make: Make, name: str) -> None:
        for use in (
            lambda: event(endpoint=name),
            lambda: parse_event(BODY, endpoint=name),
            lambda: make(MemoryStore(), secret=ONE, endpoint=name),
        ):
            with pytest.raises(ValueError, match="endpoint must be 1 to 64 ASCII letters"):
                use()
        with pytest.raises(TypeError, match="endpoint must be a string"):
            event(endpoint=7)


class TestIds:
    def test_ids_of_different_types_and_hashes_are_different_keys(self) -> None:
        without_id = b'{"type": "order.paid", "data": {}}'
        digest = hashlib.sha256(without_id).hexdigest()
        ids = [
            *("5", 5, 5.0, "5.0", "05", True, "True", None, "null", 55, "number:5", "id:5", f"sha256:{digest}"),
            *(digest, f"id:{hashlib.sha256(b'5').hexdigest()}", "secret:00/5", "endpoint:orders/5", "a" * 500, 10**200),
        ]
        bodies = [without_id] + [json.dumps({"id": event_id, "type": "order.paid"}).encode() for event_id in ids]
        for options in ({}, {"endpoint": "orders"}):
            keys = [parse_event(body, **options).dedupe_key for body in bodies]  # type: ignore[arg-type]
            keys += [event(ONE, body).dedupe_key for body in bodies] + [event(TWO, body).dedupe_key for body in bodies]
            assert len(set(keys)) == len(keys)

    @given(
        ids=st.lists(st.text() | st.integers() | st.sampled_from(["id:", "number:1", "a/b"]), min_size=2, max_size=6)
    )
    def test_no_two_ids_share_a_key(self, ids: list[Any]) -> None:
        for first, second in combinations(ids, 2):
            keys = {
                parse_event(json.dumps({"id": event_id, "type": "x"}), endpoint=name).dedupe_key
                for event_id in (first, second)
                for name in (None, "a", "x" * 64)
            }
            same = first == second and type(first) is type(second)
            assert len(keys) == (3 if same else 6) or (first, second) == ("", "")
            assert all(len(key) <= 200 and key.isprintable() for key in keys)


class TestRotation:
    def test_an_event_handled_under_the_old_secret(self, make: Make) -> None:
        store = MemoryStore()
        assert make(store, secret=ONE).receive(ONE) == "200 handled"
        for secrets in ([TWO, ONE], [ONE, TWO]):
            rotating = make(store, secret=secrets)
            assert rotating.receive(ONE) == rotating.receive(TWO) == "200 already handled"
        # The event is still recognized after the old secret is removed.
        assert make(store, secret=TWO).receive(TWO) == "200 already handled"

    def test_an_event_handled_during_the_rotation(self, make: Make) -> None:
        store = MemoryStore()
        rotating = make(store, secret=[TWO, ONE])
        assert rotating.receive(ONE) == "200 handled"
        assert rotating.receive(TWO) == "200 already handled"
        for secret in (ONE, TWO):
            assert make(store, secret=secret).receive(secret) == "200 already handled"
        assert len(rotating.taken) == 1

    def test_a_worker_that_does_not_know_the_new_secret_yet(self, make: Make) -> None:
        store = MemoryStore()
        claim = store.claim(event(ONE).dedupe_key)
        rotating = make(store, secret=[TWO, ONE])
        assert rotating.receive(TWO) == "503 being handled"
        assert rotating.taken == []
        store.release(event(ONE).dedupe_key, claim.token)
        assert rotating.receive(TWO) == "200 handled"

    def test_a_handler_that_fails_releases_all_keys(self) -> None:
        store = MemoryStore()
        rotated = event([TWO, ONE])
        for _ in range(2):
            with pytest.raises(LookupError), once(store, rotated):
                raise LookupError
        for secret in (ONE, TWO):
            claim = store.claim(event(secret).dedupe_key)
            assert claim
            store.release(event(secret).dedupe_key, claim.token)

        async def fail() -> None:
            async with async_once(store, rotated):
                raise LookupError

        for _ in range(2):
            with pytest.raises(LookupError):
                asyncio.run(fail())

    def test_one_name_or_secret_needs_no_second_key(self) -> None:
        assert event([TWO, ONE], endpoint="orders").alternate_keys == ()
        assert event([TWO, TWO]).alternate_keys == ()
        assert len(event([TWO, ONE, "whsec_three"]).alternate_keys) == 2

    def test_the_keys_survive_pickling(self) -> None:
        rotated = event([TWO, ONE])
        assert rotated.alternate_keys == (event(ONE).dedupe_key,)
        assert pickle.loads(pickle.dumps(rotated)).alternate_keys == rotated.alternate_keys

    @pytest.mark.parametrize("is_async", [False, True])
    def test_a_store_that_fails_at_the_second_key(self, is_async: bool) -> None:
        class Failing(MemoryStore):
            calls = 0

            def claim(self, key: str, /) -> Claim:
                self.calls += 1
                if self.calls == 2:
                    raise StoreError("half way")
                return super().claim(key)

        store, rotated = Failing(), event([TWO, ONE])

        async def handle_async() -> None:
            async with async_once(as_async(store), rotated):
                raise AssertionError

        def handle() -> None:
            with once(store, rotated):
                raise AssertionError

        with pytest.raises(StoreError, match="half way"):
            asyncio.run(handle_async()) if is_async else handle()
        assert store.claim(rotated.dedupe_key)

    def test_busy_under_one_key(self) -> None:
        store, rotated = MemoryStore(), event([TWO, ONE])
        store.claim(rotated.alternate_keys[0])
        with pytest.raises(EventBusy):
            once(store, rotated).__enter__()
        assert store.claim(rotated.dedupe_key)
