"""A value that JSON supports arrives unchanged. For any other value, the error names its field, and nothing is sent."""

from __future__ import annotations

import hmac
import json
import math
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect_api import operations
from tests.pipeline.harness import Sdk, data, scripted
from tests.properties.refusals import refusal_of
from tests.properties.strategies import any_text, examples, nested, sendable

SIGNING_SECRET = "whisper"
metadata = st.dictionaries(st.text(), sendable, max_size=4)
unsendable = st.sampled_from(
    [math.nan, math.inf, -math.inf, b"bytes", {1, 2}, object(), 1j, Decimal(1), "\ud800", {"a": "\udfff"}]
)
"""Values that JSON does not support."""


def send(sdk: Sdk, content: Any, *answers: httpx.Response | Exception, key: str | None = None) -> list[httpx.Request]:
    """Send a message with metadata, and return the requests that the server received."""
    transport, asked = scripted(*answers or (data(),))
    client = sdk.client(transport=transport, signing_secret=SIGNING_SECRET)
    try:
        sdk.run(
            client.messages.send(
                conversation_id="cnv_1", content="Hi", metadata=content, idempotency_key=key, acting_user_id="usr_1"
            )
        )
    except (ValueError, TypeError):
        assert asked == []
        raise
    return asked


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal and of the same type."""
    return repr(left) == repr(right)


def is_signed(request: httpx.Request) -> bool:
    signed = f"{request.headers[operations.TIMESTAMP_HEADER]}.".encode() + request.content
    expected = hmac.digest(SIGNING_SECRET.encode(), signed, "sha256").hex()
    return hmac.compare_digest(request.headers[operations.SIGNATURE_HEADER], expected)


@examples(200)
@given(content=metadata)
@example(content={"a": 5e-324, "b": -0.0, "c": 1.7976931348623157e308, "d": 10**4000, "": {"\x00": "\u2028"}})
@example(content={"1": True, "e\u0301": "é", "\U0001f389": "\x7f"})
def test_a_value_that_json_can_hold_arrives_unchanged(sdk: Sdk, content: dict[str, Any]) -> None:
    (request,) = send(sdk, content)
    body = json.loads(request.content)
    assert same(body["metadata"], content)
    assert is_signed(request)
    assert int(request.headers["content-length"]) == len(request.content)


@examples(20)
@given(depth=st.integers(1, 300), in_list=st.booleans())
def test_a_nested_value_arrives_unchanged(sdk: Sdk, depth: int, in_list: bool) -> None:
    content: Any = "deep"
    for _ in range(depth):
        content = [content] if in_list else {"a": content}
    (request,) = send(sdk, {"a": content})
    # Compare as text, because Python's own comparison may fail at such a depth.
    assert request.content.count(b"[" if in_list else b"{") >= depth
    assert b'"deep"' in request.content
    assert is_signed(request)


@examples(100)
@given(content=nested(st.none() | unsendable, st.text()).filter(lambda made: made), odd=unsendable)
def test_the_error_for_a_value_that_json_cannot_hold_names_its_field(sdk: Sdk, content: Any, odd: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="sendMessage: 'metadata'"):
        send(sdk, {"first": content, "odd": odd})


def test_a_value_that_is_too_deep_or_too_long_is_refused(sdk: Sdk) -> None:
    endless: dict[str, Any] = {}
    endless["self"] = endless
    deep: Any = None
    for _ in range(100_000):
        deep = [deep]
    for content in (endless, {"a": deep}, {"a": 10**5000}):
        with pytest.raises(ValueError, match="sendMessage: 'metadata'"):
            send(sdk, content)
    while deep is not None:  # Take the value apart step by step, because deleting it at once would recurse too deeply.
        deep = deep.pop()


failures = st.lists(
    st.sampled_from(
        [httpx.ReadError("reset"), httpx.ConnectError("refused"), httpx.Response(503), httpx.Response(429)]
    ),
    max_size=2,
)


@examples(60)
@given(content=metadata, before=failures, key=st.none() | st.text(min_size=1))
def test_all_attempts_send_the_same_body(
    sdk: Sdk, content: dict[str, Any], before: list[httpx.Response | Exception], key: str | None
) -> None:
    asked = send(sdk, content, *before, data(), key=key)
    assert len(asked) == len(before) + 1
    assert len({request.content for request in asked}) == 1
    assert all(map(is_signed, asked))
    sent = json.loads(asked[0].content)[operations.SEND_MESSAGE.idempotency_field]
    assert sent == key if key is not None else len(sent) == 32


def test_every_call_has_its_own_idempotency_key(sdk: Sdk) -> None:
    keys = {json.loads(send(sdk, {})[0].content)[operations.SEND_MESSAGE.idempotency_field] for _ in range(50)}
    assert len(keys) == 50


@examples(100)
@given(content=any_text)
def test_any_text_arrives_or_is_refused(sdk: Sdk, content: str) -> None:
    transport, asked = scripted(data())
    client = sdk.client(transport=transport)
    message = {"conversation_id": "cnv_1", "content": content, "acting_user_id": "usr_1"}
    refusal = refusal_of(lambda: sdk.run(client.messages.send(**message)))
    if refusal is None:
        assert json.loads(asked[0].content)["content"] == content
    else:
        assert "'content' holds a lone surrogate" in str(refusal)
        assert asked == []
