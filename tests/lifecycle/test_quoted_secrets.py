"""Servers and proxies can quote what was sent to them. The SDK masks its secrets in everything that it keeps."""

from __future__ import annotations

import base64
import json
import logging
import pickle
import socket
import time
from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from orbitconnect import OrbitServerError
from orbitconnect._pipeline.finish import EXCERPT_BYTES
from orbitconnect._pipeline.redact import MASK, Redactor
from orbitconnect._pipeline.secret import Secret
from orbitconnect.observers import AttemptEnded, CallEnded, CallStarted, Observer
from orbitconnect.otel import OpenTelemetryObserver
from orbitconnect.waiting import NeverReachedError
from orbitconnect_api import operations
from tests.for_each import for_each
from tests.lifecycle.test_secrets import rendered
from tests.pipeline.harness import LoopbackServer, Sdk, answer, loopback, request_of
from tests.transports import TRANSPORTS

KEY = "sk_live_4f1c9d0e2b7aXy-Zq8W3_uT5"
SIGNING_SECRET = "whisper/+=\"sigñing'0e2b7a"

FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda secret: secret,
    "in quotes": lambda secret: f"'{secret}'",
    "its first 12": lambda secret: f"{secret[:12]}...",
    "its first 20": lambda secret: f"{secret[:20]}****",
    "its last 12": lambda secret: f"...{secret[-12:]}",
    "percent-encoded": lambda secret: quote(secret, safe=""),
    "percent-encoded in lower case": lambda secret: quote(secret, safe="").lower(),
    "escaped for JSON": lambda secret: json.dumps(secret)[1:-1],
    "escaped by PHP": lambda secret: secret.replace("/", "\\/"),
    "escaped for HTML": escape,
    "Base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "Base64 of Basic credentials": lambda secret: base64.b64encode(f"{secret}:".encode()).decode(),
    "Base64 of a header": lambda secret: base64.b64encode(f"x-api-key: {secret}\r\n".encode()).decode(),
    "Base64 for URLs": lambda secret: base64.urlsafe_b64encode(f"a{secret}".encode()).decode(),
    "hex": lambda secret: secret.encode().hex(),
    "in upper case": str.upper,
    "twice": lambda secret: f"{secret}{secret}",
}


@pytest.mark.parametrize("secret", [KEY, SIGNING_SECRET])
@for_each("shown_as", FORMS)
def test_a_secret_is_masked_in_every_form(shown_as: str, secret: str) -> None:
    form = FORMS[shown_as]
    redactor = Redactor(Secret(KEY), Secret(SIGNING_SECRET.encode()))
    for text in (form(secret), f"Invalid API key: {form(secret)}, try another"):
        shown = redactor.text(text)
        rest = shown.replace(MASK, "").removeprefix("Invalid API key: ").removesuffix(", try another")
        assert MASK in shown
        # What remains is the text around the secret, or the Base64 of a header's name.
        assert len(rest) <= (18 if "header" in shown_as else 5)
    assert MASK in redactor.content(f'{{"data":"{form(secret)}"}}'.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The key must start with sk_live_ or sk_test_.",
        f"It is {KEY[:11]}…",
        "whisper/",
        "No such user: usr_4f1c9d0e2b",
        "This key is not for sk_live_",
        "ünïcödé " * 100,
    ],
)
def test_other_text_is_not_masked(text: str) -> None:
    redactor = Redactor(Secret(KEY), Secret(SIGNING_SECRET.encode()), None)
    assert redactor.text(text) == text
    assert redactor.content(text.encode()) == text.encode()
    assert redactor.value([{text: [text, 1, None]}]) == [{text: [text, 1, None]}]


def test_secrets_of_three_characters_are_not_masked() -> None:
    assert Redactor(Secret("shh")).text("shh") == "shh"
    assert Redactor(Secret("shhhhh")).text("a shhhhh b") == "a *** b"
    assert Redactor(Secret("sk_test_x")).text("Invalid key sk_test_x.") == "Invalid key ***."


def test_a_secret_cut_at_the_end_of_a_text_is_masked() -> None:
    assert Redactor(Secret(KEY)).text(f"Invalid key {KEY[:9]}") == "Invalid key ***"
    assert Redactor(Secret(KEY)).text(f"Invalid key {KEY[:8]}") == f"Invalid key {KEY[:8]}"


def test_secrets_in_json_values_are_masked() -> None:
    redactor = Redactor(Secret(KEY))
    odd = ["\udffe", "\udfff", "\udffe\udfff", "", "\udffe\udfff\udfff", "a\udffe"]
    value = {"a": [KEY, 1, None, True, {KEY: {"b": f"x {KEY}"}}], "odd": odd, "c": 1.5}
    shown = {"a": ["***", 1, None, True, {"***": {"b": "x ***"}}], "odd": odd, "c": 1.5}
    assert redactor.value(value) == shown
    assert redactor.value(KEY) == "***"
    assert redactor.value(None) is None
    assert redactor.value([odd, 5]) == [odd, 5]


def test_masking_a_long_text_is_fast(sdk: Sdk) -> None:
    for body in (
        json.dumps({"errors": ["aaaaaa"] * 25_000, "message": KEY}),
        json.dumps([KEY] * 7_000),
        json.dumps([KEY[:11]] * 18_000),
        json.dumps({"message": "no", "rows": ["a"] * 100_000}),
    ):
        with loopback(answer(body.encode(), "422 No")):
            began = time.process_time()
            with pytest.raises(OrbitServerError) as caught:
                sdk.execute(sdk.client(KEY), request_of())
            assert time.process_time() - began < 2
            assert KEY not in repr(vars(caught.value))
    assert caught.value.message == "no"
    assert len(caught.value.body) == EXCERPT_BYTES


# Everything that a client keeps from a response.


class Notes(Observer):
    """An observer that keeps everything it is given."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        self.told += (call, attempt)

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        self.told += (call, end, vars(end.error) if end.error else None)


def everything(server: list[LoopbackServer]) -> str:
    """All secrets of the last request, in the forms in which a server may quote them."""
    signature = server[0].seen[-1].headers[operations.SIGNATURE_HEADER]
    return f"{KEY} {KEY[:15]}... {quote(SIGNING_SECRET, safe='')} {base64.b64encode(KEY.encode()).decode()} {signature}"


def quoting(make: Callable[[str], bytes]) -> Callable[[list[LoopbackServer]], Any]:
    def of_server(server: list[LoopbackServer]) -> Any:
        def step(connection: socket.socket) -> None:
            connection.sendall(make(everything(server)))
            connection.shutdown(socket.SHUT_RDWR)

        return step

    return of_server


def error(said: str) -> bytes:
    return json.dumps({"message": f"Bad: {said}", "code": said, "errors": {said: [said, {"a": said}]}}).encode()


ID = operations.REQUEST_ID_HEADER
QUOTES = {
    "an error": quoting(lambda said: answer(error(said), "401 No", f"{ID}: {said}", f"x-echo: {said}")),
    "a page": quoting(lambda said: answer(f"<html>{said}".encode(), "502 Bad", f"{ID}: {said}")),
    "a long page": quoting(lambda said: answer(b"x" * 1980 + said.encode(), "502 Bad")),
    "a list": quoting(lambda said: answer(json.dumps([{"message": said}, said]).encode(), "422 No")),
    "a redirect": quoting(lambda said: answer(b"", "302 Found", f"location: /?{said}")),
    "no JSON": quoting(lambda said: answer(said.encode(), "200 OK", f"{ID}: {said}")),
    "no object": quoting(lambda said: answer(json.dumps([said]).encode())),
    "breaks off": quoting(lambda said: f"HTTP/1.1 500 No\r\ncontent-length: 999\r\n\r\n{said}".encode()),
    "no status": quoting(lambda said: f"HTTP/1.1 {said}\r\n\r\n".encode()),
    "no HTTP": quoting(lambda said: f"{said}\r\n\r\n".encode()),
    "no header": quoting(lambda said: f"HTTP/1.1 200 OK\r\n{said}\r\n\r\n".encode()),
    "odd length": quoting(lambda said: f"HTTP/1.1 200 OK\r\ncontent-length: {said}\r\n\r\n".encode()),
}


@pytest.fixture(params=["sync", "async"])
def sdk(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    driven = Sdk(request.param)
    yield driven
    driven.finish()


@pytest.fixture(params=TRANSPORTS, ids="-".join)
def on_each_stack(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    driven = Sdk(*request.param)
    yield driven
    driven.finish()


def unseen(server: LoopbackServer, *texts: str) -> None:
    signature = server.seen[-1].headers[operations.SIGNATURE_HEADER]
    kept = "\n".join(texts)
    for secret in (KEY[:12], quote(SIGNING_SECRET, safe="")[:12], base64.b64encode(KEY.encode()).decode(), signature):
        assert secret not in kept, [line[:300] for line in kept.splitlines() if secret in line]


@pytest.mark.parametrize("quote_", QUOTES.values(), ids=QUOTES)
def test_no_quoted_secret_reaches_errors_logs_observers_or_spans(
    on_each_stack: Sdk, quote_: Callable[[Any], Any], caplog: pytest.LogCaptureFixture
) -> None:
    sdk = on_each_stack
    caplog.set_level(1, logger="orbitconnect")
    exporter, provider, notes = InMemorySpanExporter(), TracerProvider(), Notes()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    observers = [notes, OpenTelemetryObserver(tracer_provider=provider)]
    holder: list[LoopbackServer] = []
    with loopback(quote_(holder)) as server:
        holder.append(server)
        client = sdk.client(KEY, signing_secret=SIGNING_SECRET, max_retries=1, observers=observers, real_time=True)
        with pytest.raises(OrbitServerError) as caught:
            sdk.execute(client, request_of(operations.CREATE_CONVERSATION))
        failure = caught.value
        spans = [span.to_json() for span in exporter.get_finished_spans()]
        assert spans
        logged = [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
        assert logged
        unseen(server, str(failure), repr(failure), rendered(failure), repr(notes.told), *spans, *logged)
        restored = pickle.loads(pickle.dumps(failure))
        assert vars(restored) == vars(failure)
        unseen(server, pickle.dumps(failure, protocol=0).decode("latin-1"))
        if failure.status == 401:
            assert (failure.request_id, failure.message) == (failure.headers["x-echo"], f"Bad: {failure.code}")
            assert failure.code == "*** ***... *** ***U= ***"


def test_no_quoted_secret_is_in_a_captured_response(sdk: Sdk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1, logger="orbitconnect")
    holder: list[LoopbackServer] = []
    body = quoting(lambda said: answer(json.dumps({"data": {"id": said}}).encode(), "200 OK", f"{ID}: {said}"))
    with loopback(body(holder)) as server:
        holder.append(server)
        client = sdk.client(KEY, signing_secret=SIGNING_SECRET, real_time=True)
        with client.capture_responses() as responses:
            result = sdk.execute(client, request_of())
        detailed = sdk.run(client.raw.execute_detailed(request_of()))
    for response in (*responses, detailed):
        assert MASK in response.request_id
        for text in (response.content.decode(), repr(response.headers), response.request_id):
            assert not [secret for secret in (KEY[:12], base64.b64encode(KEY.encode()).decode()) if secret in text]
    assert KEY in result["id"], "a result is what the API sent"
    assert KEY[:12] not in "".join(f"{vars(record)}" for record in caplog.records)


def test_no_quoted_secret_is_in_the_error_of_a_wait(sdk: Sdk) -> None:
    media = {"id": "med_1", "status": "failed", "error": {"message": f"No access with {KEY}"}}
    with loopback(answer(json.dumps({"data": media}).encode())):
        client = sdk.client(KEY).as_user("usr_1")
        with pytest.raises(NeverReachedError) as caught:
            sdk.run(client.media.wait_until_ready("med_1", timeout=5))
    assert "No access with ***" in str(caught.value)


def test_masking_costs_nothing_while_the_log_is_off(sdk: Sdk) -> None:
    """A successful call does not even prepare the secrets for masking."""
    assert not logging.getLogger("orbitconnect").isEnabledFor(logging.INFO)
    with loopback(answer()):
        client = sdk.client(KEY, signing_secret=SIGNING_SECRET)
        sdk.execute(client, request_of())
        assert client._settings.redactor._needles is None
