"""The content of requests, and unusual responses such as proxy errors, redirects, cookies and compression bombs."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from functools import cache

import pytest

from orbitconnect import OrbitServerError, ServerError, UnreadableResponseError
from orbitconnect._pipeline import body as body_module
from orbitconnect_api import operations
from tests.base_url import BASE_PATH
from tests.http.faults.harness import CHUNKED, GOOD, reset
from tests.pipeline.harness import (
    KEY,
    KEYED,
    NEVER,
    SAFE,
    Sdk,
    SocketServer,
    Step,
    answer,
    hang_up,
    in_place_of_the_api,
    loopback,
    request_of,
)


def test_the_repr_names_the_transport(sdk: Sdk) -> None:
    client = sdk.client()
    assert f" transport={sdk.stack} " in repr(client)
    assert f" transport={sdk.stack} " in repr(client.as_user("usr_1"))


def test_a_request_has_only_the_expected_headers(sdk: Sdk) -> None:
    with loopback(GOOD) as server:
        client = sdk.client(signing_secret="shh").with_options(headers={"x-trace": "t"})
        sdk.execute(client, request_of(KEYED, query="a=%2F"))
        sdk.execute(client, request_of(operations.GET_APP_USER))
        sdk.execute(client, request_of(KEYED, body={"content": "x" * 3_000_000}))
        sdk.close(client)
    post, get, large = server.seen
    assert (post.method, post.target) == ("POST", f"{BASE_PATH}/conversations/cnv_1/messages?a=%2F")
    assert post.headers[operations.SECRET_KEY_HEADER] == KEY
    assert post.headers[operations.ACTING_USER_HEADER] == "usr_1"
    assert post.headers["x-trace"] == "t"
    assert post.headers["host"] == server.url.removeprefix("http://").partition("/")[0]
    assert post.headers["accept-encoding"] == "gzip, deflate"
    assert int(post.headers["content-length"]) == len(post.body)
    assert (get.method, get.body) == ("GET", b"")
    assert "content-length" not in get.headers
    assert operations.SIGNATURE_HEADER in get.headers
    assert len(large.body) > 3_000_000
    assert set(large.headers) == set(post.headers)
    # If the SDK waited for a 100 Continue, each call to a server that does not send one would take a second longer.
    assert not [seen for seen in server.seen if {"expect", "transfer-encoding", "cookie"} & set(seen.headers)]


@pytest.mark.parametrize(
    "cut",
    [
        hang_up(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"data":'),
        hang_up(CHUNKED + b'8\r\n{"data":\r\n'),
    ],
    ids=["by length", "chunked"],
)
def test_the_error_shows_the_beginning_of_a_truncated_response(sdk: Sdk, cut: Step) -> None:
    with loopback(cut):
        client = sdk.client()
        with pytest.raises(UnreadableResponseError, match="is incomplete") as caught:
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert (caught.value.status, caught.value.body) == (200, '{"data":')


@pytest.mark.parametrize("status", ["502 Bad Gateway", "520 Unknown", "460 Odd", "404 Not Found"])
def test_html_errors(sdk: Sdk, status: str) -> None:
    with loopback(answer(b"<html><h1>nginx</h1>", status)):
        client = sdk.client()
        with pytest.raises(OrbitServerError, match="not JSON") as caught:
            sdk.execute(client, request_of())
        sdk.close(client)
    assert caught.value.status == int(status[:3])
    assert caught.value.body == "<html><h1>nginx</h1>"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_not_followed(sdk: Sdk, status: str) -> None:
    with loopback(GOOD) as elsewhere, loopback(answer(b"", status, f"Location: {elsewhere.url}")) as server:
        client = sdk.client()
        for operation in (SAFE, operations.GET_APP_USER):
            with pytest.raises(OrbitServerError, match="redirects are not followed"):
                sdk.execute(client, request_of(operation))
        sdk.close(client)
        assert len(server.seen) == 2
        assert not elsewhere.connections


def test_no_cookies_are_kept(sdk: Sdk) -> None:
    with loopback(answer(b'{"data":1}', "200 OK", "Set-Cookie: a=b")) as server:
        client = sdk.client()
        for _ in range(2):
            sdk.execute(client, request_of())
        sdk.close(client)
    assert "cookie" not in server.seen[1].headers


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "gzip": (cache(lambda: gzip.compress(bytes(50_000_000))), "gzip"),
    "deflate": (cache(lambda: zlib.compress(bytes(50_000_000))), "deflate"),
    "many gzips": (cache(lambda: gzip.compress(bytes(1_000_000)) * 50), "gzip"),
    "no bomb but large": (lambda: bytes(2_000_000), "identity"),
}
"""Created on first use, because every worker of pytest-xdist imports this module."""


@pytest.mark.parametrize(("body", "coding"), BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "503 Service Unavailable"])
def test_compression_bombs_are_stopped(
    sdk: Sdk, body: Callable[[], bytes], coding: str, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_module.Body.__init__, "__defaults__", (1_000_000,))
    with loopback(answer(body(), status, f"Content-Encoding: {coding}"), GOOD):
        client = sdk.client()
        with pytest.raises(OrbitServerError) as caught:
            sdk.execute(client, request_of(NEVER))
        assert caught.value.status == int(status[:3])
        assert len(str(caught.value.body)) <= 2_000
        if status == "200 OK":
            assert isinstance(caught.value, UnreadableResponseError)
            assert "larger than 1,000,000 bytes" in str(caught.value)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("2", [2.0]), ("0", [0.5]), ("60", [60.0]), ("61", []), ("-1", [0.5]), ("soon", [0.5]), (None, [0.5])],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_is_respected_up_to_a_minute(sdk: Sdk, status: str, asked: str | None, waited: list[float]) -> None:
    headers = [] if asked is None else [f"Retry-After: {asked}"]
    with loopback(answer(b"", status, *headers), GOOD) as server:
        client = sdk.client(timeout=100)
        result = sdk.execute_anyhow(client, request_of())
        assert (result == {"id": "x"}) == bool(waited)
        sdk.close(client)
    assert sdk.clock.slept == waited
    assert len(server.seen) == 1 + len(waited)
    assert server.connections == 1


def test_retry_after_can_be_a_date(sdk: Sdk) -> None:
    at = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(sdk.clock.now + 7))
    with loopback(answer(b"", "503 Service Unavailable", f"Retry-After: {at}"), GOOD):
        client = sdk.client()
        assert sdk.execute(client, request_of()) == {"id": "x"}
        sdk.close(client)
    assert sdk.clock.slept == [7.0]


def early(raw: bytes, *, end: Step | None) -> SocketServer:
    """Respond as soon as the headers have arrived, and then stop reading or close the connection."""

    def serve(connection: socket.socket, number: int) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(1_000)
        connection.sendall(raw)
        if callable(end):
            end(connection)
        while connection.recv(65_536):
            pass

    server = SocketServer(serve)
    server.start()
    return server


REFUSAL = answer(b'{"message":"Too large"}', "413 Content Too Large", "Connection: close")


def half_closed(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize("end", [None, half_closed, reset], ids=["reads on", "half-closed", "reset"])
def test_an_error_that_arrives_before_a_huge_body_is_sent_is_raised(sdk: Sdk, end: Step | None) -> None:
    server = early(REFUSAL, end=end)
    with in_place_of_the_api(server):
        client = sdk.client(timeout=10, real_time=True)
        result = sdk.execute_anyhow(client, request_of(NEVER, body={"content": "x" * 20_000_000}))
        assert isinstance(result, OrbitServerError)
        # If a reset arrives before the response, the response is lost.
        assert result.status == 413 or (end is not None and result.status == 0)
        assert result.attempts == 1
        sdk.close(client)
    assert server.connections == 1


def test_a_success_that_arrives_before_a_huge_body_is_sent_is_returned(sdk: Sdk) -> None:
    server = early(GOOD, end=None)
    with in_place_of_the_api(server):
        client = sdk.client(timeout=10, real_time=True)
        assert sdk.execute(client, request_of(NEVER, body={"content": "x" * 20_000_000})) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 1


def test_a_long_error_text_is_cut(sdk: Sdk) -> None:
    with loopback(answer(b"<html>" + b"x" * 1_000_000, "500 Oops")):
        client = sdk.client()
        with pytest.raises(ServerError) as caught:
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert len(caught.value.body) == 2_000
