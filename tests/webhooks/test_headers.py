"""Headers in the forms that servers, frameworks and platforms use.

Every function that takes headers accepts every form.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from collections.abc import Callable
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import django.http.request
import httpx
import multidict
import pytest
import starlette.datastructures
import werkzeug.datastructures
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from orbitconnect.webhooks import (
    SIGNATURE_HEADER,
    AsyncEventDispatcher,
    EventDispatcher,
    WebhookVerificationError,
    construct_event,
    sign,
    verify,
)
from orbitconnect.webhooks.headers import header_values
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver, WebhookReceiver
from tests.for_each import for_each

SECRET = "whsec_of_the_tests"
BODY = b'{"id": "evt_1", "type": "order.paid", "data": {"order": 1}}'
VALUE = sign(BODY, SECRET)
NAME = "X-Orbit-Signature"


def message(*pairs: tuple[str, str], policy: Any = email.policy.compat32) -> Any:
    text = "".join(f"{name}: {value}\r\n" for name, value in (("Host", "a"), *pairs))
    return email.message_from_string(text + "\r\n", policy=policy)


def http_message(*pairs: tuple[str, str]) -> HTTPMessage:
    made = HTTPMessage()
    for name, value in pairs:
        made[name] = value
    return made


FORMS: dict[str, Any] = {
    "dict, title case": {"Host": "a", NAME: VALUE},
    "dict, lower case": {NAME.lower(): VALUE},
    "dict, upper case": {NAME.upper(): VALUE},
    "dict, mixed case": {"x-Orbit-SIGNATURE": VALUE},
    "dict of bytes": {NAME.lower().encode(): VALUE.encode()},
    "dict, bytes as value": {NAME: VALUE.encode()},
    "API Gateway's multiValueHeaders": {"Host": ["a"], NAME: [VALUE]},
    "lists of bytes": {NAME: [VALUE.encode()]},
    "CloudFront": {"host": [{"key": "Host", "value": "a"}], NAME.lower(): [{"key": NAME, "value": VALUE}]},
    "WSGI environ": {"REQUEST_METHOD": "POST", "wsgi.input": object(), "HTTP_X_ORBIT_SIGNATURE": VALUE, 1: 2},
    "werkzeug's environ": EnvironBuilder(headers={NAME: VALUE}).get_environ(),
    "email.message.Message": message((NAME, VALUE)),
    "email.message.EmailMessage": message((NAME, VALUE), policy=email.policy.HTTP),
    "http.client.HTTPMessage": http_message((NAME.lower(), VALUE)),
    "ASGI": [(b"host", b"a"), (NAME.lower().encode(), VALUE.encode())],
    "ASGI, as lists": [[b"host", b"a"], [NAME.lower().encode(), VALUE.encode()]],
    "pairs of text": [("host", "a"), (NAME, VALUE)],
    "pairs from JSON": json.loads(json.dumps([["host", "a"], [NAME, VALUE]])),
    "tuple of pairs": ((NAME, VALUE),),
    "pairs with lists": [(b"Host", [b"a"]), (NAME.encode(), [VALUE.encode()])],
    "werkzeug": werkzeug.datastructures.Headers([(NAME, VALUE)]),
    "werkzeug, environ": werkzeug.datastructures.EnvironHeaders({"HTTP_X_ORBIT_SIGNATURE": VALUE}),
    "Django": django.http.request.HttpHeaders({"HTTP_X_ORBIT_SIGNATURE": VALUE, "CONTENT_LENGTH": "7"}),
    "Starlette": starlette.datastructures.Headers({NAME: VALUE}),
    "Starlette, raw": starlette.datastructures.Headers({NAME: VALUE}).raw,
    "httpx": httpx.Headers({NAME: VALUE}),
    "httpx, raw": httpx.Headers({NAME: VALUE}).raw,
    "aiohttp": multidict.CIMultiDictProxy(multidict.CIMultiDict({NAME: VALUE})),
    "a value with space around": {NAME: f" {VALUE}\t"},
    "others are None": {"Host": None, NAME: VALUE},
}
ONE_PASS: dict[str, Callable[[], Any]] = {
    "iterator": lambda: iter([("host", "a"), (NAME, VALUE)]),
    "generator": lambda: (pair for pair in [(NAME, VALUE)]),
    "items of a dict": lambda: {NAME: VALUE}.items(),
}
ALL: dict[str, Callable[[], Any]] = {name: lambda form=form: form for name, form in FORMS.items()} | ONE_PASS
TWO: dict[str, Any] = {
    "pairs": [(NAME, VALUE), (NAME.lower(), VALUE)],
    "ASGI": [(NAME.lower().encode(), VALUE.encode())] * 2,
    "list of values": {NAME: [VALUE, VALUE]},
    "names that differ in case": {NAME: VALUE, NAME.lower(): VALUE},
    "Message": message((NAME, VALUE), (NAME, VALUE)),
    "werkzeug": werkzeug.datastructures.Headers([(NAME, VALUE), (NAME, VALUE)]),
    "Starlette": starlette.datastructures.Headers(raw=[(NAME.lower().encode(), VALUE.encode())] * 2),
}
NONE: dict[str, Any] = {
    "None": None,
    "empty dict": {},
    "no pairs": [],
    "None as value": {NAME: None},
    "no values": {NAME: []},
    "another header": {"Host": "a"},
    "a WSGI environ without it": {"REQUEST_METHOD": "POST", "wsgi.input": object()},
}


def receive(headers: Any) -> None:
    status = WebhookReceiver(secret=SECRET, events=EventDispatcher()).receive(BODY, headers).status
    if status == 401:
        raise WebhookVerificationError("signature")
    assert status == 200


def receive_async(headers: Any) -> None:
    receiver = AsyncWebhookReceiver(secret=SECRET, events=AsyncEventDispatcher())
    status = asyncio.run(receiver.receive(BODY, headers)).status
    if status == 401:
        raise WebhookVerificationError("signature")
    assert status == 200


def construct(headers: Any) -> None:
    assert construct_event(BODY, headers, SECRET).id == "evt_1"


EVERY_FUNCTION = pytest.mark.parametrize(
    "take",
    [lambda headers: verify(BODY, headers, SECRET), construct, receive, receive_async],
    ids=["verify", "construct_event", "receive", "async receive"],
)


@EVERY_FUNCTION
@for_each("form", ALL)
def test_every_form(take: Callable[[Any], None], form: str) -> None:
    take(ALL[form]())


@EVERY_FUNCTION
@for_each("form", TWO)
def test_two_signatures_are_refused(take: Callable[[Any], None], form: str) -> None:
    with pytest.raises(WebhookVerificationError, match="signature"):
        take(TWO[form])


@EVERY_FUNCTION
@for_each("form", NONE)
def test_no_signature_is_refused(take: Callable[[Any], None], form: str) -> None:
    with pytest.raises(WebhookVerificationError, match="signature"):
        take(NONE[form])


@EVERY_FUNCTION
@for_each("headers", [7, 1.5, [7], ["ab"], [("a", "b", "c")], [{"a": "b"}, {"c": "d"}]])
def test_headers_of_an_unknown_form_raise_type_error(take: Callable[[Any], None], headers: Any) -> None:
    with pytest.raises(TypeError, match="mapping of names"):
        take(headers)


def test_a_receiver_does_not_accept_text_as_headers() -> None:
    for headers in (f"{NAME}: {VALUE}", VALUE.encode()):
        with pytest.raises(TypeError, match="headers must be a mapping"):
            receive(headers)


def test_another_signature_header() -> None:
    headers = {"x-hub-signature-256": VALUE, NAME: "sha256=other"}
    verify(BODY, headers, SECRET, signature_header="X-Hub-Signature-256")
    assert construct_event(BODY, headers, SECRET, signature_header="X-HUB-SIGNATURE-256").id == "evt_1"
    with pytest.raises(WebhookVerificationError, match="X-Missing header"):
        verify(BODY, headers, SECRET, signature_header="X-Missing")


def test_the_content_length_in_a_wsgi_environ() -> None:
    environ = {"CONTENT_LENGTH": "7", "HTTP_CONTENT_LENGTH": "8"}
    assert header_values(environ, "content-length", SIGNATURE_HEADER) == [["7"], []]


@given(
    value=st.recursive(
        st.none() | st.text() | st.binary(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_other_value_is_refused(value: Any) -> None:
    with pytest.raises(WebhookVerificationError):
        verify(BODY, {NAME: value}, SECRET)


@pytest.mark.parametrize("value", [b"\xff\xfe", b"sha256=\xc3\xa9", b"", b"=?utf-8?q?x?="], ids=ascii)
def test_undecodable_bytes_in_an_email_message(value: bytes) -> None:
    """The parser turns such a value into an object that is not a string."""
    received = email.message_from_bytes(NAME.encode() + b": " + value + b"\r\n\r\n")
    with pytest.raises(WebhookVerificationError):
        verify(BODY, received, SECRET)


def test_the_headers_of_http_server() -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            receipt = receiver.receive(body, self.headers)
            self.send_response(receipt.status)
            for name, value in receipt.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receipt.body)

        def log_message(self, format: str, *args: Any) -> None: ...

    receiver = WebhookReceiver(secret=SECRET, events=EventDispatcher())
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever).start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/"
            answers = [httpx.post(url, content=BODY, headers=headers) for headers in ({NAME: VALUE}, {}, {NAME: "x"})]
        finally:
            server.shutdown()
    assert [(answer.status_code, answer.text) for answer in answers] == [
        (200, "no handler"),
        (401, "signature refused"),
        (401, "signature refused"),
    ]
