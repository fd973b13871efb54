from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import orbitconnect
from orbitconnect import errors
from orbitconnect._pipeline import finish
from orbitconnect._pipeline.outcome import Answer, Failure
from orbitconnect_api import operations
from orbitconnect_api.types import UnexpectedData, result_none
from tests.for_each import for_each
from tests.pipeline.harness import request_of
from tests.properties.promises import CLASSES, check_error
from tests.properties.strategies import examples


def answered(status: int, body: bytes = b"", **headers: str) -> Answer:
    return Answer(status, httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()}), body)


def error_of(outcome: Answer | Failure, **options: Any) -> errors.OrbitServerError:
    sent = not isinstance(outcome, Failure) or outcome.sent
    known: dict[str, Any] = {"attempts": 1, "timeout": 30.0, "late": False, "now": 1_700_000_000.0, **options}
    return finish.error_of(request_of(), outcome, sent=sent, **known)


@for_each(
    ("status", "kind"),
    [
        *CLASSES.items(),
        *((status, errors.ServerError) for status in (500, 501, 502, 503, 504, 520, 599)),
        *((status, errors.OrbitServerError) for status in (100, 101, 302, 304, 402, 418, 460, 600, 999)),
    ],
)
def test_each_status_has_its_class(status: int, kind: type[errors.OrbitServerError]) -> None:
    error = error_of(answered(status, b'{"message":"No such user","code":"resource_not_found"}', x_request_id="req_9"))
    assert type(error) is kind
    assert (error.status, error.code, error.message, error.request_id) == (
        status,
        "resource_not_found",
        "No such user",
        "req_9",
    )
    assert str(error) == f"No such user [createAppUser, status {status}, code resource_not_found, request id req_9]"
    assert error.body == {"message": "No such user", "code": "resource_not_found"}


@for_each("status", [status for status in range(100, 1000) if not 200 <= status < 300])
def test_the_error_of_every_status_is_as_documented(status: int) -> None:
    check_error(error_of(answered(status)))


@for_each(
    ("body", "message", "code"),
    [
        (b"", "HTTP 502 from the API: Bad Gateway", None),
        (b"{}", "HTTP 502 from the API: Bad Gateway", None),
        (b"[1]", "HTTP 502 from the API: Bad Gateway", None),
        (b"null", "HTTP 502 from the API: Bad Gateway", None),
        (b"<html>oops", "HTTP 502 from the API: its response is not JSON, so it probably comes from a proxy", None),
        (b"\xff\xfe\x00", "HTTP 502 from the API", None),
        (b'{"message":{"message":"inner"}}', "inner", None),
        (b'{"message":["one",{"message":"two"},3]}', "one; two", None),
        (b'{"message":{"message":{"message":{"message":{"message":"far"}}}}}', "HTTP 502", None),
        (b'{"message":7,"code":7}', "HTTP 502", "7"),
        (b'{"message":" a\\n  b ","code":true}', "a b", None),
        (b'{"message":null,"code":{"a":1}}', "HTTP 502", None),
        (b"[" * 100_000, "HTTP 502", None),
    ],
)
def test_every_error_body_gives_a_message_and_a_code(body: bytes, message: str, code: str | None) -> None:
    error = error_of(answered(502, body))
    assert error.message.startswith(message)
    assert error.code == code


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["message", "code", "errors", "x"]), inner),
)


@examples(100)
@given(JSON)
def test_any_json_makes_an_error(value: Any) -> None:
    error = error_of(answered(422, json.dumps(value).encode()))
    assert isinstance(str(error), str)
    assert isinstance(error, errors.UnprocessableEntityError)
    assert isinstance(error.errors, dict)


def test_long_bodies_and_messages_are_cut() -> None:
    assert len(error_of(answered(500, b"x" * 1_000_000)).body) == finish.EXCERPT_BYTES
    long = json.dumps({"message": "x" * 1_000_000}).encode()
    assert len(error_of(answered(500, long)).message) == finish.MESSAGE_LENGTH


def test_the_error_says_that_redirects_are_not_followed() -> None:
    assert "redirects are not followed" in str(error_of(answered(302, location="https://elsewhere.example")))


def test_fields_of_a_422() -> None:
    body = json.dumps({"message": "Invalid", operations.ERROR_FIELDS_FIELD: {"ttl": ["too large"]}}).encode()
    error = error_of(answered(422, body))
    assert isinstance(error, errors.UnprocessableEntityError)
    assert error.errors == {"ttl": ["too large"]}


def test_retry_after_is_kept() -> None:
    assert error_of(answered(429, retry_after="3600")).retry_after == 3600
    assert error_of(answered(503, retry_after="soon")).retry_after is None


def test_each_failure_without_a_response_has_its_class() -> None:
    refused = error_of(Failure("Could not connect", sent=False), attempts=3)
    assert type(refused) is errors.ConnectionFailedError
    assert str(refused) == "Could not connect. The request was not sent. [createAppUser, 3 attempts]"
    assert refused.status == 0
    slow = Failure("Slow to connect", sent=False, timeout=True)
    assert type(error_of(slow)) is errors.ConnectionFailedError
    assert type(error_of(slow, late=True)) is errors.DeadlineExceededError
    late = error_of(Failure("No answer", sent=True, timeout=True))
    assert type(late) is errors.DeadlineExceededError
    assert "may have carried out the request. The time limit of the call is 30 s." in str(late)


def expect_model(data: Any) -> Any:
    if not isinstance(data, dict):
        raise UnexpectedData("expected an object, got null")
    return data


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b"", "it is empty"),
        (b"<html>captive portal", "it is not JSON"),
        (b'{"data":{"id"', "it is not JSON"),
        (b'{"data":"\xff"}', "it is not UTF-8"),
        (b"[]", "it is not a JSON object"),
        (b"null", "it is not a JSON object"),
        (b'{"data":null}', "expected an object"),
        (b'{"id":"x"}', "expected an object"),
        (b'{"data":' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_success_that_cannot_be_read_is_an_error(body: bytes, flaw: str) -> None:
    request = request_of()
    request.parse = expect_model
    with pytest.raises(errors.UnreadableResponseError, match=flaw) as caught:
        finish.result_of(request, answered(200, body, x_request_id="req_9"), 1)
    error = caught.value
    assert (error.status, error.request_id, error.operation) == (200, "req_9", "createAppUser")
    assert error.body is None if not body else body.decode("utf-8", "replace").startswith(error.body)
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize("body", [b"", b'{"data":null}', b"{}", b'{"data":{"deleted":true}}'])
def test_operations_without_a_result_accept_any_envelope(body: bytes) -> None:
    request = request_of()
    request.parse = result_none
    assert finish.result_of(request, answered(204 if not body else 200, body), 1) is None


def test_operations_without_a_result_refuse_a_login_page() -> None:
    request = request_of()
    request.parse = result_none
    with pytest.raises(errors.UnreadableResponseError):
        finish.result_of(request, answered(200, b"<html>"), 1)


@pytest.mark.parametrize("kind", [getattr(errors, name) for name in errors.__all__])
def test_errors_can_be_pickled_and_copied(kind: type[errors.OrbitServerError]) -> None:
    error = kind(
        "Broken", status=500, code="c", request_id="r", body={"a": [1]}, retry_after=1.5, operation="op", attempts=2
    )
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), copy.copy(error)):
        assert type(twin) is kind
        assert vars(twin) == vars(error)
        assert str(twin) == str(error) == "Broken [op, status 500, code c, request id r, 2 attempts]"
    assert issubclass(kind, errors.OrbitServerError)


def test_the_docstring_shows_every_error_class() -> None:
    assert errors.__doc__ is not None
    assert all(name in errors.__doc__ for name in errors.__all__)


def test_the_package_exports_every_error() -> None:
    assert set(errors.__all__) <= set(orbitconnect.__all__)
