from __future__ import annotations

import json
import logging
import pickle
import traceback
from typing import Any

import httpx
import pytest

from orbitconnect import (
    ConnectionFailedError,
    DeadlineExceededError,
    OrbitServerError,
    RateLimitError,
    ServerError,
    UnreadableResponseError,
)
from orbitconnect._pipeline import retry
from orbitconnect_api import operations
from orbitconnect_api.api.users import get_app_user
from tests.base_url import BASE_PATH
from tests.for_each import for_each
from tests.pipeline.harness import KEY, KEYED, NEVER, SAFE, Sdk, data, request_of, scripted

DOWN = httpx.Response(503)


def test_call_that_succeeds_is_sent_once(sdk: Sdk) -> None:
    transport, asked = scripted(data({"id": "usr_1"}))
    assert sdk.execute(sdk.client(transport=transport), request_of()) == {"id": "usr_1"}
    assert len(asked) == 1
    assert str(asked[0].url) == operations.BASE_URL + "/app-users"


def test_a_detailed_call_returns_the_whole_response(sdk: Sdk) -> None:
    transport, _ = scripted(httpx.Response(201, headers={"X-Request-Id": "req_1"}, json={"data": 7}))
    response = sdk.run(sdk.client(transport=transport).raw.execute_detailed(request_of()))
    assert (response.status_code, response.parsed, response.content) == (201, 7, b'{"data":7}')
    assert response.headers["x-request-id"] == "req_1"
    assert type(response.headers) is dict


def test_generated_functions_accept_raw_as_client() -> None:
    sdk = Sdk("sync")
    transport, _ = scripted(data({"id": "usr_1"}))
    client = sdk.client(transport=transport)
    assert get_app_user.sync("usr_1", client=client.raw).id == "usr_1"
    assert get_app_user.sync_detailed("usr_1", client=client.raw).status_code == 200


@pytest.mark.parametrize("operation", [SAFE, KEYED])
def test_temporary_failures_are_retried_with_increasing_delays(sdk: Sdk, operation: Any) -> None:
    transport, asked = scripted(DOWN, httpx.ReadError("reset"), data())
    client = sdk.client(transport=transport)
    assert sdk.execute(client, request_of(operation)) == {"id": "x"}
    assert sdk.clock.slept == [0.5, 1.0]
    assert len(asked) == 3
    assert len({request.content for request in asked}) == 1, "all attempts have the same idempotency key"
    # Only the cost of the last retry is returned to the quota, because the earlier retry did not succeed.
    assert client._connection.quota.left == retry.QUOTA_CAPACITY - retry.RETRY_COST


@pytest.mark.parametrize("fault", [DOWN, httpx.Response(429), httpx.ReadTimeout("t"), httpx.RemoteProtocolError("x")])
def test_never_operation_is_not_sent_twice(sdk: Sdk, fault: Any) -> None:
    transport, asked = scripted(fault)
    with pytest.raises(OrbitServerError):
        sdk.execute(sdk.client(transport=transport), request_of(NEVER))
    assert len(asked) == 1


@pytest.mark.parametrize("fault", [httpx.ConnectError("refused"), httpx.ConnectTimeout("t"), httpx.PoolTimeout("t")])
def test_never_operation_is_retried_if_nothing_was_sent(sdk: Sdk, fault: Exception) -> None:
    transport, asked = scripted(fault, data())
    assert sdk.execute(sdk.client(transport=transport), request_of(NEVER)) == {"id": "x"}
    assert len(asked) == 2


def test_an_error_says_how_many_attempts_there_were(sdk: Sdk) -> None:
    transport, asked = scripted(DOWN)
    with pytest.raises(ServerError) as caught:
        sdk.execute(sdk.client(transport=transport, max_retries=4), request_of())
    assert caught.value.attempts == len(asked) == 5
    assert "5 attempts" in str(caught.value)


def test_the_sdk_does_not_wait_for_a_long_retry_after(sdk: Sdk) -> None:
    transport, asked = scripted(httpx.Response(429, headers={"Retry-After": "120"}))
    with pytest.raises(RateLimitError) as caught:
        sdk.execute(sdk.client(transport=transport, timeout=None), request_of())
    assert caught.value.retry_after == 120
    assert len(asked) == 1


def test_the_sdk_waits_for_retry_after(sdk: Sdk) -> None:
    transport, _ = scripted(httpx.Response(429, headers={"Retry-After": "7"}), data())
    sdk.execute(sdk.client(transport=transport), request_of())
    assert sdk.clock.slept == [7.0]


def test_no_retry_begins_after_the_deadline(sdk: Sdk) -> None:
    transport, asked = scripted(DOWN)
    with pytest.raises(ServerError):
        sdk.execute(sdk.client(transport=transport, timeout=1.2, max_retries=9), request_of())
    assert sdk.clock.slept == [0.5]
    assert len(asked) == 2


def test_one_deadline_covers_all_attempts(sdk: Sdk) -> None:
    limits: list[dict[str, float]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        limits.append(request.extensions["timeout"])
        sdk.clock.now += 4
        raise httpx.ReadTimeout("late")

    client = sdk.client(transport=httpx.MockTransport(handle), timeout=9)
    with pytest.raises(DeadlineExceededError, match="time limit of the call is 9 s"):
        sdk.execute(client, request_of())
    assert [limit["read"] for limit in limits] == [9.0, 4.5]
    assert all(limit["connect"] <= 10 for limit in limits)


def test_a_timer_that_fires_early_is_the_deadline(sdk: Sdk) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        sdk.clock.now += 8.999
        raise httpx.ConnectTimeout("late")

    with pytest.raises(DeadlineExceededError):
        sdk.execute(sdk.client(transport=httpx.MockTransport(handle), timeout=9), request_of())


def test_without_a_timeout_only_connecting_has_a_limit(sdk: Sdk) -> None:
    transport, asked = scripted(data())
    sdk.execute(sdk.client(transport=transport, timeout=None), request_of())
    assert asked[0].extensions["timeout"] == {"connect": 10.0, "read": None, "write": None, "pool": None}


def test_quota_is_shared_by_views_and_stops_retries(sdk: Sdk) -> None:
    transport, asked = scripted(DOWN)
    client = sdk.client(transport=transport)
    for number in range(200):
        with pytest.raises(ServerError):
            sdk.execute(client.as_user(f"usr_{number}"), request_of())
    assert len(asked) == 200 + retry.QUOTA_CAPACITY // retry.RETRY_COST


def test_each_success_restores_a_little_of_the_quota(sdk: Sdk) -> None:
    client = sdk.client(transport=scripted(data())[0])
    client._connection.quota.take(20)
    for left in (481, 482):
        sdk.execute(client, request_of())
        assert client._connection.quota.left == left


def test_each_attempt_is_signed_again(sdk: Sdk) -> None:
    transport, asked = scripted(DOWN, data())
    sdk.execute(sdk.client(transport=transport, signing_secret="shh"), request_of())
    timestamps = [int(request.headers[operations.TIMESTAMP_HEADER]) for request in asked]
    assert timestamps[1] - timestamps[0] == 500
    assert asked[0].headers[operations.SIGNATURE_HEADER] != asked[1].headers[operations.SIGNATURE_HEADER]


def test_a_truncated_success_is_retried_only_if_that_is_safe(sdk: Sdk) -> None:
    class Breaking(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            yield b'{"data":'
            raise httpx.RemoteProtocolError("peer closed connection")

        async def __aiter__(self) -> Any:
            for chunk in self:
                yield chunk

        async def aclose(self) -> None: ...

    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers={"x-request-id": "req_1"}, stream=Breaking())

    client = sdk.client(transport=httpx.MockTransport(handle))
    for operation, attempts in ((SAFE, 3), (NEVER, 1)):
        asked.clear()
        with pytest.raises(UnreadableResponseError, match="is incomplete") as caught:
            sdk.execute(client, request_of(operation))
        assert (caught.value.status, caught.value.request_id, caught.value.body) == (200, "req_1", '{"data":')
        assert caught.value.attempts == len(asked) == attempts


@pytest.mark.parametrize("fault", [httpx.ConnectError("refused"), httpx.ReadError(""), DOWN, OSError(9, "bad file")])
def test_error_chains_nothing_and_shows_no_key(sdk: Sdk, fault: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    transport, _ = scripted(fault)
    with pytest.raises(OrbitServerError) as caught:
        sdk.execute(sdk.client(transport=transport, signing_secret="signing-secret"), request_of())
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    told = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    ours = told[told.rindex("test_error_chains_nothing") :]
    for shown in (ours, repr(error), str(vars(error)), caplog.text):
        assert KEY not in shown
        assert "signing-secret" not in shown.replace('signing_secret="signing-secret"', "")


def test_an_error_without_text_is_named_by_its_class(sdk: Sdk) -> None:
    transport, _ = scripted(httpx.ReadError(""))
    with pytest.raises(ConnectionFailedError, match="broke: ReadError"):
        sdk.execute(sdk.client(transport=transport), request_of())


def test_missing_acting_user_sends_nothing(sdk: Sdk) -> None:
    transport, asked = scripted(data())
    with pytest.raises(ValueError, match="acting_user_id"):
        sdk.execute(sdk.client(transport=transport), request_of(NEVER, acting_user_id=None))
    assert not asked


# `request`, for paths that are not in the contract.


def ask(sdk: Sdk, *arguments: Any, transport: Any = None, **options: Any) -> Any:
    client = sdk.client(transport=transport or scripted(data())[0])
    return sdk.run(client.raw.request(*arguments, **options))


def test_request_encodes_its_arguments(sdk: Sdk) -> None:
    transport, asked = scripted(data([1]))
    result = ask(
        sdk,
        "post",
        "/things/{thing_id}/parts",
        transport=transport,
        path_parameters={"thing_id": "a/b ü?"},
        query={"deep": True, "tag": ["x y", "z"], "a&b": 1, "gone": None},
        body={"n": 1},
        acting_user_id="usr_1",
    )
    assert result == [1]
    path = f"{BASE_PATH}/things/a%2Fb%20%C3%BC%3F/parts?deep=true&tag=x%20y&tag=z&a%26b=1"
    assert asked[0].url.raw_path == path.encode()
    assert asked[0].method == "POST"
    assert json.loads(asked[0].content) == {"n": 1}
    assert asked[0].headers[operations.ACTING_USER_HEADER] == "usr_1"


def test_request_uses_the_acting_user_of_the_view(sdk: Sdk) -> None:
    transport, asked = scripted(data())
    sdk.run(sdk.client(transport=transport).as_user("usr_7").raw.request("GET", "/things"))
    assert asked[0].headers[operations.ACTING_USER_HEADER] == "usr_7"


@pytest.mark.parametrize(
    ("method", "retry_class", "attempts"),
    [("GET", None, 3), ("POST", None, 1), ("DELETE", None, 1), ("POST", "safe", 3), ("GET", "never", 1)],
)
def test_request_retries_only_what_is_safe(sdk: Sdk, method: str, retry_class: Any, attempts: int) -> None:
    transport, asked = scripted(DOWN)
    with pytest.raises(ServerError, match=rf"{method} /things"):
        ask(sdk, method, "/things", transport=transport, retry=retry_class)
    assert len(asked) == attempts
    assert asked[0].content == (b"{}" if method == "POST" else b"")


@pytest.mark.parametrize(
    ("content", "result"), [(b"", None), (b'{"data":1}', 1), (b'{"id":1}', {"id": 1}), (b"[]", [])]
)
def test_request_returns_any_json(sdk: Sdk, content: bytes, result: Any) -> None:
    assert ask(sdk, "GET", "/things", transport=scripted(httpx.Response(200, content=content))[0]) == result


@for_each(
    "path",
    [
        *("things", "", "/", "//evil.example/x", "https://evil.example/x", "/a/../b", "/..", "/./a", "/a?b=1", "/a#b"),
        *("/a\n", "/a b", "/a\\b", "/ü", "/a%2e%2e", "/{a", "/a//b", "/{id}/.."),
    ],
)
def test_request_refuses_paths_that_could_lead_elsewhere(sdk: Sdk, path: str) -> None:
    with pytest.raises(ValueError, match=r"path"):
        ask(sdk, "GET", path, path_parameters={"id": "x"} if "{id}" in path else None)


@pytest.mark.parametrize("value", ["", ".", "..", "a\n"])
def test_request_refuses_parameters_that_could_lead_elsewhere(sdk: Sdk, value: str) -> None:
    with pytest.raises(ValueError, match="thing_id"):
        ask(sdk, "GET", "/things/{thing_id}", path_parameters={"thing_id": value})


def test_request_refuses_arguments_that_do_not_fit(sdk: Sdk) -> None:
    with pytest.raises(ValueError, match="path_parameters must match the parameters in the path: thing_id"):
        ask(sdk, "GET", "/things/{thing_id}", path_parameters={"other": "x"})
    with pytest.raises(ValueError, match="method must be"):
        ask(sdk, "GET /x", "/things")
    with pytest.raises(ValueError, match="retry must be"):
        ask(sdk, "GET", "/things", retry="idempotency-key")


@pytest.mark.parametrize(
    ("outcomes", "sent", "says"),
    [
        ([httpx.ConnectError("refused")], False, "The request was not sent."),
        ([httpx.ReadError("reset")], True, "The API may have carried out the request."),
        (
            [httpx.ReadError("reset"), httpx.ConnectError("refused")],
            True,
            "An earlier attempt may have been carried out.",
        ),
        ([httpx.Response(502), httpx.ConnectTimeout("late")], True, "An earlier attempt may have been carried out."),
        ([httpx.ConnectError("refused"), httpx.ReadError("reset")], True, "The API may have carried out the request."),
    ],
)
def test_error_says_whether_anything_was_sent(sdk: Sdk, outcomes: list[Any], sent: bool, says: str) -> None:
    client = sdk.client(transport=scripted(*outcomes)[0])
    with pytest.raises(ConnectionFailedError, match=says) as caught:
        sdk.execute(client, request_of())
    assert caught.value.sent is sent
    assert pickle.loads(pickle.dumps(caught.value)).sent is sent
