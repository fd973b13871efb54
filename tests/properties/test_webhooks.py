"""Only signed deliveries are accepted, and every body is either parsed as an event or refused."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from orbitconnect.webhooks import WebhookEvent, WebhookVerificationError, construct_event, parse_event, sign, verify
from orbitconnect_api.events import EVENTS
from tests.properties.refusals import refusal_of
from tests.properties.strategies import any_text, deep, examples, nested, received

valid_text = st.text()
payloads = st.binary() | valid_text
# Whitespace and quotes around a secret, and line breaks inside one, are refused.
byte_secrets = st.binary().map(lambda data: b"k" + data.translate(None, b"\r\n") + b"k")
secrets = byte_secrets | st.text().map(lambda text: f"k{text.replace(chr(10), '').replace(chr(13), '')}k")
anything: st.SearchStrategy[Any] = (
    st.none() | st.binary() | any_text | st.integers() | st.lists(any_text | st.binary(), max_size=2) | st.just({})
)
envelopes = st.fixed_dictionaries(
    {},
    optional={
        "id": received,
        "type": st.sampled_from(sorted(EVENTS)) | received,
        "created_at": received,
        "data": nested(received, any_text) | deep,
        "more": received,
    },
)


@examples(300)
@given(payload=anything, signature=anything, secret=anything)
def test_any_arguments_are_accepted_refused_or_wrong_use(payload: Any, signature: Any, secret: Any) -> None:
    for check in (verify, construct_event):
        with pytest.raises((WebhookVerificationError, TypeError, ValueError)) as caught:
            check(payload, signature, secret)
        if caught.type is WebhookVerificationError:
            assert isinstance(payload, (str, bytes, type(None)))
        elif caught.type is TypeError:
            assert str(caught.value).startswith(("payload", "signature", "secret"))
        else:
            assert caught.type is ValueError
            assert "secret" in str(caught.value)


@examples(200)
@given(payload=payloads, secret=secrets, others=st.lists(secrets, max_size=2), place=st.integers(0, 2))
def test_a_signed_payload_is_accepted(
    payload: bytes | str, secret: bytes | str, others: list[bytes | str], place: int
) -> None:
    several: Sequence[bytes | str] = [*others[:place], secret, *others[place:]]
    for signature in (sign(payload, secret), sign(payload, secret).encode(), f" {sign(payload, secret)}\t"):
        verify(payload, signature, secret)
        verify(payload, signature, several)


@examples(200)
@given(payload=st.binary(min_size=1), secret=byte_secrets, bit=st.integers(0))
def test_a_changed_bit_of_a_payload_is_refused(payload: bytes, secret: bytes, bit: int) -> None:
    with pytest.raises(WebhookVerificationError):
        verify(with_bit_changed(payload, bit), sign(payload, secret), secret)


@examples(200)
@given(payload=st.binary(), secret=byte_secrets, bit=st.integers(0))
def test_a_changed_bit_of_a_signature_is_refused(payload: bytes, secret: bytes, bit: int) -> None:
    signature = sign(payload, secret).encode()
    changed = with_bit_changed(signature, bit)
    # Uppercase and lowercase letters differ in one bit but stand for the same hexadecimal digits.
    assume(changed[:7] != signature[:7] or changed.lower() != signature)
    with pytest.raises(WebhookVerificationError):
        verify(payload, changed, secret)
    with pytest.raises(WebhookVerificationError):
        verify(payload, changed.decode("latin-1"), secret)


@examples(100)
@given(payload=st.binary(), secret=byte_secrets, bit=st.integers(0))
def test_a_changed_bit_of_a_secret_is_refused(payload: bytes, secret: bytes, bit: int) -> None:
    changed = with_bit_changed(secret, bit)
    assume(changed.startswith(b"k") and changed.endswith(b"k") and not {10, 13} & set(changed))
    with pytest.raises(WebhookVerificationError):
        verify(payload, sign(payload, changed), secret)


def with_bit_changed(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


@examples(300)
@given(content=envelopes)
@example(content={"type": "message.sent", "id": 10**300, "data": []})
@example(content={"type": "\ud800", "id": "\udfff"})
def test_any_json_is_an_event_or_refused(content: dict[str, Any]) -> None:
    body = json.dumps(content).encode()
    try:
        event = construct_event(body, sign(body, "whsec_1"), "whsec_1")
    except WebhookVerificationError:
        with pytest.raises(WebhookVerificationError):
            parse_event(body)
        return
    assert isinstance(event, WebhookEvent)
    assert event.type == content["type"]
    assert event == parse_event(body)
    assert repr(event.to_dict()) == repr(json.loads(body))
    assert 0 < len(event.dedupe_key) <= 200
    assert event.dedupe_key.isprintable()
    for twin in (pickle.loads(pickle.dumps(event)), copy.deepcopy(event)):
        assert type(twin) is type(event)
        assert (twin, twin.dedupe_key, repr(twin)) == (event, event.dedupe_key, repr(event))


@examples(300)
@given(body=st.binary() | any_text | envelopes.map(lambda content: json.dumps(content)[:-1]))
def test_any_body_is_an_event_or_refused(body: bytes | str) -> None:
    refusal = refusal_of(lambda: parse_event(body), WebhookVerificationError)
    if refusal is None:
        assert isinstance(parse_event(body), WebhookEvent)
    else:
        assert refusal.__cause__ is refusal.__context__ is None
