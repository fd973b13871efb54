"""`WebhookInbox` without an emulator: which bodies it reads, and which secrets it accepts."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from orbitconnect.testing import WebhookInbox
from orbitconnect.webhooks import SIGNATURE_HEADER, sign

BODY = json.dumps({"id": "evt_1", "type": "message.sent", "data": {"text": "ü" * 50_000}}).encode()


@pytest.fixture
def inbox() -> Iterator[WebhookInbox]:
    with WebhookInbox() as inbox:
        yield inbox


def exchange(inbox: WebhookInbox, *lines: str, body: bytes) -> bytes:
    """Send bytes unchanged, and return the status line."""
    head = "\r\n".join(("POST / HTTP/1.1", "Host: a", *lines, "", "")).encode()
    port = urlsplit(inbox.url).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head + body)
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").readline()


@pytest.mark.parametrize("size", [1, 10, 60_000, 10**6])
def test_a_chunked_body(inbox: WebhookInbox, size: int) -> None:
    body = BODY[-20:] if size == 1 else BODY
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    assert httpx.post(inbox.url, content=pieces).status_code == 200
    (received,) = inbox.received
    assert received.body == body
    assert received.headers["transfer-encoding"] == "chunked"


def test_a_signed_chunked_body(inbox: WebhookInbox) -> None:
    inbox.secrets.append("whsec_1")
    assert httpx.post(inbox.url, content=iter([BODY]), headers={SIGNATURE_HEADER: sign(BODY, "whsec_1")}).is_success
    assert inbox.wait_for("message.sent").body == BODY


def test_extensions_trailers_and_upper_case_digits(inbox: WebhookInbox) -> None:
    body = b'B;name="value"\r\n{"type":"a"\r\n1 \r\n}\r\n000\r\nTrailer: 1\r\nAnother: 2\r\n\r\n'
    assert b" 200 " in exchange(inbox, "Transfer-Encoding: Chunked", body=body)
    assert inbox.received[0].body == b'{"type":"a"}'


@pytest.mark.parametrize(
    "body",
    [
        b"x\r\n",
        b"-1\r\n",
        b"0x1\r\na\r\n0\r\n\r\n",
        b"1_0\r\n",
        b"\r\n",
        b";a\r\n",
        b"1\r\nab\r\n0\r\n\r\n",
        b"1" * 5000,
        b"0\r\n" + b"a: b\r\n" * 200 + b"\r\n",
    ],
    ids=ascii,
)
def test_malformed_chunks(inbox: WebhookInbox, body: bytes) -> None:
    assert b" 400 " in exchange(inbox, "Transfer-Encoding: chunked", body=body)
    assert not inbox.received


@pytest.mark.parametrize("body", [b"", b"3", b"3\r\n", b"3\r\nab", b"3\r\nabc\r\n", b"3\r\nabc\r\n0\r\n"], ids=ascii)
def test_a_sender_that_disconnects(inbox: WebhookInbox, body: bytes) -> None:
    assert exchange(inbox, "Transfer-Encoding: chunked", body=body) == b""
    assert exchange(inbox, "Content-Length: 3", body=body[:2]) == b""
    assert not inbox.received


@pytest.mark.parametrize("length", ["many", "-1", "1.0"])
def test_an_invalid_content_length(inbox: WebhookInbox, length: str) -> None:
    assert b" 400 " in exchange(inbox, f"Content-Length: {length}", body=b"{}")


def test_the_size_limit(inbox: WebhookInbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orbitconnect.testing.inbox_server._MAX_BODY", 1000)
    for content in (b"a" * 1001, iter([b"a" * 500, b"a" * 501])):
        assert httpx.post(inbox.url, content=content).status_code == 413
    for content in (b"a" * 1000, iter([b"a" * 500, b"a" * 500])):
        assert httpx.post(inbox.url, content=content).status_code == 200


@pytest.mark.parametrize("secret", ["", "whsec_1\n", "whsec_1\r", " whsec_1", '"whsec_1"', "\ufeffwhsec_1", "  "])
def test_a_secret_that_is_not_clean(inbox: WebhookInbox, secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        inbox.secrets.append(secret)
    with pytest.raises(ValueError, match="secret"):
        inbox.secrets += ["whsec_0", secret]
    with pytest.raises(ValueError, match="secret"):
        inbox.secrets[:] = [secret]
    with pytest.raises(ValueError, match="secret"):
        inbox.secrets[0] = secret
    assert inbox.secrets == ["whsec_0"]


def test_secrets_are_a_list(inbox: WebhookInbox) -> None:
    secrets: Any = inbox.secrets
    secrets.extend(["whsec_1", "whsec_2"])
    secrets[:] = ["whsec_3", *secrets[1:]]
    assert secrets == ["whsec_3", "whsec_2"]
    secrets[1] = "whsec_4"
    del secrets[0]
    assert list(secrets) == ["whsec_4"]
    assert "whsec" not in repr(secrets)
