from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import pytest

from orbitconnect._pipeline.prepare import prepare
from orbitconnect._pipeline.secret import Secret
from orbitconnect._pipeline.settings import Settings, check_extra_headers
from orbitconnect._version import VERSION
from orbitconnect_api import operations
from tests.base_url import AUTHORITY
from tests.pipeline.harness import KEY, KEYED, NEVER, SAFE, request_of


def settings(**options: Any) -> Settings:
    signing = options.pop("signing_secret", None)
    return Settings(Secret(KEY), Secret(signing) if signing else None, **{"timeout": 30, "max_retries": 2, **options})


def test_body_is_compact_utf8_json() -> None:
    prepared = prepare(request_of(body={"display_name": "Ünï 👋", "n": [1, {"a": None}]}), settings())
    assert prepared.body == '{"display_name":"Ünï 👋","n":[1,{"a":null}]}'.encode()
    headers = dict(prepared.headers(0))
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"content-length"] == str(len(prepared.body)).encode()
    assert headers[operations.SECRET_KEY_HEADER.encode()] == KEY.encode()
    assert headers[b"host"] == AUTHORITY.encode()
    assert headers[b"user-agent"].startswith(b"orbitconnect-python/")


def test_a_get_request_has_exactly_these_headers() -> None:
    assert prepare(request_of(operations.GET_APP_USER), settings()).headers(0) == [
        (b"host", AUTHORITY.encode()),
        (b"user-agent", f"orbitconnect-python/{VERSION}".encode()),
        (b"accept", b"application/json"),
        (b"accept-encoding", b"gzip, deflate"),
        (operations.SECRET_KEY_HEADER.encode(), KEY.encode()),
    ]


@pytest.mark.parametrize("body", [None, {}])
def test_an_operation_with_a_body_but_no_fields_sends_an_empty_object(body: dict[str, Any] | None) -> None:
    assert prepare(request_of(SAFE, body=body), settings()).body == b"{}"


def test_get_sends_no_body() -> None:
    prepared = prepare(request_of(operations.GET_APP_USER), settings())
    assert prepared.body is None
    assert not {b"content-type", b"content-length"} & set(dict(prepared.headers(0)))


def test_the_query_follows_the_path() -> None:
    prepared = prepare(request_of(operations.LIST_APP_USERS, query="active=true"), settings())
    assert prepared.url == operations.BASE_URL + "/app-users?active=true"


def test_a_url_longer_than_httpx_accepts_is_refused() -> None:
    room = 65_536 - len(operations.BASE_URL + operations.LIST_APP_USERS.path + "?")
    assert len(prepare(request_of(operations.LIST_APP_USERS, query="x" * room), settings()).url) == 65_536
    with pytest.raises(ValueError, match=r"listAppUsers: with these ids and this query") as caught:
        prepare(request_of(operations.LIST_APP_USERS, query="x" * (room + 1)), settings())
    assert str(caught.value) == (
        "listAppUsers: with these ids and this query, the URL has 65,537 characters, more than the 65,536 "
        "that can be sent. Check the ids and the query's values."
    )


def test_the_idempotency_key_is_added_without_changing_the_callers_fields() -> None:
    fields = {"content": "hello"}
    first, second = (prepare(request_of(KEYED, body=fields), settings()) for _ in range(2))
    assert fields == {"content": "hello"}
    assert KEYED.idempotency_field is not None
    keys = [json.loads(prepared.body or b"")[KEYED.idempotency_field] for prepared in (first, second)]
    assert len(set(keys)) == 2
    assert all(len(key) == 32 for key in keys)


def test_a_body_without_fields_has_only_the_idempotency_key() -> None:
    fields = json.loads(prepare(request_of(KEYED, body=None), settings()).body or b"")
    assert list(fields) == [KEYED.idempotency_field]


@pytest.mark.parametrize(("given", "kept"), [("mine", True), (None, False), ("", False)])
def test_idempotency_key_of_the_caller_is_kept(given: str | None, kept: bool) -> None:
    assert KEYED.idempotency_field is not None
    prepared = prepare(request_of(KEYED, body={"content": "x", KEYED.idempotency_field: given}), settings())
    assert (json.loads(prepared.body or b"")[KEYED.idempotency_field] == given) is kept


def test_the_acting_user_of_the_call_overrides_that_of_the_view() -> None:
    view = settings(acting_user_id="usr_view")
    name = operations.ACTING_USER_HEADER.encode()
    assert dict(prepare(request_of(NEVER, acting_user_id="usr_call"), view).headers(0))[name] == b"usr_call"
    assert dict(prepare(request_of(NEVER, acting_user_id=None), view).headers(0))[name] == b"usr_view"
    assert name not in dict(prepare(request_of(SAFE), view).headers(0))


def test_the_error_for_a_missing_acting_user_names_both_remedies() -> None:
    with pytest.raises(ValueError, match=r"createConversation .*acting_user_id=.*as_user"):
        prepare(request_of(NEVER, acting_user_id=None), settings())


@pytest.mark.parametrize("bad", ["", " x", "x ", "a\r\nb: c", "a\x00", "a\x7f", "ü", "\ud800", "a\tb"])
def test_acting_user_that_would_break_the_header_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="acting_user_id is sent as a header"):
        prepare(request_of(NEVER, acting_user_id=bad), settings())


def test_an_acting_user_that_is_not_a_string_is_refused() -> None:
    with pytest.raises(TypeError, match="acting_user_id must be a string, not int"):
        prepare(request_of(NEVER, acting_user_id=7), settings())


@pytest.mark.parametrize("method", ["body", "no body"])
def test_signature_covers_the_timestamp_and_the_bytes_that_are_sent(method: str) -> None:
    operation = SAFE if method == "body" else operations.GET_APP_USER
    prepared = prepare(request_of(operation), settings(signing_secret=b"shh"))
    headers = dict(prepared.headers(1_700_000_000.1239))
    timestamp = headers[operations.TIMESTAMP_HEADER.encode()]
    assert timestamp == b"1700000000123"
    signed = timestamp + b"." + (prepared.body or b"{}")
    expected = hmac.new(b"shh", signed, hashlib.sha256).hexdigest().encode()
    assert headers[operations.SIGNATURE_HEADER.encode()] == expected
    assert dict(prepared.headers(1_700_000_001))[operations.SIGNATURE_HEADER.encode()] != expected


@pytest.mark.parametrize("secret", [None, b"shh"])
def test_headers_of_observers_are_sent_with_one_attempt(secret: bytes | None) -> None:
    prepared = prepare(request_of(), settings(signing_secret=secret))
    usual = prepared.headers(0)
    prepared.more_headers = ((b"traceparent", b"1"),)
    assert set(prepared.headers(0)) - set(usual) == {(b"traceparent", b"1")}
    prepared.more_headers = ()
    assert prepared.headers(0) == usual


def test_nothing_is_signed_without_a_secret() -> None:
    assert operations.SIGNATURE_HEADER.encode() not in dict(prepare(request_of(), settings()).headers(0))


def _circular() -> dict[str, Any]:
    value: dict[str, Any] = {}
    value["again"] = value
    return value


def _deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        (float("nan"), ValueError, "not JSON compliant"),
        (float("inf"), ValueError, "not JSON compliant"),
        ("\ud800", ValueError, "lone surrogate"),
        (datetime(2026, 1, 1), TypeError, "datetime"),  # noqa: DTZ001  # Stands for all values that JSON does not support.
        (b"bytes", TypeError, "bytes"),
        (_circular(), ValueError, "Circular"),
        (_deep(), ValueError, "nested too deeply"),
    ],
)
def test_the_error_for_a_value_that_json_cannot_hold_names_its_field(
    value: Any, kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind, match=rf"createAppUser: 'metadata' .*{reason}") as caught:
        prepare(request_of(body={"display_name": "Ada", "metadata": {"x": value}}), settings())
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_value_that_changes_while_the_error_is_built_is_still_refused() -> None:
    class Fickle(dict[str, Any]):
        def items(self) -> Any:
            return [("x", self.pop("x"))] if self else []

    fields = {"display_name": "Ada", "metadata": Fickle(x=b"bytes")}
    with pytest.raises(TypeError) as caught:
        prepare(request_of(body=fields), settings())
    assert str(caught.value) == (
        "createAppUser: the body cannot be sent as JSON: Object of type bytes is not JSON serializable."
    )


@pytest.mark.parametrize(
    "name",
    [
        *("X-Api-Key", "x-app-user-id", "X-Request-Signature", "x-request-timestamp", "Host", "Content-Length"),
        *("content-type", "Transfer-Encoding", "Connection", "accept-encoding", "Cookie", "Authorization"),
    ],
)
def test_headers_that_the_client_sets_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name.lower()):
        check_extra_headers({name: "secret-value"})


@pytest.mark.parametrize(("name", "value"), [("x y", "a"), ("", "a"), ("x:", "a"), ("x-a", "a\r\nb"), ("x-a", "")])
def test_headers_that_cannot_be_sent_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"header"):
        check_extra_headers({name: value})


def test_extra_headers_are_sent_and_can_replace_the_user_agent() -> None:
    extra = check_extra_headers({"X-Trace": "t-1", "User-Agent": "mine"})
    headers = prepare(request_of(), settings(extra_headers=extra)).headers(0)
    assert dict(headers)[b"x-trace"] == b"t-1"
    assert [value for name, value in headers if name == b"user-agent"] == [b"mine"]


def test_prepared_request_shows_no_key() -> None:
    assert KEY not in repr(prepare(request_of(), settings()))
