"""A header value is refused before anything is sent, or arrives unchanged in its own header."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

import h11
from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect_api import operations
from tests.pipeline.harness import KEY, Sdk, request_of
from tests.properties.memory_network import MemoryNetwork
from tests.properties.refusals import refusal_of
from tests.properties.strategies import any_text, examples

ANSWER = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"data":{}}'
near_values = st.text(st.sampled_from("aZ0 \t\r\n\x00:,;=\x7f\x80é\"'\\"), max_size=12)
values = any_text | near_values
NAMES = {name.lower().encode() for name in ("host", "user-agent", "accept", "accept-encoding", "content-type")} | {
    b"content-length",
    operations.SECRET_KEY_HEADER.encode(),
    operations.ACTING_USER_HEADER.encode(),
}


def sent(
    sdk: Sdk, make: Callable[[Any], Any], *, key: str = KEY, actor: str | None = "usr_1", **options: Any
) -> tuple[h11.Request, bytes] | None:
    """The request that a server receives, parsed independently of the client, or None if the client refuses it."""
    network = MemoryNetwork(ANSWER)

    def call() -> None:
        client = sdk.client(key, max_retries=0, **options)
        request = request_of(operations.SEND_MESSAGE, acting_user_id=actor)
        try:
            sdk.run(make(client).raw.execute(request))
        finally:
            sdk.close(client)

    with network.installed():
        refusal = refusal_of(call)
    if refusal is not None:
        assert network.written == []
        assert key in (KEY, "sk_test_") or key not in str(refusal)
        return None
    (request,) = network.requests()
    return request


def headers_of(request: h11.Request) -> dict[bytes, bytes]:
    headers = [(name, value) for name, value in request.headers]
    assert len({name for name, _ in headers}) == len(headers)
    return dict(headers)


@examples(150)
@given(user=values)
@example(user="usr_1\r\nx-evil: 1")
def test_the_acting_user_of_a_view_is_refused_or_arrives(sdk: Sdk, user: str) -> None:
    got = sent(sdk, lambda client: client.as_user(user), actor=None)
    if got is not None:
        headers = headers_of(got[0])
        assert headers[operations.ACTING_USER_HEADER.encode()] == user.encode()
        assert headers.keys() == NAMES


@examples(150)
@given(name=values | st.from_regex(r"[Xx]-[A-Za-z0-9-]{1,8}", fullmatch=True), value=values)
@example(name="x-a", value="1\r\nx-b: 2")
@example(name="X-A: 1\r\nx-b", value="2")
def test_an_extra_header_is_refused_or_arrives(sdk: Sdk, name: str, value: str) -> None:
    got = sent(sdk, lambda client: client.with_options(headers={name: value}))
    if got is not None:
        headers = headers_of(got[0])
        assert headers[name.lower().encode()] == value.encode()
        assert headers.keys() == NAMES | {name.lower().encode()}


@examples(150)
@given(tail=values)
def test_the_secret_key_is_refused_or_arrives(sdk: Sdk, tail: str) -> None:
    got = sent(sdk, lambda client: client, key=f"sk_test_{tail}")
    if got is not None:
        headers = headers_of(got[0])
        assert headers[operations.SECRET_KEY_HEADER.encode()] == f"sk_test_{tail}".encode()
        assert headers.keys() == NAMES


@examples(150)
@given(secret=values)
def test_the_signing_secret_is_refused_or_signs(sdk: Sdk, secret: str) -> None:
    got = sent(sdk, lambda client: client, signing_secret=secret)
    if got is not None:
        headers = headers_of(got[0])
        signed = headers[operations.TIMESTAMP_HEADER.encode()] + b"." + got[1]
        expected = hmac.digest(secret.encode(), signed, "sha256").hex().encode()
        assert headers[operations.SIGNATURE_HEADER.encode()] == expected


@examples(100)
@given(user=values)
def test_the_acting_user_of_a_call_is_refused_or_arrives(sdk: Sdk, user: str) -> None:
    got = sent(sdk, lambda client: client, actor=user)
    if got is not None:
        assert headers_of(got[0])[operations.ACTING_USER_HEADER.encode()] == user.encode()


@examples(100)
@given(
    value=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1).filter(lambda v: v == v.strip())
)
def test_a_valid_header_value_is_not_refused(sdk: Sdk, value: str) -> None:
    assert sent(sdk, lambda client: client.as_user(value)) is not None
    assert sent(sdk, lambda client: client.with_options(headers={"x-a": value})) is not None
